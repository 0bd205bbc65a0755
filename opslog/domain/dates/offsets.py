"""Days counted from now: 三天后, 3天内, 三个工作日后, +2w, +30m, 2 weeks, in half an hour."""

from __future__ import annotations

import re
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

from opslog.domain.dates.day_values import Asked, DayFound, found
from opslog.domain.dates.days import add_months, calendar_day
from opslog.domain.dates.numerals import number_of
from opslog.locale import N_, msg

if TYPE_CHECKING:
    from opslog.domain.dates.workdays import Workdays

_UNITS = {
    "d": "day", "day": "day", "天": "day", "日": "day",
    "w": "week", "week": "week", "周": "week", "星期": "week", "礼拜": "week",
    "mo": "month", "month": "month", "月": "month",
    "y": "year", "year": "year", "年": "year",
    "h": "hour", "hr": "hour", "hour": "hour", "小时": "hour", "钟头": "hour",
    "m": "minute", "min": "minute", "minute": "minute", "分钟": "minute", "刻钟": "quarter",
    "wd": "workday", "workday": "workday", "working day": "workday", "business day": "workday",
    "工作日": "workday",
}  # fmt: skip
_SMALL = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_HALVES = {"hour": ("minute", 30), "day": ("hour", 12), "month": ("day", 15), "year": ("month", 6)}
_MOST_WORKDAYS = 500  # two years; each is walked


def chinese(match: re.Match[str], asked: Asked) -> DayFound | None:
    """三天后, 半个月内; without 后 or 内 only where something is planned (>三天)."""
    unit, way = _UNITS[match["unit"]], match["way"] or ""
    if not way and asked.prefer != "future":
        return None
    sign, said = -1 if "前" in way else 1, match["number"]
    if said == "半":
        if unit not in _HALVES:
            return None
        unit, number = _HALVES[unit]
        return _offset(match, asked, unit, sign * number)
    number_said = number_of(said)
    if number_said is None:
        return None
    if match["more"]:
        return _half_more(match, asked, unit, number_said, sign)
    return _offset(match, asked, unit, sign * number_said)


def _half_more(
    match: re.Match[str], asked: Asked, unit: str, number: int, sign: int
) -> DayFound | None:
    """一个半小时后, 一个半月后, 两年半后."""
    if unit == "hour":
        return _offset(match, asked, "minute", sign * (number * 60 + 30))
    if unit == "month":
        there = _offset(match, asked, "month", sign * number)
        if there.day is None:
            return there
        return found(match, there.day + timedelta(sign * 15))
    return None


def compact(match: re.Match[str], asked: Asked) -> DayFound | None:
    """+3d, -7d, +30m (minutes); without a sign only where something is planned."""
    follows = match.string[match.end() : match.end() + 1]
    if not match["sign"] and (asked.prefer != "future" or follows.isalnum()):
        return None
    number = int(match["number"]) * (-1 if match["sign"] == "-" else 1)
    unit = match["unit"].lower()
    return _offset(match, asked, _UNITS.get(unit) or _UNITS[unit.rstrip("s")], number)


def english(match: re.Match[str], asked: Asked) -> DayFound | None:
    """in 3 days, two weeks ago, 3 working days; bare only where something is planned."""
    if not match["preposition"] and not match["way"] and asked.prefer != "future":
        return None
    said = re.sub(r"\s+", " ", match["number"].lower())
    unit = _UNITS[re.sub(r"\s+", " ", match["unit"].lower()).removesuffix("s")]
    sign = -1 if (match["way"] or "").strip().lower() == "ago" else 1
    if said.startswith("half"):
        return _offset(match, asked, "minute", sign * 30)
    number = int(said) if said.isdigit() else _SMALL[said]
    return _offset(match, asked, unit, sign * number)


def next_workday(match: re.Match[str], asked: Asked) -> DayFound:
    return DayFound(match.end(), asked.calendar().next(asked.today), weak=True)


def _offset(match: re.Match[str], asked: Asked, unit: str, number: int) -> DayFound:
    out = msg(N_("“{text}” is out of reach"), text=match.group())
    try:
        if unit in ("hour", "minute", "quarter"):
            length = timedelta(minutes=number * {"hour": 60, "minute": 1, "quarter": 15}[unit])
            then = (asked.now.astimezone(UTC) + length).astimezone(asked.now.tzinfo)
            then = then.replace(second=0, microsecond=0)
            there = DayFound(match.end(), then.date(), then.time())
        elif unit in ("month", "year"):
            months = number * (12 if unit == "year" else 1)
            there = DayFound(match.end(), add_months(asked.today, months))
        elif unit == "workday":
            if abs(number) > _MOST_WORKDAYS:
                return found(match, out)
            there = DayFound(match.end(), _workdays(asked.calendar(), asked.today, number))
        else:
            days = number * (7 if unit == "week" else 1)
            there = DayFound(match.end(), asked.today + timedelta(days))
    except (OverflowError, ValueError):
        return found(match, out)
    assert there.day is not None
    checked = calendar_day(there.day.year, there.day.month, there.day.day)
    return there if isinstance(checked, date) else found(match, checked)


def _workdays(calendar: Workdays, day: date, number: int) -> date:
    for _step in range(abs(number)):
        day = calendar.next(day) if number > 0 else calendar.previous(day)
    return day
