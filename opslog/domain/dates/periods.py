"""Days that are a place in a week, month or year: 月底, 年底, 12月初, 下周末, eom, next weekend."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, time, timedelta

from opslog.domain.dates.day_values import Asked, DayFound, found
from opslog.domain.dates.days import add_months, calendar_day
from opslog.domain.dates.numerals import number_of
from opslog.locale import Msg

SATURDAY, FRIDAY = 5, 4
END_OF_DAY = time(18)
_MONTHS = {"月": 1, "month": 1, "季": 3, "quarter": 3, "年": 12, "year": 12}
_SHORT = {"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}


def chinese_place(match: re.Match[str], asked: Asked) -> DayFound | None:
    """月底, 下月初, 12月中旬, 明年底, 季末, 年内."""
    unit, which, place = match["unit"][0], match["which"] or "", match["place"]
    if (which[:1] in tuple("今明后去")) != (unit == "年") and which and which != "本":
        return None
    if match["number"]:
        return _numbered(match, asked, unit, place)
    number = {"今": 0, "明": 1, "后": 2, "去": -1}.get(
        which[:1], which.count("下") - which.count("上")
    )
    return _place(match, asked, unit, number, place, said=bool(which))


def _numbered(match: re.Match[str], asked: Asked, unit: str, place: str) -> DayFound | None:
    """12月底, 2027年底: the month or year of that number."""
    number = number_of(match["number"])
    if number is None or place == "内" or unit == "季":
        return None
    if unit == "年":
        first = calendar_day(number, 1, 1) if number > 999 else None
    else:
        first = calendar_day(asked.today.year, number, 1)
        past = isinstance(first, date) and _in(first, 1, place) < asked.today
        if past and asked.prefer == "future":
            first = calendar_day(asked.today.year + 1, number, 1)
    if first is None or isinstance(first, Msg):
        return None if first is None else found(match, first)
    return DayFound(match.end(), _in(first, _MONTHS[unit], place), weak=True)


def english_end(match: re.Match[str], asked: Asked) -> DayFound:
    """eod, eow, eom, end of next month, year end."""
    short = match["short"]
    unit = (_SHORT[short.lower()] if short else match["unit"] or match["unit2"]).lower()
    number = int((match["which"] or "").lower() == "next")
    if unit == "day":
        return DayFound(match.end(), asked.today, END_OF_DAY)
    if unit == "week":
        return DayFound(match.end(), _of_week(asked, FRIDAY, number), weak=True)
    return _place(match, asked, unit, number, "底", said=bool(match["which"]))


def _place(
    match: re.Match[str], asked: Asked, unit: str, number: int, place: str, *, said: bool
) -> DayFound:
    months = _MONTHS[unit]
    first = asked.today.replace(day=1)
    first = first.replace(month=(first.month - 1) // months * months + 1)
    day = _in(add_months(first, number * months), months, place)
    if not said and asked.prefer == "future" and day < asked.today:
        day = _in(add_months(first, months), months, place)
    return DayFound(match.end(), day, weak=place not in "底末")


def _in(first: date, months: int, place: str) -> date:
    """The day of a period of months that ``place`` says: its first, its middle, its last."""
    if place[0] in "初上":
        return first
    if place[0] == "中":
        return first.replace(day=15) if months == 1 else add_months(first, months // 2) - _DAY
    last = add_months(first, months - 1)
    return last.replace(day=monthrange(last.year, last.month)[1])


_DAY = timedelta(days=1)


def _of_week(asked: Asked, weekday: int, number: int) -> date:
    return asked.today + timedelta(weekday - asked.today.weekday() + 7 * number)


def _number_of(which: str) -> int:
    word = which.strip().lower()
    return word.count("下") - word.count("上") + {"next": 1, "last": -1}.get(word, 0)


def weekend(match: re.Match[str], asked: Asked) -> DayFound:
    """Its Saturday; on a Sunday this weekend is that day."""
    day = _of_week(asked, SATURDAY, _number_of(match["which"] or ""))
    if not match["which"] and day < asked.today and asked.prefer != "past":
        day = asked.today
    return DayFound(match.end(), day, weak=True)


def week(match: re.Match[str], asked: Asked) -> DayFound:
    """下周 and 下周初 its Monday; 本周, 下周内 its Friday."""
    number = _number_of(match["which"])
    place = match["place"] or ("初" if number else "内")
    return DayFound(match.end(), _of_week(asked, 0 if place == "初" else FRIDAY, number), weak=True)


def next_month(match: re.Match[str], asked: Asked) -> DayFound:
    return DayFound(match.end(), add_months(asked.today, match.group().count("下") or 1), weak=True)
