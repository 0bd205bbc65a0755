"""All events and the steps of all plans, by days: what the month, week and time line show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from opslog.domain.events import calendar_days
from opslog.domain.events.calendar_days import Coming, Day, Held, OwnPlan, last_moment
from opslog.domain.events.collisions import Collision
from opslog.domain.events.events import EventRow, PlanLine
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.events import collisions, events
from opslog.services.events.plans import outline as outlines
from opslog.services.events.plans import routines
from opslog.services.events.plans.outline import Outline
from opslog.store.events import schedule as store
from opslog.store.events import stops as stops_store

LATER = 3  # events named that come after what is shown


class Schedule(NamedTuple):
    """``events``: every event that takes place on one of the days or has a step there, by id;
    ``own``: which plan of the operator's own each turn is of that has one there, by the turn.
    ``unpublished``: years among the days whose holidays nobody knows yet."""

    days: Sequence[Day]
    events: Mapping[int, EventRow]
    unpublished: Sequence[int]
    zone: ZoneInfo
    own: Mapping[int, OwnPlan] = {}
    collisions: Sequence[Collision] = ()
    collided: Mapping[date, set[int]] = {}  # by day the events whose steps collide there
    regions: Sequence[str] = ()  # whom events are for there, and whose days off nobody knows
    around: Mapping[int, EventRow] = {}  # those of ``events``, and what they may collide with
    outline: Outline | None = None  # of all there is, where the steps of some were read alone

    def of(self, day: date) -> Day:
        """One of the days."""
        return self.days[(day - self.days[0].day).days]

    def held_off(self, day: date) -> set[int]:
        """The events that are held on a day though it is kept free."""
        return {one.beside for one in self.collisions if one.off and one.day == day and one.beside}

    def whose(self, step: PlanLine) -> EventRow | OwnPlan:
        """What one of the steps belongs to."""
        return self.events[step.event_id] if step.event_id else self.own[step.plan_id]

    def ranked(self, event_id: int) -> tuple[datetime, int]:
        """To sort events by when they start."""
        return self.events[event_id].starts_at, event_id


def between(book: Book, first: date, number: int) -> Schedule:
    """So many days from ``first`` on, with what collides on them."""
    return collided(book, plain(book, first, number))


def plain(book: Book, first: date, number: int) -> Schedule:
    """So many days from ``first`` on; what collides is not looked for yet."""
    zone, workdays = book.clock.zone, own_kinds.workdays(book)
    steps, rows = collisions.read(book, first, first + timedelta(days=number))
    begins = book.clock.at(first, time())
    ends = book.clock.at(first + timedelta(days=number), time())
    held = [row for row in rows.values() if row.starts_at < ends and last_moment(row) >= begins]
    standing = stops_store.of_events(book.con, [row.id for row in held])
    days = calendar_days.days(first, number, held, steps, workdays, zone, standing)
    years = calendar_days.unpublished(days, workdays)
    return Schedule(days, rows, years, zone, own(book, steps))


def some(
    book: Book,
    first: date,
    outline: Outline,
    event_ids: Collection[int],
    own_ids: Collection[int],
) -> Schedule:
    """As ``plain``, with the steps of these events and of these plans of the operator's own alone:
    of what is in sight. ``outline`` is that of all of these days."""
    zone, workdays, number = book.clock.zone, own_kinds.workdays(book), len(outline.loads)
    span = book.clock.at(first, time()), book.clock.at(first + timedelta(days=number), time())
    steps = store.some_steps(book.con, *span, book.now(), event_ids, own_ids)
    rows = {row.id: row for row in events.some(book, list(event_ids))}
    standing = stops_store.of_events(book.con, rows)
    days = calendar_days.days(first, number, rows.values(), steps, workdays, zone, standing)
    years = calendar_days.unpublished(days, workdays)
    return Schedule(days, rows, years, zone, own(book, steps), outline=outline)


def outlined(book: Book, shown: Schedule) -> Outline:
    """What stands on its days in numbers, also of what was not read; with the plans that have a
    turn to come there, as far as these are known."""
    if shown.outline is not None:
        return shown.outline
    zone, today = shown.zone, book.today()
    held = [Held(row.id, row.starts_at, row.ends_at) for row in shown.events.values()]
    loads = [len(day.steps) for day in shown.days]
    coming = {one.plan for day in shown.days for one in day.coming}
    of_own = (step for day in shown.days if day.day < today for step in day.steps if step.open)
    return Outline(
        sorted(held, key=lambda one: (one.starts_at, one.id)),
        sorted({*shown.own.values(), *coming}, key=lambda plan: (plan.name, plan.id)),
        loads,
        sum(row.late for row in shown.events.values()) + sum(not one.event_id for one in of_own),
        outlines.begins(shown.days[0].day, loads, held, zone),
    )


def collided(book: Book, shown: Schedule) -> Schedule:
    """With what collides on its days, whose days off nobody knows, and what turns of plans of one's
    own will bring that are not made yet; with what was not read yet of them."""
    if shown.outline is not None:
        shown = plain(book, shown.days[0].day, len(shown.days))
    shown = shown._replace(days=_with_coming(book, shown.days))
    first, end = shown.days[0].day, shown.days[-1].day + timedelta(days=1)
    years = {one.day.year for one in shown.days}
    regions = events.regions_unknown(book, shown.events.values(), years)
    if end <= book.today():
        return shown._replace(regions=regions)
    steps = [step for one in shown.days for step in one.steps]
    seen = collisions.around(book, collisions.Seen(steps, shown.events), first, end)
    found = collisions.between(book, first, end, seen)
    by_day: dict[date, set[int]] = {}
    for one in found:
        by_day.setdefault(one.day, set()).update(one.events)
    return shown._replace(collisions=found, collided=by_day, regions=regions, around=seen.events)


def _with_coming(book: Book, days: Sequence[Day]) -> Sequence[Day]:
    """The days, each with what turns that are still to be made have on it."""
    found: dict[date, list[Coming]] = {}
    for one in routines.to_come(book, days[0].day, days[-1].day):
        due = one.line.due_at.astimezone(book.clock.zone).date()
        found.setdefault(due, []).append(one)
    return [day._replace(coming=tuple(found.get(day.day, ()))) for day in days]


def own(book: Book, steps: Iterable[PlanLine]) -> dict[int, OwnPlan]:
    """Of the steps of plans of the operator's own: which plan, by the turn they belong to."""
    turns = {step.plan_id for step in steps if not step.event_id}
    return store.own(book.con, turns) if turns else {}


def own_extents(book: Book, ids: Iterable[int]) -> dict[int, tuple[date, date]]:
    """The days of the first and the last step of each of these, over all its turns."""
    return _days(book, store.own_extents(book.con, ids))


def extents(book: Book, event_ids: Sequence[int]) -> dict[int, tuple[date, date]]:
    """The days of the first and the last step of each event's plan."""
    return _days(book, store.extents(book.con, event_ids))


def _days(
    book: Book, found: Mapping[int, tuple[datetime, datetime]]
) -> dict[int, tuple[date, date]]:
    zone = book.clock.zone
    return {
        id: (first.astimezone(zone).date(), last.astimezone(zone).date())
        for id, (first, last) in found.items()
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
