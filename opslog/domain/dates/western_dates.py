"""Dates as the West writes them: ``Nov 1, 2026 2:00 PM``, ``1 Nov 2026``, ``11/1/2026``.

``3/4/2026`` is a day in March to some and in April to others: it is read only where something
settles which, never by guessing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
HALVES = r"上午|下午|晚上|凌晨|中午|早上|早晨|清晨|午后|傍晚|夜里|夜间|深夜|半夜|午夜|[ap]\.?m\.?"
_HALF = HALVES
_TIME = (
    rf"(?:(?P<before>{_HALF})\s*)?(?P<hour>\d{{1,2}})[:时](?P<minute>\d{{1,2}})分?"
    rf"(?::(?P<second>\d{{1,2}}))?(?:\.\d+)?秒?\s*(?P<after>{_HALF})?"
    r"\s*(?P<offset>z|(?:utc|gmt)(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2})?"
)
_AFTER = re.compile(rf"(?:[\s,t]+(?:at\s+)?{_TIME})?(?:\s*\(.*\))?", re.IGNORECASE)
_TIME_FIRST = re.compile(rf"({_TIME})[\s,]+(?=\S*\d{{4}}|[a-z\d])(?P<date>.+)", re.IGNORECASE)
_NAMED = tuple(
    re.compile(_WEEKDAY + pattern, re.IGNORECASE)
    for pattern in (
        rf"{_MONTH}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_MONTH}[\s,.-]+(?P<year>\d{{4}})",
    )
)
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})日?"
)
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|(?<=/)\d\d)(?!\d|[-/.])")
_AMERICAN = frozenset({"am", "pm", "a.m.", "p.m.", "a.m", "p.m"})

Written = tuple[int, int, int, int, int, int, str]


def month_first(cells: Iterable[str]) -> bool | None:
    """Whether a column writes the month before the day; None where no date in it settles that."""
    months = days = False
    for cell in cells:
        if found := _NUMBERS.search(cell):
            days = days or (int(found[1]) > 12 and len(found[4]) == 4)
            months = months or int(found[3]) > 12
    return None if months == days else months


def written(folded: str, month_first: bool | None) -> Written | None:
    """Year to second as written, and the offset from UTC; None for what is no such date."""
    text = folded
    if (turned := _TIME_FIRST.fullmatch(text)) is not None:
        text = f"{turned['date']} {turned[1]}"
    for pattern in (*_NAMED, _YEAR_FIRST):
        if found := pattern.match(text):
            rest = _AFTER.fullmatch(text, found.end())
            if rest is None:
                return None
            month = found["month"].lower()
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
            return _with_time(int(found["year"]), number, int(found["day"]), rest)
    numbers = _NUMBERS.match(text)
    rest = _AFTER.fullmatch(text, numbers.end()) if numbers else None
    if numbers is None or rest is None:
        return None
    first, second = int(numbers[1]), int(numbers[3])
    if first > 12 or second > 12 or first == second:
        month_first = second > 12
    elif numbers[2] == ".":  # only where the day comes first
        month_first = False
    elif month_first is None:
        if (rest["after"] or "").lower() not in _AMERICAN:
            return None
        month_first = True
    month, day = (first, second) if month_first else (second, first)
    year = int(numbers[4])
    if len(numbers[4]) == 2:
        if first > 12:
            return None  # 24/11/29 may begin with the year or the day
        year += 2000
    return _with_time(year, month, day, rest)


def hour_of(half: str, hour: int) -> int:
    """The hour of the day, by the half it is told in; 24 where that is the end of it.

    凌晨 and 半夜 are the small hours of the day named; 晚上12点 ends it.
    """
    if hour > 12 or not half:
        return hour
    first = half[0].lower()
    if first in "a上凌早清":
        return hour % 12
    if first == "中":
        return hour + 12 if hour < 6 else hour
    if half in ("半夜", "午夜", "深夜", "夜里", "夜间", "晚上"):
        if hour == 12:
            return 24 if half in ("晚上", "夜里", "深夜") else 0
        return hour if hour < 5 else hour + 12
    return hour if hour == 12 else hour + 12


def _with_time(year: int, month: int, day: int, rest: re.Match[str]) -> Written:
    hour = int(rest["hour"] or 0)
    hour = hour_of(rest["before"] or rest["after"] or "", hour)
    return (
        *(year, month, day, hour, int(rest["minute"] or 0), int(rest["second"] or 0)),
        _offset(rest["offset"] or ""),
    )


def _offset(text: str) -> str:
    """``z`` or ``+HHMM`` for what an offset may look like; '' for none."""
    bare = text.lower().replace("utc", "").replace("gmt", "").replace(":", "")
    if not bare:
        return "z" if text else ""
    if bare == "z":
        return bare
    digits = bare[1:]
    return bare[0] + (digits.zfill(2) + "00" if len(digits) < 3 else digits.zfill(4))
