"""What stands on which day, over all events. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from opslog.domain.dates.days import add_months
from opslog.domain.dates.workdays import Workdays
from opslog.domain.events.events import DONE, DROPPED, MISSED, EventRow, PlanLine
from opslog.domain.events.stops import Stop
from opslog.domain.events.weeks import monday_of
from opslog.locale import Msg


class OwnPlan(NamedTuple):
    """A plan of the operator's own, whose turns have steps among the days. ``every`` is how often
    there is one, '' once."""

    id: int
    name: str
    every: str


class Coming(NamedTuple):
    """A step of a turn that is not made yet: it ``begins`` on a later day."""

    plan: OwnPlan
    begins: date
    line: PlanLine


class Held(NamedTuple):
    """An event, by its number, and when it takes place."""

    id: int
    starts_at: datetime
    ends_at: datetime


class Counts(NamedTuple):
    """The steps of a day by how they stand; ``late`` are open and past due."""

    late: int
    open: int
    done: int
    missed: int

    @property
    def all(self) -> int:
        return sum(self)


class Day(NamedTuple):
    """``holiday`` is what a day off is for, None of a weekend; ``made_up``: a weekend day that is
    worked. ``events`` take place on it, ``steps`` are due on it, both in order of time; ``stops``
    are those of road shows that stand on it."""

    day: date
    off: bool
    holiday: Msg | None
    made_up: bool
    events: tuple[EventRow, ...] = ()
    steps: tuple[PlanLine, ...] = ()
    stops: tuple[Stop, ...] = ()
    coming: tuple[Coming, ...] = ()  # of turns that are still to be made, in order of time

    def stops_of(self, event_id: int) -> list[Stop | None]:
        """Where an event stands on it; None of one without stops."""
        return [one for one in self.stops if one.event_id == event_id] or [None]

    @property
    def open(self) -> list[PlanLine]:
        return [step for step in self.steps if step.open]

    def counts(self, today: date) -> Counts:
        """``today`` tells what is late."""
        open_ = len(self.open)
        late = open_ if self.day < today else 0
        done, missed = (sum(s.state == state for s in self.steps) for state in (DONE, MISSED))
        return Counts(late, open_ - late, done, missed)


def days(
    first: date,
    number: int,
    events: Iterable[EventRow],
    steps: Iterable[PlanLine],
    workdays: Workdays,
    zone: ZoneInfo,
    stops: Iterable[Stop] = (),
) -> list[Day]:
    """So many days from ``first`` on; an event that lasts several stands on each of them, one with
    ``stops`` on the days of those that take place. Steps that were given up are left out."""
    last = first + timedelta(days=number - 1)
    held: dict[date, list[EventRow]] = {}
    there: dict[date, list[Stop]] = {}
    of: dict[int, list[Stop]] = {}
    for stop in stops:
        of.setdefault(stop.event_id, []).append(stop)
    for event in sorted(events, key=lambda one: (one.starts_at, one.id)):
        for day, standing in standing_on(event, of.get(event.id, ()), zone):
            if first <= day <= last:
                held.setdefault(day, []).append(event)
                there.setdefault(day, []).extend(standing)
    due: dict[date, list[PlanLine]] = {}
    for step in sorted(steps, key=lambda one: (one.due_at, one.id)):
        if step.state != DROPPED:
            due.setdefault(step.due_at.astimezone(zone).date(), []).append(step)
    return [
        Day(
            day,
            not workdays.is_workday(day),
            workdays.holiday(day),
            workdays.made_up(day),
            tuple(held.get(day, ())),
            tuple(due.get(day, ())),
            tuple(there.get(day, ())),
        )
        for day in (first + timedelta(days=n) for n in range(number))
    ]


def standing_on(
    event: EventRow | Held, stops: Iterable[Stop], zone: ZoneInfo
) -> list[tuple[date, list[Stop]]]:
    """The days on which an event takes place, each with its stops then: those of the stops that
    are not called off, where it has any; else every day from its first to its last."""
    found: dict[date, list[Stop]] = {}
    for stop in sorted((one for one in stops if one.open), key=lambda one: one.starts_at):
        for day in _span(stop.starts_at, stop.ends_at, zone):
            found.setdefault(day, []).append(stop)
    days = _span(event.starts_at, event.ends_at, zone) if not found else ()
    return sorted(found.items()) or [(day, []) for day in days]


def _span(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> Iterator[date]:
    """Every day of it; what ends at midnight is over the day before."""
    last = max(starts_at, ends_at - timedelta(microseconds=1)).astimezone(zone).date()
    day = starts_at.astimezone(zone).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def last_moment(event: EventRow | Held) -> datetime:
    """The last that is still of the event: one that ends at midnight is over the day before."""
    return max(event.starts_at, event.ends_at - timedelta(microseconds=1))


def month_span(day: date) -> tuple[date, int]:
    """The Monday a month's page begins with, and how many days stand on it."""
    first = day.replace(day=1)
    monday = monday_of(first)
    next_month = add_months(first, 1)
    return monday, -(-(next_month - monday).days // 7) * 7


def months_away(day: date, months: int) -> date:
    """The same day of another month, or its last."""
    return add_months(day, months)


def unpublished(days: Sequence[Day], workdays: Workdays) -> list[int]:
    """The years among these days whose holidays nobody knows yet."""
    years = sorted({one.day.year for one in days})
    return [year for year in years if not workdays.published(year)]


def before(plan: Iterable[PlanLine], when: datetime) -> list[PlanLine]:
    """What is open of a plan and due before a moment."""
    return [step for step in plan if step.open and step.due_at < when]
