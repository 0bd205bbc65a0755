"""All events and the steps of their plans, by days: what the month, week and time line show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from opslog.domain.events import calendar_days
from opslog.domain.events.calendar_days import Day
from opslog.domain.events.collisions import Collision
from opslog.domain.events.events import EventRow, PlanLine
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.events import collisions, events
from opslog.store.events import schedule as store

LATER = 3  # events named that come after what is shown


class Schedule(NamedTuple):
    """``events``: every event that takes place on one of the days or has a step there, by id.
    ``unpublished``: years among the days whose holidays nobody knows yet."""

    days: Sequence[Day]
    events: Mapping[int, EventRow]
    unpublished: Sequence[int]
    zone: ZoneInfo
    collisions: Sequence[Collision] = ()
    collided: Mapping[date, set[int]] = {}  # by day the events whose steps collide there

    def of(self, day: date) -> Day:
        """One of the days."""
        return self.days[(day - self.days[0].day).days]

    def ranked(self, event_id: int) -> tuple[datetime, int]:
        """To sort events by when they start."""
        return self.events[event_id].starts_at, event_id


def between(book: Book, first: date, number: int) -> Schedule:
    """So many days from ``first`` on."""
    zone, workdays = book.clock.zone, own_kinds.workdays(book)
    begins, ends = (book.clock.at(day, time()) for day in (first, first + timedelta(days=number)))
    held = store.events(book.con, begins, ends)
    steps = store.steps(book.con, begins, ends, book.now())
    rows = {
        row.id: row
        for row in events.some(book, list(dict.fromkeys([*held, *(s.event_id for s in steps)])))
    }
    days = calendar_days.days(
        first, number, [rows[id] for id in held if id in rows], steps, workdays, zone
    )
    met = collisions.between(book, first, first + timedelta(days=number))
    collided: dict[date, set[int]] = {}
    for one in met:
        collided.setdefault(one.day, set()).update(one.events)
    return Schedule(days, rows, calendar_days.unpublished(days, workdays), zone, met, collided)


def extents(book: Book, event_ids: Sequence[int]) -> dict[int, tuple[date, date]]:
    """The days of the first and the last step of each event's plan."""
    zone = book.clock.zone
    found = store.extents(book.con, event_ids).items()
    return {
        id: (first.astimezone(zone).date(), last.astimezone(zone).date())
        for id, (first, last) in found
    }


def later(book: Book, day: date) -> list[EventRow]:
    """The next events from a day on."""
    return events.some(book, store.after(book.con, book.clock.at(day, time()), LATER))


def late(book: Book) -> list[PlanLine]:
    """Every step that is open though its day is past, the oldest first."""
    today = book.clock.at(book.today(), time())
    return [step for step in store.waiting(book.con, today, book.now()) if step.open]


def owed(book: Book, until: date) -> list[PlanLine]:
    """What colleagues owe that is due before ``until``, in order of time."""
    end = book.clock.at(until, time())
    return [step for step in store.waiting(book.con, end, book.now()) if step.open and step.owner]
