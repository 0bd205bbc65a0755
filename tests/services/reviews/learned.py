"""Conferences that were held, some steps late: what a review learns from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from opslog import shipped
from opslog.domain.base.clock import instant_text
from opslog.domain.events.events import EventDraft
from opslog.domain.reviews.numbers import Number
from opslog.domain.reviews.review import Proposal
from opslog.services.book.book import Book
from opslog.services.events import events
from opslog.services.events.plans import steps
from opslog.services.reviews import acts
from tests.conftest import StandingClock

PLACE = "playbooks/conference.toml"
SHIPPED = shipped.text(PLACE)


def at(book: Book, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=book.clock.zone).astimezone(UTC)


def conference(book: Book, on: str, name: str = "杭州大会", **fields: object) -> int:
    draft = EventDraft(name=name, kind="conference", starts_at=at(book, f"{on}T09:00"))
    return events.create(book, draft._replace(**fields)).made  # type: ignore[arg-type]  # named


def key(book: Book, event_id: int, step: str) -> int:
    return next(line.id for line in events.plan(book, event_id) if line.key == step)


def done(book: Book, step_id: int, on: str) -> None:
    """Not a change: what was done before the test began."""
    book.con.execute(
        "UPDATE step SET state='done', done_at=? WHERE id=?",
        (instant_text(at(book, f"{on}T10:00")), step_id),
    )
    book.con.commit()


def held(book: Book, clock: StandingClock, late: tuple[int, ...] = (2, 2, 0, 2, 2)) -> list[int]:
    """Conferences on Wednesdays of five months, their posters late by so many days; then it is the
    end of November."""
    found = []
    for number, days in enumerate(late):
        clock.move_to(datetime(2026, 4 + number, 1, 1, 0, tzinfo=UTC))
        first = datetime(2026, 6 + number, 1)
        wednesday = first + timedelta(days=(2 - first.weekday()) % 7 + 14)
        event_id = conference(book, f"{wednesday:%Y-%m-%d}", f"大会{number + 1}")
        step = steps.step(book, key(book, event_id, "posters"))
        due = step.due_at.astimezone(book.clock.zone)
        while days:
            due += timedelta(days=1)
            days -= due.weekday() < 5
        done(book, step.id, f"{due:%Y-%m-%d}")
        found.append(event_id)
    clock.move_to(datetime(2026, 11, 30, 1, 0, tzinfo=UTC))
    return found


def offered(book: Book, event_id: int, key: str, *numbers: Number) -> Proposal:
    return next(one for one in acts.proposals(book, event_id, numbers) if one.key == key)
