"""What stands on some days, without the steps themselves: what a long time line is first drawn
from, of which few rows are in sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from opslog.domain.events.calendar_days import Held, OwnPlan, last_moment
from opslog.services.book.book import Book
from opslog.services.events.plans.steps import midnight
from opslog.store.events import schedule as store


class Outline(NamedTuple):
    """``events`` by when they start, plans of one's ``own`` by name; ``loads``: the steps of each
    day; ``late``: how many steps are open past their day, of the events also before the days;
    ``begins``: the first of the days on which anything stands."""

    events: Sequence[Held]
    own: Sequence[OwnPlan]
    loads: Sequence[int]
    late: int
    begins: date | None


def read(book: Book, first: date, number: int) -> Outline:
    """Of so many days from ``first`` on."""
    zone = book.clock.zone
    span = book.clock.at(first, time()), book.clock.at(first + timedelta(days=number), time())
    loads = [0] * number
    for due, steps in store.loads(book.con, *span):
        loads[(due.astimezone(zone).date() - first).days] += steps
    whose = store.whose(book.con, *span)
    own_ids = [own for _event, own in whose if own]
    events = store.held(book.con, *span, [event for event, _own in whose if event])
    ids = [one.id for one in events]
    late = store.late(book.con, ids, own_ids, span[0], midnight(book), book.now())
    own = store.own_named(book.con, own_ids) if own_ids else []
    return Outline(events, own, loads, late, begins(first, loads, events, zone))


def begins(
    first: date, loads: Sequence[int], events: Iterable[Held], zone: ZoneInfo
) -> date | None:
    """The first of the days from ``first`` on that has a step or an event."""
    due = next((first + timedelta(days=n) for n, load in enumerate(loads) if load), None)
    end = first + timedelta(days=len(loads))
    held = (
        max(one.starts_at.astimezone(zone).date(), first)
        for one in events
        if first <= last_moment(one).astimezone(zone).date()
        and one.starts_at.astimezone(zone).date() < end
    )
    return min((*held, *((due,) if due else ())), default=None)
