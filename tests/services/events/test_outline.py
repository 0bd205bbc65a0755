"""What the time line is first drawn from: in numbers the same as all of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from opslog.domain.events.events import EventDraft
from opslog.services.book.book import Book
from opslog.services.events import events
from opslog.services.events.plans import outline, routines, schedule, step_changes, steps
from tests.conftest import StandingClock

FIRST, DAYS = date(2026, 11, 2), 56


def make(book: Book, name: str, begins: str, ends: str | None = None) -> int:
    zone = book.clock.zone
    at, end = (
        datetime.fromisoformat(f"{day} 14:00").replace(tzinfo=zone) if day else None
        for day in (begins, ends)
    )
    assert at is not None
    return events.create(book, EventDraft(name, "salon", at, end)).made


@pytest.fixture
def full(book: Book, clock: StandingClock) -> list[int]:
    """Events over, to come, on for days and cancelled; steps late, ticked off and given up; plans
    of one's own."""
    days = ("2026-10-30", "2026-11-20", "2026-12-05", "2026-12-05", "2027-01-09")
    ids = [make(book, f"沙龙 {n}", day) for n, day in enumerate(days)]
    ids.append(make(book, "从前就在", "2026-10-01", "2026-11-10"))
    ids.append(make(book, "一直到后", "2026-12-20", "2027-01-29"))
    events.cancel(book, make(book, "不办了", "2026-12-09"))
    routines.add(book, routines.read_draft(book, {"playbook": "weekly_report"}))
    plan = [one for one in events.plan(book, ids[2]) if one.open]
    steps.tick_step(book, plan[0].id)
    step_changes.give_up(book, plan[1].id, "不用了")
    clock.move_to(clock.now() + timedelta(days=12))
    return ids


def test_the_outline_says_in_numbers_what_the_whole_says(book: Book, full: list[int]) -> None:
    whole = schedule.plain(book, FIRST, DAYS)
    read = outline.read(book, FIRST, DAYS)
    assert read == schedule.outlined(book, whole)
    assert read.late
    assert read.own
    assert len(read.events) == len(full)
    assert sum(read.loads) == sum(len(day.steps) for day in whole.days) > 100
    for first in (date(2026, 11, 29), date(2027, 2, 15), date(2027, 9, 1)):
        assert outline.read(book, first, 7) == schedule.outlined(
            book, schedule.plain(book, first, 7)
        )


def test_of_what_is_in_sight_alone_the_steps_are_read(book: Book, full: list[int]) -> None:
    whole, read = schedule.plain(book, FIRST, DAYS), outline.read(book, FIRST, DAYS)
    (own,) = read.own
    seen = schedule.some(book, FIRST, read, full[2:4], [own.id])
    wanted = [[one for one in day.steps if one.event_id in (0, *full[2:4])] for day in whole.days]
    assert [list(day.steps) for day in seen.days] == wanted
    assert seen.events == {id: whole.events[id] for id in full[2:4]}
    assert seen.own == whole.own
    assert schedule.outlined(book, seen) == read
    collided = schedule.collided(book, seen)
    assert [day._replace(coming=()) for day in collided.days] == list(whole.days)
    assert collided.outline is None
    assert schedule.outlined(book, collided) == read


def test_a_plan_that_has_but_a_turn_to_come_on_the_days_is_known_once_it_was_looked_for(
    book: Book,
) -> None:
    id = routines.add(book, routines.read_draft(book, {"playbook": "weekly_report"})).made
    later = schedule.plain(book, date(2026, 12, 14), 7)
    assert schedule.outlined(book, later).own == []
    whole = schedule.outlined(book, schedule.collided(book, later))
    assert [plan.id for plan in whole.own] == [id]
    assert sum(whole.loads) == 0  # nothing of it is to be done yet
