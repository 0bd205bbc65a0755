"""Mainland working days: public holidays, make-up days, and what the operator adds.

The published calendar comes from the library chinesecalendar, used as data. A year the State
Council has not published yet is never guessed: only weekends and what is a holiday on the same
date every year are then days off, and ``published`` says so, so that every date worked out from
it can say it too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, Msg, msg

if TYPE_CHECKING:
    from opslog.domain.dates.notices import Told
    from opslog.domain.dates.regions import Region

OVERLAY_FILE = "workdays.toml"
_DAY = timedelta(days=1)
# Far longer than any run of days off; only an overlay that closes the whole year exceeds it.
_LONGEST_REST = 400
# (month, day) of the holidays that need no announcement: New Year, Labour Day, National Day, by
# the State Council's rules for public holidays (全国年节及纪念日放假办法, as of 2025), article 2.
EVERY_YEAR = {
    (1, 1): N_("New Year"),
    **dict.fromkeys([(5, 1), (5, 2)], N_("Labour Day")),
    **dict.fromkeys([(10, 1), (10, 2), (10, 3)], N_("National Day")),
}
# As the library calls them.
_NAMES = {
    "New Year's Day": N_("New Year"),
    "Spring Festival": N_("Spring Festival"),
    "Tomb-sweeping Day": N_("Tomb-Sweeping Day"),
    "Labour Day": N_("Labour Day"),
    "Dragon Boat Festival": N_("Dragon Boat Festival"),
    "National Day": N_("National Day"),
    "Mid-autumn Festival": N_("Mid-Autumn Festival"),
}


@cache
def _mainland() -> tuple[frozenset[date], frozenset[date], frozenset[int]]:
    """Public holidays, make-up working days, and the years they are known for."""
    from chinese_calendar import constants

    holidays = frozenset(constants.holidays)
    # A year's list may spill a day into its neighbours; it is known when its National Day is.
    years = frozenset(day.year for day in holidays if (day.month, day.day) == (10, 1))
    return holidays, frozenset(constants.workdays), years


class Workdays(NamedTuple):
    """The mainland calendar with the operator's own days above it.

    ``holidays`` and ``workdays`` are the operator's; ``years`` those they vouch for in full.
    ``notices`` by year are what was taken in of files: they stand between both. ``regions`` keep
    days of their own free beside these.
    """

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()
    notices: Mapping[int, Mapping[date, Told]] = MappingProxyType({})
    regions: tuple[Region, ...] = ()

    def is_workday(self, day: date) -> bool:
        if day in self.holidays:
            return False
        if day in self.workdays:
            return True
        if (told := self._told(day)) is not None:
            return not told.off
        if day.year in self.notices:  # of which it leaves this day as it is
            return day.weekday() < 5
        if day in _mainland()[0] or self._by_law(day) is not None:
            return False
        return day in _mainland()[1] or day.weekday() < 5

    def _told(self, day: date) -> Told | None:
        """What a notice says of a day; days of December may stand in the next year's."""
        for year in (day.year + 1, day.year) if self.notices else ():
            if (told := self.notices.get(year, {}).get(day)) is not None:
                return told
        return None

    def _by_law(self, day: date) -> Msg | None:
        """Which holiday it is by law, of a year whose notice nobody knows yet; None of none. Those
        that move are the operator's to name, of a year they vouch for."""
        if day.year in _mainland()[2]:
            return None
        if (name := EVERY_YEAR.get((day.month, day.day))) is not None:
            return msg(name)
        if day.year in self.years:
            return None
        from opslog.domain.dates.holidays import moving

        return moving(day.year).get(day)

    def holiday(self, day: date) -> Msg | None:
        """What a day is kept free for; None of a working day, and of a mere weekend."""
        if self.is_workday(day):
            return None
        if (told := self._told(day)) is not None and told.off:
            return Msg("{name}", {"name": told.name})
        if day in _mainland()[0] and day.year not in self.notices:
            from chinese_calendar import constants

            name = constants.holidays[day]
            return msg(_NAMES[name]) if name in _NAMES else Msg("{name}", {"name": name})
        if (name := self._by_law(day)) is not None:
            return name
        return msg(N_("day off")) if day in self.holidays else None

    def made_up(self, day: date) -> bool:
        """Whether it is worked though it lies on a weekend."""
        return day.weekday() >= 5 and self.is_workday(day)

    def next(self, day: date) -> date:
        """The first working day after ``day``. Raises Refused where a whole year has none."""
        return self._walk(day, _DAY)

    def previous(self, day: date) -> date:
        """The last working day before ``day``. Raises Refused where a whole year has none."""
        return self._walk(day, -_DAY)

    def published(self, year: int) -> bool:
        """Whether the holidays of ``year`` are known, not only its weekends."""
        return year in self.years or year in self.notices or year in _mainland()[2]

    def _walk(self, day: date, way: timedelta) -> date:
        for _step in range(_LONGEST_REST):
            day += way
            if self.is_workday(day):
                return day
        raise Refused(
            msg(
                N_("{file} leaves no working day near {day}; take some holidays out of it"),
                file=OVERLAY_FILE,
                day=day.isoformat(),
            )
        )


MAINLAND = Workdays()
Calendar = Callable[[], Workdays]
"""The working days in force, looked up only where a text counts by them: most don't."""


def mainland() -> Workdays:
    return MAINLAND


def is_workday(day: date) -> bool:
    """By the published calendar alone, without the operator's own days."""
    return MAINLAND.is_workday(day)


def next_workday(day: date) -> date:
    return MAINLAND.next(day)


def previous_workday(day: date) -> date:
    return MAINLAND.previous(day)


def published(year: int) -> bool:
    return MAINLAND.published(year)


def read_overlay(text: str, file: str) -> Workdays:
    """The operator's workdays.toml: ``holidays`` and ``workdays`` (dates), ``years`` (complete),
    the notices taken in, and days off of regions.

    Raises Faulty naming the file and the line of everything that can't be used.
    """
    from opslog.domain.base.own_files.toml_lines import Table
    from opslog.domain.dates import notices, regions

    table = Table.read(text, file)
    table.only("holidays", "workdays", "years", notices.KEY, regions.KEY)
    holidays, workdays = table.dates("holidays"), table.dates("workdays")
    years, told = table.integers("years"), notices.read(table)
    regional = regions.read(table)
    for day in sorted(holidays & workdays):
        table.fault("workdays", msg(N_("{day} is in both lists"), day=day.isoformat()))
    table.settle()
    return Workdays(holidays, workdays, years, told, regional)
