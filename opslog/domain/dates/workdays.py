"""Mainland working days: public holidays, make-up days, and what the operator adds.

The published calendar comes from the library chinesecalendar, used as data. A year the State
Council has not published yet is never guessed: only weekends and what is a holiday on the same
date every year are then days off, and ``published`` says so, so that every date worked out from
it can say it too.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, msg

OVERLAY_FILE = "workdays.toml"
_DAY = timedelta(days=1)
# Far longer than any run of days off; only an overlay that closes the whole year exceeds it.
_LONGEST_REST = 400
# (month, day) of the holidays that need no announcement: New Year, Labour Day, National Day, by
# the State Council's rules for public holidays (全国年节及纪念日放假办法, as of 2025), article 2.
EVERY_YEAR = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


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
    """

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        if day in self.holidays:
            return False
        if day in self.workdays:
            return True
        holidays, workdays, years = _mainland()
        if day in holidays or (day.year not in years and (day.month, day.day) in EVERY_YEAR):
            return False
        return day in workdays or day.weekday() < 5

    def next(self, day: date) -> date:
        """The first working day after ``day``. Raises Refused where a whole year has none."""
        return self._walk(day, _DAY)

    def previous(self, day: date) -> date:
        """The last working day before ``day``. Raises Refused where a whole year has none."""
        return self._walk(day, -_DAY)

    def published(self, year: int) -> bool:
        """Whether the holidays of ``year`` are known, not only its weekends."""
        return year in self.years or year in _mainland()[2]

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
    """The operator's workdays.toml: ``holidays`` and ``workdays`` (dates), ``years`` (complete).

    Raises Faulty naming the file and the line of everything that can't be used.
    """
    from opslog.domain.base.own_files.toml_lines import Table

    table = Table.read(text, file)
    table.only("holidays", "workdays", "years")
    holidays, workdays = table.dates("holidays"), table.dates("workdays")
    years = table.integers("years")
    for day in sorted(holidays & workdays):
        table.fault("workdays", msg(N_("{day} is in both lists"), day=day.isoformat()))
    table.settle()
    return Workdays(holidays, workdays, years)
