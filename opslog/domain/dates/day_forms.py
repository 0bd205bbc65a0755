"""Days as people write them, in Chinese (both scripts) and English: one table of all forms.

The text is folded first (see ``numerals.fold``): full-width forms and traditional characters
are the plain ones here. README's table of what is read is made from the examples.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from opslog.domain.base.patterns import compiled
from opslog.domain.dates import day_values
from opslog.domain.dates.day_values import WORDS, Asked, DayFound, Prefer
from opslog.domain.dates.days import weekday_name
from opslog.domain.dates.numerals import NUMBER
from opslog.locale import N_, msg

if TYPE_CHECKING:
    from opslog.domain.dates.workdays import Calendar

# Where a bare number ends: "12-05 ", "12-05下午3点"; not "12-05号楼".
_PART = "凌晨|清晨|一早|一大早|下班|早|上午|中午|正午|下午|午后|傍晚|晚|夜"
_END = rf"(?:(?![^\W_])|(?=(?:{_PART}|[(]|T[0-9]|前|之前|以前)))"
_WORD_END = r"(?![0-9A-Za-z])"
_WEEK = "(?:周|星期|礼拜)"


def scan_day(
    text: str,
    start: int,
    now: datetime,
    calendar: Calendar,
    prefer: Prefer,
    near: date | None = None,
) -> DayFound | None:
    """The day that begins at ``start`` of a folded text, the longest reading; None: none does."""
    asked = Asked(now, calendar, prefer, near)
    form, best = _longest(text, start, asked)
    if form is None or best is None or not form.pairs or best.end >= len(text):
        return best
    return _with_second(text, best, asked)


def _longest(text: str, start: int, asked: Asked) -> tuple[Form | None, DayFound | None]:
    form, best = None, None
    near = text[start : start + _REACH].lower()
    for one, needs in _beginning().get(near[:1], ()):
        if (
            not (needs and needs.isdisjoint(near))
            and (match := compiled(one.pattern).match(text, start))
            and (found := one.reading(match, asked))
            and (best is None or found.end > best.end)
        ):
            form, best = one, found
    return form, best


DayReader = Callable[[re.Match[str], Asked], DayFound | None]
_GAP = r"\s*(?P<open>\()\s*|,?\s*"


def _with_second(text: str, first: DayFound, asked: Asked) -> DayFound:
    """Take in a second word for the day, and hold one to the other: 12月5日（周六）, Thu Dec 10,
    昨天（11-26）. In brackets any; without, a weekday beside a date."""
    gap = compiled(_GAP).match(text, first.end)
    if gap is None:
        return first
    form, second = _longest(text, gap.end(), asked)
    if form is None or second is None or not form.pairs or second.clock:
        return first
    end = second.end
    if gap["open"]:
        close = compiled(r"\s*\)").match(text, end)
        if close is None:
            return first
        end = close.end()
    elif (first.weekday is None) == (second.weekday is None) or (
        # "昨天 周五的资料": the weekday belongs to what follows, unless it touches the date
        second.weekday is not None and gap.group() and not compiled(_END).match(text, end)
    ):
        return first
    if first.day is None or second.day is None:
        return (first if first.day is None else second)._replace(end=end)
    return _held(first, second)._replace(end=end)


def _held(first: DayFound, second: DayFound) -> DayFound:
    """The day that both say, or what does not fit."""
    plain, other = (second, first) if first.weekday is not None else (first, second)
    day, said = plain.day, other.day
    assert day is not None
    assert said is not None
    if other.weekday is not None:
        if day.weekday() == other.weekday:
            return plain._replace(weak=False)
        problem = msg(
            N_("{day} is a {right}, not a {said}"),
            day=day.isoformat(), right=weekday_name(day.weekday()),
            said=weekday_name(other.weekday),
        )  # fmt: skip
        return DayFound(0, None, problem=problem)
    if day == said:
        return plain._replace(weak=False)
    problem = msg(N_("{day} and {said} are two days"), day=day.isoformat(), said=said.isoformat())
    return DayFound(0, None, problem=problem)


_YEAR = r"(?P<year>[0-9]{4})"
_EN_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_EN_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_EN_UNIT = (
    r"(?P<unit>(?:working|business)\s+days?|workdays?|hours?|hrs?|minutes?|mins?|days?|weeks?"
    r"|months?|years?)"
)
_EN_NUMBER = (
    r"(?P<number>half\s+an|[0-9]{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten)"
)

_DIGITS = "0123456789"
_NUMBERS = _DIGITS + "零〇一二两俩三四五六七八九十百"
_NEAR = "本这下上"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_REACH = 40  # characters: no form of a day is longer


class Form(NamedTuple):
    """One way to write a day. ``first`` and ``needs`` say cheaply where it can't stand.

    Most lines begin with no date at all; without this each would wait for every pattern to be
    compiled, which takes longer than writing the line. ``pairs``: another such form may stand
    beside it and is then held to it. ``examples`` are parted by two spaces.
    """

    first: str  # the characters it may begin with
    needs: str  # one of these must follow within reach; '' nothing
    pattern: str
    reading: DayReader
    examples: str
    pairs: bool = False


@cache
def _beginning() -> dict[str, list[tuple[Form, frozenset[str]]]]:
    """What each character may begin, and what must follow then."""
    found: dict[str, list[tuple[Form, frozenset[str]]]] = {}
    for form in _forms():
        for character in form.first:
            found.setdefault(character, []).append((form, frozenset(form.needs)))
    return found


def examples() -> list[list[str]]:
    """The examples of each form, in order."""
    return [form.examples.split("  ") for form in _forms()]


def _any(words: list[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(word.replace(" ", r"\s+") for word in longest_first)


def _later(module: str, name: str) -> DayReader:
    """A reading whose module is imported when its form is first met."""

    def reading(match: re.Match[str], asked: Asked) -> DayFound | None:
        found: DayFound | None = getattr(import_module(f"opslog.domain.dates.{module}"), name)(
            match, asked
        )
        return found

    return reading


@cache
def _forms() -> tuple[Form, ...]:
    from opslog.domain.dates import holidays

    chinese = _any([word for word in WORDS if not word.isascii()])
    english = _any([word for word in WORDS if word.isascii()])
    return (
        Form(
            _DIGITS,
            "-/.",
            rf"{_YEAR}([-/.])(?P<month>[0-9]{{1,2}})\2(?P<day>[0-9]{{1,2}})(?![0-9])",
            day_values.full_date,
            "2026-12-05  2026/12/5  2026.12.5",
            pairs=True,
        ),
        Form(
            _DIGITS,
            "",
            r"(?P<year>(?:19|20|21)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])",
            day_values.full_date,
            "20261205",
            pairs=True,
        ),
        Form(
            _NUMBERS + "今明后去",
            "月",
            r"(?:(?P<year>今年|明年|后年|去年|(?:[0-9]{4}|[0-9]{2})\s*年)\s*)?"
            rf"(?P<month>{NUMBER})\s*月\s*(?P<day>{NUMBER})\s*(?:日|号|{_END})",
            day_values.chinese_date,
            "12月5日  12月5號  十二月五日  明年3月1日  12月5日（周六）",
            pairs=True,
        ),
        Form(
            _DIGITS,
            "-/",
            rf"(?P<month>[0-9]{{1,2}})[-/](?P<day>[0-9]{{1,2}})(?![-/.:][0-9]){_END}",
            day_values.bare_month_day,
            "12-05  12/5  周六（12-05）",
            pairs=True,
        ),
        Form(
            _DIGITS,
            "jfmasond",
            rf"{_EN_DAY}\s+(?:of\s+)?{_EN_MONTH}(?:,?\s+{_YEAR})?{_WORD_END}",
            day_values.english_date,
            "5 Dec  5th of December 2026  Sat 5 Dec",
            pairs=True,
        ),
        Form(
            "jfmasond",
            _DIGITS,
            rf"{_EN_MONTH}\s+{_EN_DAY}(?:,?\s+{_YEAR})?{_WORD_END}",
            day_values.english_date,
            "Dec 5  December 5th, 2026  Sat, Dec 5",
            pairs=True,
        ),
        Form(
            _NUMBERS + _NEAR,
            "号日",
            rf"(?P<which>本月|这个?月|下个?月|上个?月)?\s*(?P<day>{NUMBER})\s*(?:号|日)",
            day_values.day_of_month,
            "5号  二十五號  下个月5号",
            pairs=True,
        ),
        Form(
            _NUMBERS + _NEAR + "今明后去月季年",
            "初中上下底末内",
            rf"(?:(?P<number>{NUMBER})|(?P<which>本|这个?|下+个?|上+个?|今|明|后|去))?"
            r"(?P<unit>月|年|季度?)(?P<place>初|中旬?|上旬|下旬|底|末|内)",
            _later("periods", "chinese_place"),
            "月底  下月初  12月中旬  年底  明年初  季度末  年内",
        ),
        Form(
            "emqyw",
            "eon",
            r"(?:eo(?P<short>[dwmqy])|(?P<unit2>month|quarter|year)[\s-]end"
            r"|end\s+of\s+(?:the\s+)?(?:(?P<which>this|next)\s+)?"
            rf"(?P<unit>day|week|month|quarter|year)){_WORD_END}",
            _later("periods", "english_end"),
            "eod  eow  eom  year end  end of next month",
        ),
        Form(
            "大后明今昨前",
            "天日儿",
            rf"(?P<word>{chinese})",
            day_values.word,
            "今天  明天  后天  大後天",
            pairs=True,
        ),
        Form(
            "tdy",
            "",
            rf"(?:the\s+)?(?P<word>{english}){_WORD_END}",
            day_values.word,
            "today  tomorrow  the day after tomorrow",
            pairs=True,
        ),
        Form(
            "今明昨t",
            "早晚n",
            rf"[今明昨](?=[早晚])|to(?=night{_WORD_END})",
            day_values.before_part,
            "今晚  明早九点  tonight  tonight at 8pm",
        ),
        Form(
            _NEAR + "周星礼",
            "",
            rf"(?P<which>(?:下+|上+|这|本)个?)?{_WEEK}(?P<day>[一二三四五六日天]|[1-7](?![0-9]))",
            day_values.chinese_weekday,
            "周五  星期天  禮拜五  下週三  这周日  下下周一",
            pairs=True,
        ),
        Form(
            "mtwfsnlc",
            "",
            r"(?P<which>(?:next|last|this|coming)\s+)?"
            r"(?P<day>monday|mon|tuesday|tues|tue|wednesday|wed|thursday|thurs|thur|thu"
            rf"|friday|fri|saturday|sat|sunday|sun)\b\.?{_WORD_END}",
            day_values.english_weekday,
            "fri  Friday  next monday",
            pairs=True,
        ),
        Form(
            _NEAR + "周",
            "末",
            r"(?P<which>(?:下+|上+|这|本)个?)?周末",
            _later("periods", "weekend"),
            "周末  下周末",
        ),
        Form(
            "wtnl",
            "e",
            rf"(?:the\s+)?(?P<which>(?:next|last|this)\s+)?weekend{_WORD_END}",
            _later("periods", "weekend"),
            "weekend  next weekend",
        ),
        Form(
            _NEAR,
            "周星礼",
            rf"(?P<which>(?:下+|上+|这|本)个?){_WEEK}(?:(?P<place>[初内底])|{_END})",
            _later("periods", "week"),
            "下周  下周初  本周内",
        ),
        Form(
            "nlt",
            "w",
            rf"(?P<which>next|last|this)\s+week(?P<place>(?!.)x)?{_WORD_END}",
            _later("periods", "week"),
            "next week  this week",
        ),
        Form(
            "下n",
            "",
            rf"(?:下+个?月|next\s+month){_END}",
            _later("periods", "next_month"),
            "下个月  next month",
        ),
        Form(
            "下n",
            "",
            r"(?:下一?个?工作日|next\s+(?:working|business)\s+day|next\s+workday)",
            _later("offsets", "next_workday"),
            "下个工作日  next working day",
        ),
        Form(
            _NUMBERS + "半",
            "天日周星礼月年时头钟",
            rf"(?P<number>半|{NUMBER})\s*(?P<more>个半)?个?\s*"
            r"(?P<unit>工作日|天|日|周|星期|礼拜|月|年|小时|钟头|分钟|刻钟)"
            r"(?P<way>(?:之|以|过)?后|(?:之|以)?内|(?:之|以)?前)",
            _later("offsets", "chinese"),
            "三天后  3天内  半个月後  三个工作日后  一个半小时后",
        ),
        Form(
            _NUMBERS + "半",
            "天周星礼月年时头钟作",
            rf"(?P<number>半|{NUMBER})(?P<more>个半)?(?P<way>)"
            r"(?:个?(?P<unit>工作日|天|周|星期|礼拜|(?<=个)月|(?<=[半一两二三四五六七八九十])年"
            rf"|小时|钟头|分钟|刻钟)){_END}",
            _later("offsets", "chinese"),
            "三天  两周  半年",
        ),
        Form(
            "+-" + _DIGITS,
            "dwmyhDWMYH天周月年小分工",
            r"(?P<sign>[+-]?)\s?(?P<number>[0-9]{1,4})\s?"
            r"(?P<unit>mins?|hrs?|mo|wd|[dwmyh]|个?(?:小时|分钟|工作日|天|周|月|年))(?<!\d月)"
            rf"(?<!\d年)(?:{_WORD_END})",
            _later("offsets", "compact"),
            "+3d  +2w  +1mo  +3wd  +30m  2h",
        ),
        Form(
            _DIGITS + "aiotfsenhw",
            _LETTERS,
            rf"(?P<preposition>(?:in|within|after)\s+)?{_EN_NUMBER}\s+{_EN_UNIT}"
            rf"(?P<way>\s+(?:ago|later|from\s+(?:now|today)))?{_WORD_END}",
            _later("offsets", "english"),
            "in 3 days  2 weeks  within 3 working days  in half an hour",
        ),
        Form(
            "去今明后除春过元新情三妇五劳六儿教国十双平圣端中清年" + _DIGITS,
            "旦年节八一二12庆夜诞夕宵午秋明前后",
            rf"(?:(?P<year>[去今明后]年|20[0-9]{{2}}年?)\s*)?"
            rf"(?:(?P<name>{_any(holidays.CHINESE)})(?:节|假期)?|(?<![0-9去今明后])年(?=[前后]))"
            rf"(?![个位家人点月号日天周分小条时岁、])(?P<side>(?:之|以)?[前后])?",
            _later("holidays", "holiday"),
            "元旦  五一  國慶節  春节  春节后  中秋前  年后",
        ),
        Form(
            "banclsmdq",
            "acdefgilmnorsty",
            rf"(?P<side>(?:before|after)\s+)?(?P<year>)(?P<name>{_any(holidays.ENGLISH)})"
            rf"(?:'s?\s+day|\s+day)?{_WORD_END}",
            _later("holidays", "holiday"),
            "Christmas  new year  Spring Festival  after CNY",
        ),
    )
