"""Days as people write them, in Chinese and English: 12-05, 5号, 下周三, fri, 三天后, +2w."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from opslog.domain.base.patterns import compiled
from opslog.domain.dates import day_values
from opslog.domain.dates.day_values import WEEKDAYS, WORDS, DayFound, Prefer
from opslog.domain.dates.days import weekday_name
from opslog.domain.dates.numerals import NUMBER
from opslog.locale import N_, msg

_CJK = "\u3400-\u9fff"
# Where a bare number ends: "12-05 ", "12-05下午3点"; not "12-05号楼".
_PART = "凌晨|清晨|早|上午|中午|正午|下午|午后|傍晚|晚|夜"
_END = rf"(?:(?![0-9A-Za-z{_CJK}])|(?=(?:{_PART}|[(]|T[0-9])))"
_WORD_END = r"(?![0-9A-Za-z])"


def scan_day(text: str, start: int, now: datetime, prefer: Prefer) -> DayFound | None:
    """The day that begins at ``start`` of a folded text, the longest reading; None: none does."""
    asked = day_values.Asked(now, prefer)
    best: DayFound | None = None
    for form in _forms():
        if (
            form.may_begin(text, start)
            and (match := compiled(form.pattern).match(text, start))
            and (found := form.reading(match, asked))
            and (best is None or found.end > best.end)
        ):
            best = found
    if best is None or compiled(_WEEK).search(text, start, best.end):
        return best
    return _with_weekday(text, best)


_WEEK = "周|星期|礼拜"
_WITH_WEEKDAY = rf"\s*\(?\s*(?:{_WEEK})([一二三四五六日天])(?:\s*\))?"


def _with_weekday(text: str, found: DayFound) -> DayFound:
    """Take in a weekday that stands behind a date (12月5日（周六）), and hold it to the date."""
    match = compiled(_WITH_WEEKDAY).match(text, found.end)
    if not match or found.clock or (match.group().count("(") != match.group().count(")")):
        return found
    if found.problem or found.day is None:
        return replace(found, end=match.end())
    if found.day.weekday() == WEEKDAYS[match[1]]:
        return replace(found, end=match.end(), weak=False)
    problem = msg(
        N_("{day} is a {right}, not a {said}"),
        day=found.day.isoformat(), right=weekday_name(found.day.weekday()),
        said=weekday_name(WEEKDAYS[match[1]]),
    )  # fmt: skip
    return DayFound(match.end(), None, problem=problem)


_YEAR = r"(?P<year>[0-9]{4})"
_EN_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_EN_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_EN_UNIT = r"(?:hours?|hrs?|minutes?|mins?|days?|weeks?|months?|years?)"
_EN_NUMBER = r"(?:[0-9]{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten)"

_DIGITS = "0123456789"
_NUMBERS = _DIGITS + "零〇一二两俩三四五六七八九十百"
_NEAR = "本这下上"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_REACH = 40  # characters: no form of a day is longer


@dataclass(frozen=True)
class _Form:
    """One way to write a day. ``first`` and ``needs`` say cheaply where it can't stand.

    Most lines begin with no date at all; without this each would wait for every pattern to be
    compiled, which takes longer than writing the line.
    """

    first: str  # the characters it may begin with
    needs: str  # one of these must follow within reach; '' nothing
    pattern: str
    reading: Callable[[re.Match[str], day_values.Asked], DayFound | None]

    def may_begin(self, text: str, start: int) -> bool:
        if text[start : start + 1].lower() not in self.first or start >= len(text):
            return False
        near = text[start : start + _REACH].lower()
        return not self.needs or any(character in near for character in self.needs)


@cache
def _forms() -> tuple[_Form, ...]:
    words = "|".join(sorted((w for w in WORDS if not w.isascii()), key=len, reverse=True))
    english = "|".join(w.replace(" ", r"\s+") for w in WORDS if w.isascii())
    return (
        _Form(
            _DIGITS,
            "-/.",
            rf"{_YEAR}([-/.])(?P<month>[0-9]{{1,2}})\2(?P<day>[0-9]{{1,2}})(?![0-9])",
            day_values.full_date,
        ),
        _Form(
            _DIGITS,
            "",
            r"(?P<year>(?:19|20|21)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])",
            day_values.full_date,
        ),
        _Form(
            _NUMBERS + "今明后去",
            "月",
            r"(?:(?P<year>今年|明年|后年|去年|(?:[0-9]{4}|[0-9]{2})\s*年)\s*)?"
            rf"(?P<month>{NUMBER})\s*月\s*(?P<day>{NUMBER})\s*(?:日|号|號|{_END})",
            day_values.chinese_date,
        ),
        _Form(
            _DIGITS,
            "-/",
            rf"(?P<month>[0-9]{{1,2}})[-/](?P<day>[0-9]{{1,2}})(?![-/.:][0-9]){_END}",
            day_values.bare_month_day,
        ),
        _Form(
            _DIGITS,
            "jfmasond",
            rf"{_EN_DAY}\s+(?:of\s+)?{_EN_MONTH}(?:,?\s+{_YEAR})?{_WORD_END}",
            day_values.english_date,
        ),
        _Form(
            "jfmasond",
            _DIGITS,
            rf"{_EN_MONTH}\s+{_EN_DAY}(?:,?\s+{_YEAR})?{_WORD_END}",
            day_values.english_date,
        ),
        _Form(
            _NUMBERS + _NEAR,
            "号號日",
            rf"(?P<which>本月|这个?月|下个?月|上个?月)?\s*(?P<day>{NUMBER})\s*(?:号|號|日)",
            day_values.day_of_month,
        ),
        _Form(_NEAR + "月", "底", r"(?P<which>本|这个?|下个?|上个?)?月底", day_values.month_end),
        _Form("大后明今昨前", "天日", rf"(?P<word>{words})", day_values.word),
        _Form("tdy", "", rf"(?:the\s+)?(?P<word>{english}){_WORD_END}", day_values.word),
        _Form("今明昨", "早晚", r"[今明昨](?=[早晚])", day_values.before_part),
        _Form(
            _NEAR + "周星礼",
            "",
            r"(?P<which>(?:下+|上+|这|本)个?)?(?:周|星期|礼拜)"
            r"(?P<day>[一二三四五六日天1-7])(?![0-9])",
            day_values.chinese_weekday,
        ),
        _Form(
            "mtwfsnlc",
            "",
            r"(?P<which>(?:next|last|this|coming)\s+)?"
            r"(?P<day>monday|mon|tuesday|tues|tue|wednesday|wed|thursday|thurs|thur|thu"
            rf"|friday|fri|saturday|sat|sunday|sun){_WORD_END}",
            day_values.english_weekday,
        ),
        _Form("下", "", rf"(?P<which>下+)个?(?:周|星期|礼拜){_END}", day_values.next_week),
        _Form("n", "", rf"next\s+(?P<which>w)eek{_WORD_END}", day_values.next_week),
        _Form("下n", "", rf"(?:下个?月|next\s+month){_END}", day_values.next_month),
        _Form(
            _NUMBERS + "半",
            "后前",
            rf"(?P<number>半|{NUMBER})\s*(?P<more>个半|個半)?[个個]?\s*"
            r"(?P<unit>天|日|周|星期|礼拜|月|年|小时|钟头|分钟|刻钟)"
            r"(?P<way>(?:之|以|过)?后|(?:之|以)?前)",
            day_values.chinese_offset,
        ),
        _Form(
            "+-",
            "",
            r"(?P<sign>[+-])(?P<number>[0-9]{1,4})\s?"
            rf"(?P<unit>min|mo|[dwmyh]|小时|分钟|天|周|月|年){_WORD_END}",
            day_values.compact_offset,
        ),
        _Form(
            _DIGITS + "aiotfsenh",
            _LETTERS,
            rf"(?:in\s+(?P<number>half\s+an|{_EN_NUMBER})\s+(?P<unit>{_EN_UNIT})"
            rf"|(?P<number2>half\s+an|{_EN_NUMBER})\s+(?P<unit2>{_EN_UNIT})\s+"
            rf"(?P<ago>ago|from\s+(?:now|today))){_WORD_END}",
            day_values.english_offset,
        ),
    )
