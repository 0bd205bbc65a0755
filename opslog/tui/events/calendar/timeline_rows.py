"""The rows of the time line: which there are, and what each has on the days shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from opslog.domain.events.calendar_days import Coming, OwnPlan
from opslog.domain.events.events import EventRow, PlanLine
from opslog.services.book.book import Book
from opslog.services.events.plans import schedule
from opslog.services.events.plans.outline import Outline
from opslog.services.events.plans.schedule import Schedule

Key = tuple[bool, int]  # whether it is an event, and its number
NO_DAYS = date.max, date.min  # of a plan whose turns so far have no step left


class Row(NamedTuple):
    """An event, or a plan of the operator's own, with its steps of the days shown; ``first`` to
    ``last`` is its whole plan, ``coming`` what turns that are not made yet bring on these days."""

    thing: EventRow | OwnPlan
    steps: Sequence[PlanLine]
    first: date
    last: date
    coming: Sequence[Coming] = ()

    @property
    def event(self) -> EventRow | None:
        return self.thing if isinstance(self.thing, EventRow) else None

    @property
    def key(self) -> Key:
        """An event and a plan of one's own may have the same number."""
        return self.event is not None, self.thing.id

    @property
    def next_step(self) -> PlanLine | None:
        """The first that is open; else the first of a turn to come."""
        made = (step for step in self.steps if step.open)
        return next(made, next((one.line for one in self.coming), None))


def keys(outline: Outline) -> list[Key]:
    """The rows from the top: events by when they start, then plans of one's own by name."""
    return [*((True, one.id) for one in outline.events), *((False, one.id) for one in outline.own)]


def first_at(outline: Outline, now: datetime) -> Key | None:
    """Where the cursor is first: on the next event, else on top."""
    coming = ((True, one.id) for one in outline.events if one.ends_at >= now)
    return next(coming, next(iter(keys(outline)), None))


def read(book: Book, shown: Schedule) -> dict[Key, Row]:
    """Those of the events and plans that were read, by their keys."""
    steps: dict[Key, list[PlanLine]] = {(True, id): [] for id in shown.events}
    coming: dict[int, list[Coming]] = {}
    own: dict[int, OwnPlan] = {}
    for one in shown.days:
        for step in one.steps:
            whose = shown.whose(step)
            if isinstance(whose, OwnPlan):
                own[whose.id] = whose
            steps.setdefault((not isinstance(whose, OwnPlan), whose.id), []).append(step)
        for turn in one.coming:
            own[turn.plan.id] = turn.plan
            coming.setdefault(turn.plan.id, []).append(turn)
    extents = schedule.extents(book, list(shown.events))
    found: dict[Key, Row] = {}
    for event_id, event in shown.events.items():
        held = event.starts_at.astimezone(shown.zone).date()
        first, end = extents.get(event_id, (held, held))
        found[True, event_id] = Row(event, steps[True, event_id], min(first, held), max(end, held))
    spans = schedule.own_extents(book, list(own)) if own else {}
    for id, plan in own.items():
        due, days = steps.get((False, id), ()), spans.get(id, NO_DAYS)
        found[False, id] = Row(plan, due, *days, coming.get(id, ()))
    return found
