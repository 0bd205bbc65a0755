"""Holidays by name: 元旦, 五一, 春节后, 中秋前, Christmas, after Spring Festival.

Lunar days come from a table (computed once, from the Chinese calendar); what lies before or
behind a holiday needs the published days off, and is asked for where they are not out yet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from opslog.domain.dates.day_values import Asked, DayFound, found
from opslog.locale import N_, Msg, msg

# Of each year from 2020: the first day of the lunar year, Dragon Boat (5/5), Mid-Autumn (8/15).
_FIRST_YEAR = 2020
_LUNAR = """
0125 0625 1001|0212 0614 0921|0201 0603 0910|0122 0622 0929|0210 0610 0917|0129 0531 1006
0217 0619 0925|0206 0609 0915|0126 0528 1003|0213 0616 0922|0203 0605 0912|0123 0624 1001
0211 0612 0919|0131 0601 0908|0219 0620 0927|0208 0610 0916|0128 0530 1004|0215 0618 0924
0204 0607 0913|0124 0527 1002|0212 0614 0920|0201 0603 0910|0122 0622 0928|0210 0611 0917
0130 0531 1005|0217 0619 0925
"""
_FIXED = {
    "元旦": "0101", "新年": "0101", "new year": "0101", "情人节": "0214", "三八": "0308",
    "妇女节": "0308", "五一": "0501", "劳动节": "0501", "labour day": "0501",
    "labor day": "0501", "六一": "0601", "儿童节": "0601", "教师节": "0910", "国庆": "1001",
    "十一": "1001", "national day": "1001", "双十一": "1111", "双11": "1111",
    "双十二": "1212", "双12": "1212", "平安夜": "1224", "圣诞": "1225", "christmas": "1225",
}  # fmt: skip
# Which of the three lunar days, and how many days from it.
_MOVING = {
    "除夕": (0, -1), "春节": (0, 0), "过年": (0, 0), "元宵": (0, 14), "端午": (1, 0),
    "中秋": (2, 0), "spring festival": (0, 0), "chinese new year": (0, 0), "cny": (0, 0),
    "dragon boat festival": (1, 0), "mid-autumn festival": (2, 0), "mid-autumn": (2, 0),
}  # fmt: skip
_TOMB_SWEEPING = ("清明", "qingming")
CHINESE, ENGLISH = (
    [word for word in (*_FIXED, *_MOVING, *_TOMB_SWEEPING) if word.isascii() is latin]
    for latin in (False, True)
)
_YEARS = {"去": -1, "今": 0, "明": 1, "后": 2}


def holiday(match: re.Match[str], asked: Asked) -> DayFound | None:
    """The day of a holiday; with 前 the last working day before it, with 后 the first after."""
    name = re.sub(r"\s+", " ", (match["name"] or "春节").lower())
    side = {"前": -1, "before": -1, "后": 1, "after": 1}.get(_last_word(match["side"]), 0)
    year = match["year"]
    if year:
        number = asked.today.year + _YEARS[year[0]] if year[0] in _YEARS else int(year[:4])
        return found(match, _of(name, number, side, asked), weak=True)
    days = [_of(name, asked.today.year + n, side, asked) for n in (-1, 0, 1)]
    to_come = [day for day in days if isinstance(day, Msg) or day >= asked.today]
    behind = [day for day in days if isinstance(day, date) and day <= asked.today]
    if asked.prefer == "future":
        return found(match, to_come[0], weak=True) if to_come else None
    if asked.prefer == "past":
        return found(match, behind[-1], weak=True) if behind else None
    near = [day for day in days if isinstance(day, date)]
    return found(match, min(near, key=lambda day: abs(day - asked.today)), weak=True)


def _last_word(side: str | None) -> str:
    words = (side or "").lower().split()
    return words[0] if words and words[0].isascii() else (side or "")[-1:]


def _of(name: str, year: int, side: int, asked: Asked) -> date | Msg:
    day = _day(name, year)
    if isinstance(day, Msg) or not side:
        return day
    calendar = asked.calendar()
    if not calendar.published(day.year):
        return msg(N_("the days off of {year} are not published yet: name a date"), year=day.year)
    return calendar.previous(day) if side < 0 else calendar.next(day)


def _day(name: str, year: int) -> date | Msg:
    if fixed := _FIXED.get(name):
        return date(year, int(fixed[:2]), int(fixed[2:]))
    lunar = _lunar()
    if not 0 <= year - _FIRST_YEAR < len(lunar):
        return msg(N_("the year {year} is out of reach"), year=year)
    if name in _TOMB_SWEEPING:  # the solar term's usual formula, true for this century
        return date(year, 4, int((year % 100) * 0.2422 + 4.81) - year % 100 // 4)
    which, days = _MOVING[name]
    text = lunar[year - _FIRST_YEAR][which]
    return date(year, int(text[:2]), int(text[2:])) + timedelta(days)


@cache
def moving(year: int) -> Mapping[date, Msg]:
    """What the law keeps free of a year on days that the moon or the sun tells: from the eve of the
    Spring Festival to its third day, Tomb-Sweeping Day, Dragon Boat and Mid-Autumn Festival. Of a
    year that the table does not reach, Tomb-Sweeping Day alone."""
    named = (
        *(("春节", days, N_("Spring Festival")) for days in range(-1, 3)),
        ("清明", 0, N_("Tomb-Sweeping Day")),
        ("端午", 0, N_("Dragon Boat Festival")),
        ("中秋", 0, N_("Mid-Autumn Festival")),
    )
    found = {}
    for name, days, label in named:
        if isinstance(day := _day(name, year), date):
            found[day + timedelta(days)] = msg(label)
    return found


@cache
def _lunar() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(year.split()) for year in _LUNAR.strip().replace("\n", "|").split("|"))
