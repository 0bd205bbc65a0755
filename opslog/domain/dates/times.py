"""Times of day as people write them: 15:30, 3pm, 下午3点半, 三点一刻."""

from __future__ import annotations

import re
from datetime import time
from typing import NamedTuple

from opslog.domain.base.patterns import compiled
from opslog.domain.dates.numerals import NUMBER, number_of
from opslog.locale import N_, Msg, msg

# What a part of the day means where no hour is said.
PARTS = {
    "凌晨": 5, "清晨": 8, "一大早": 8, "一早": 9, "早上": 9, "早晨": 9, "早": 9,
    "上午": 9, "中午": 12, "正午": 12,
    "下午": 14, "午后": 14, "傍晚": 18, "晚上": 19, "晚": 19, "夜里": 21, "夜间": 21,
    "下班前": 18, "下班后": 18, "下班": 18,
    "morning": 9, "noon": 12, "afternoon": 14, "evening": 19, "night": 19, "eod": 18,
}  # fmt: skip
_FORENOON = {"凌晨", "清晨", "一大早", "一早", "早上", "早晨", "早", "上午", "morning"}
_MIDDAY = {"中午", "正午", "noon"}
_NIGHT = {"晚上", "晚", "夜里", "夜间", "evening", "night"}

_PART = (
    "(?P<part>凌晨|清晨|一大早|一早|早上|早晨|早|上午|中午|正午|下午|午后|傍晚|晚上|晚|夜里|夜间|下班[前后]?"
    r"|(?:morning|noon|afternoon|evening|night|eod)(?![A-Za-z]))"
)
_COLON = (
    rf"(?:{_PART}\s*)?(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})(?::(?P<second>[0-9]{{2}}))?"
    r"(?:\s*(?P<half>[ap])\.?m(?![0-9A-Za-z])\.?)?(?![0-9]|:[0-9])"
)
_CHINESE = (
    rf"(?:{_PART}\s*)?(?P<hour>{NUMBER})\s*(?:点钟|点整|[点时])"
    r"(?:(?P<fraction>半|[一三13]刻)"
    rf"|(?P<minute>{NUMBER})\s*分|(?P<bare>[0-9]{{2}}(?![0-9个位人家条名张份场次天年月元块万千百%])|[零〇][一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?))?"
)
_ENGLISH = r"(?P<hour>[0-9]{1,2})\s?(?P<half>[ap])\.?m(?![0-9A-Za-z])\.?"
_PART_ONLY = rf"{_PART}|(?P<midnight>midnight)\b"
_FIRST = frozenset("0123456789零〇一二两三四五六七八九十凌清早上中正下午傍晚夜mMnNaAeE")


class TimeFound(NamedTuple):
    """A time of day that ends at ``end`` of the text; ``problem`` where there is no such time.

    ``days`` is 1 where the words mean the small hours after that day (今晚12点). ``weak``: the
    same words often mean something else (``3点`` is also "three points"). ``vague``: a part of the
    day without an hour, for which ``time`` is only what is usual. ``half_said``: before noon or
    after, and not only an hour of a clock with twelve.
    """

    end: int
    time: time | None
    days: int = 0
    weak: bool = False
    vague: bool = False
    problem: Msg | None = None
    half_said: bool = True


def scan_time(text: str, start: int) -> TimeFound | None:
    """The time of day that begins at ``start`` of a folded text; None where none does."""
    if text[start : start + 1] not in _FIRST:
        return None
    if match := compiled(_COLON).match(text, start):
        return _colon(match)
    if match := compiled(_CHINESE).match(text, start):
        found = _chinese(match)
        if found:
            return found
    if match := compiled(_ENGLISH).match(text, start):
        return _at(match, None, int(match["hour"]), 0, half=match["half"])
    if found := _elliptic(text, start):
        return found
    if match := compiled(_PART_ONLY).match(text, start):
        if match["midnight"]:
            return TimeFound(match.end(), time(0), days=1, weak=True, vague=True)
        at = compiled(r"\s+(?:at\s+)?(?=[0-9])").match(text, match.end())
        clock = scan_time(text, at.end()) if at else None
        if clock:  # tomorrow morning 9am, tonight at 8:30pm
            return clock
        usual = time(PARTS[match["part"].lower()])
        return TimeFound(match.end(), usual, weak=True, vague=True)
    return None


EXAMPLES = (
    "15:30  9:05  15：30  3pm  3:30 pm  noon",
    "下午3点  三点半  下午三点一刻  十点二十  3點鐘  晚上8点  明天下午三点  tomorrow at 3pm",
)
_HOUR = rf"(?:{_PART}\s*)?(?P<hour>{NUMBER})"
_UNTIL = r"\s*(?:[-–—~]|到|至|to\s|until\s)\s*"
_LONGEST_SPAN = 16 * 60  # minutes; what seems longer is two times the wrong way round


def scan_hour(text: str, start: int) -> TimeFound | None:
    """A bare hour (``10``, ``下午3``), where the question was when."""
    match = compiled(_HOUR).match(text, start)
    hour = number_of(match["hour"]) if match else None
    if match is None or hour is None:
        return None
    return _at(match, match["part"], hour, 0, spoken=True)


class SpanFound(NamedTuple):
    """A span of time: where it ends, and its minutes; ``problem`` where it runs backwards."""

    end: int
    minutes: int
    problem: Msg | None = None


def scan_until(text: str, end: int, begin: TimeFound) -> SpanFound | None:
    """What follows a time that ends at ``end``: -15:15, 到11点; it may run over midnight."""
    at = _until(text, end)
    until = scan_time(text, at) if begin.time and at > end else None
    if begin.time is None or until is None or until.time is None or until.vague:
        return None
    minutes = _minutes(until.time) - _minutes(begin.time)
    if minutes <= 0 and not until.half_said and minutes + 12 * 60 > 0:
        minutes += 12 * 60  # 晚上8点到10点
    if minutes <= 0:
        minutes += 24 * 60
    if minutes <= _LONGEST_SPAN:
        return SpanFound(until.end, minutes)
    problem = msg(
        N_("{until} is before {begin}"), until=f"{until.time:%H:%M}", begin=f"{begin.time:%H:%M}"
    )
    return SpanFound(until.end, 0, problem)


def _elliptic(text: str, start: int) -> TimeFound | None:
    """The first time of a span that lacks its unit: 9-11点, 下午2～4点, 2-3pm."""
    first = compiled(
        rf"{_HOUR}(?={_UNTIL}[0-9零一二两三四五六七八九十]+\s?(?P<unit>点|[ap]\.?m(?![0-9A-Za-z])))"
    ).match(text, start)
    hour = number_of(first["hour"]) if first else None
    if first is None or hour is None:
        return None
    if first["unit"] == "点":
        return _at(first, first["part"], hour, 0, spoken=True)
    begin = _at(first, None, hour, 0, half=first["unit"][0])
    until = scan_time(text, _until(text, first.end()))
    if begin.time and until and until.time and begin.time > until.time:  # 11-1pm
        begin = _at(first, None, hour, 0, half="a")
    return begin


def _until(text: str, end: int) -> int:
    match = compiled(_UNTIL).match(text, end)
    return match.end() if match else end


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _colon(match: re.Match[str]) -> TimeFound:
    second = int(match["second"] or 0)
    hour, minute = int(match["hour"]), int(match["minute"])
    return _at(match, match["part"], hour, minute, second, half=match["half"])


def _chinese(match: re.Match[str]) -> TimeFound | None:
    hour = number_of(match["hour"])
    if hour is None:
        return None
    minute: int | None = 0
    if match["fraction"]:
        minute = {"半": 30, "一": 15, "1": 15, "三": 45, "3": 45}[match["fraction"][0]]
    elif match["minute"] or match["bare"]:
        digits = (match["minute"] or match["bare"]).lstrip("零〇")
        minute = number_of(digits) if digits else 0
    if minute is None:
        return None
    said = match["fraction"] or match["minute"] or match["bare"]
    return _at(match, match["part"], hour, minute, spoken=True, weak=not match["part"] and not said)


def _at(
    match: re.Match[str],
    part: str | None,
    hour: int,
    minute: int,
    second: int = 0,
    *,
    half: str | None = None,
    spoken: bool = False,
    weak: bool = False,
) -> TimeFound:
    turned = _half_day(hour, half) if half else _part_of_day(part, hour, spoken)
    if turned is None or minute > 59 or second > 59:
        return TimeFound(match.end(), None, problem=msg(N_("there is no such time of day")))
    at = time(turned % 24, minute, second)
    half_said = bool(part or half) or not spoken or not 1 <= hour <= 12
    return TimeFound(match.end(), at, turned // 24, weak, half_said=half_said)


def _half_day(hour: int, half: str) -> int | None:
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half.lower() == "p" else 0)


def _part_of_day(part: str | None, hour: int, spoken: bool) -> int | None:
    """The hour 0–23 (from 24: of the next day) that an hour in a part of the day means.

    An hour spoken without a part (三点半) is one of the working day: 1 to 6 are afternoon.
    """
    part = part.lower() if part else None
    if hour > 23:
        return None
    if part is None:
        return hour + 12 if spoken and 1 <= hour <= 6 else hour
    if part in _FORENOON:
        if hour == 12:
            return 0 if part == "凌晨" else 12
        return hour if hour < 12 else None
    if part in _MIDDAY:
        if 1 <= hour <= 3:
            return hour + 12
        return hour if 10 <= hour <= 15 else None
    if part in _NIGHT:
        if hour == 12:
            return 24
        if hour <= 4:
            return 24 + hour
        return hour + 12 if hour < 12 else hour
    if hour == 0:
        return None
    return hour + 12 if hour < 12 else hour
