"""Events, and stops of them, on a public holiday or a day off of their region. Pure.

A weekend alone is none: many events are held on one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from opslog.domain.base.sentences import bracketed, listed
from opslog.domain.dates.regions import Region
from opslog.domain.dates.wording import short_day
from opslog.domain.dates.workdays import Workdays
from opslog.domain.events.stops import Stop
from opslog.locale import N_, Msg, msg


class DayOff(NamedTuple):
    """``stop`` None: of an event without any; ``what`` the day is kept free for."""

    day: date
    stop: Stop | None
    what: Msg


def found(
    standing: Iterable[tuple[date, Sequence[Stop]]],
    workdays: Workdays,
    regions: Callable[[Stop | None], Iterable[Region]],
) -> Iterator[DayOff]:
    """Of the days that something stands on (``calendar_days.standing_on``) those kept free.
    ``regions``: the operator's regions that a stop, or the event (None), is in."""
    for day, stops in standing:
        for stop in stops or (None,):
            what = workdays.holiday(day)
            if what is None:
                names = [one.name for one in regions(stop) if day in one.holidays]
                what = msg(N_("day off in {region}"), region=listed(names)) if names else None
            if what is not None:
                yield DayOff(day, stop, what)


def said(days_off: Iterable[DayOff], today: date) -> list[Msg]:
    """A sentence for each place that falls on days off, one for an event without stops."""
    places: dict[str, list[Msg]] = {}
    for one in days_off:
        named = bracketed(short_day(one.day, today), one.what)
        places.setdefault(one.stop.place if one.stop else "", []).append(named)
    return [
        msg(N_("{place} falls on a day off: {days}"), place=place, days=listed(days))
        if place
        else msg(N_("It falls on a day off: {days}"), days=listed(days))
        for place, days in places.items()
    ]
