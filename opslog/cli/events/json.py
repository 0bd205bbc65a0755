"""Events, plans and moves as JSON: names are fixed, titles and reasons are English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from opslog.domain.events.plans.step_reasons import explain, original_day, unpublished_years
from opslog.services.book import own_kinds

if TYPE_CHECKING:
    from opslog.domain.events.events import EventCard, EventRow, PlanLine
    from opslog.domain.events.plans.evidence import HowFar
    from opslog.domain.events.plans.replanning import Moved
    from opslog.services.book.book import Book
    from opslog.services.events.events import Preview


def event_object(book: Book, row: EventRow) -> dict[str, object]:
    return {
        "id": row.id,
        "name": row.name,
        "kind": row.kind,
        "host": row.host,
        "list": row.list,
        "audience": row.audience,
        "starts_at": iso(book, row.starts_at),
        "ends_at": iso(book, row.ends_at),
        "place": row.place,
        "tag": row.tag,
        "cancelled_at": iso(book, row.cancelled_at),
        "steps": row.steps,
        "done": row.done,
        "late": row.late,
        "missed": row.missed,
    }


def to_tell_object(
    book: Book, promised: Sequence[tuple[str, datetime]], coming: Sequence[object]
) -> dict[str, object]:
    """Who must hear that an event is off."""
    return {
        "promised": [{"person": who, "at": iso(book, when)} for who, when in promised],
        "coming": [str(who) for who in coming],
    }


def card_object(book: Book, card: EventCard, lines: Sequence[PlanLine]) -> dict[str, object]:
    from opslog.services.events import events
    from opslog.services.reviews import owed

    return {
        **event_object(book, card.row),
        "targets": dict(card.targets),
        "budget": None if card.budget_cents is None else card.budget_cents / 100,  # yuan
        "segment": card.segment,
        "theme": card.theme,
        "note": card.note,
        "people": card.people,
        **figures(card),
        "past": card.row.starts_at < book.now(),
        "unpublished": unpublished_years(lines, book.clock.zone),
        "owes": [one.said.english() for one in owed.of_event(book, card.id)],
        "warnings": [said.english() for said in events.warnings(book, card)],
    }


def figures(card: EventCard) -> dict[str, int | None]:
    return {"reach": card.reached, "views": card.views, "shares": card.shares}


def plan_object(book: Book, event_id: int, lines: Sequence[PlanLine]) -> list[dict[str, object]]:
    """A plan with how far its steps are, and to which reviews they owe what."""
    from opslog.services.cards import step_progress
    from opslog.services.reviews import owed

    far = step_progress.of_event(book, event_id)
    owes = owed.of_event(book, event_id)
    return [
        {
            **step_object(book, line),
            "done": one.done if one else None,
            "of": one.of if one else None,
            "owes": [other.said.english() for other in owes if other.step == line.id],
        }
        for line in lines
        for one in [far.get(line.proof)]
    ]


def progress_object(far: Mapping[str, HowFar]) -> dict[str, object]:
    """By the name of the evidence."""
    return {name: {"done": one.done, "of": one.of} for name, one in sorted(far.items())}


def step_object(book: Book, line: PlanLine) -> dict[str, object]:
    days = own_kinds.workdays(book)
    why = explain(line, book.clock.zone, days)
    day = line.due_at.astimezone(book.clock.zone).date()
    original = original_day(line, book.clock.zone, days)
    moved_from = original.isoformat() if original != day else None
    return {
        "id": line.id,
        "step": line.key,
        "title": line.title_en or line.title,
        "on": day.isoformat(),
        "at": iso(book, line.due_at),
        "offset": line.offset,
        "offset_months": line.offset_months,
        "anchor": line.anchor,
        "phase": line.phase,
        "channel": line.channel,
        "state": line.state,
        "moved_from": moved_from,
        "why": why.english() if why else "",
        "reasons": list(line.why),
        "possible_until": iso(book, line.closes_at),
        "done_at": iso(book, line.done_at),
        "owner": line.owner,
        "words": line.words,
        "lead": line.lead_days,
        "dropped_why": line.dropped_why,
        "evidence": line.evidence,
        "proven": line.proven,
        "items": [
            {
                "id": item.id,
                "title": item.title_en or item.title,
                "done": item.done_at is not None,
                "asks": item.kind,
                "answer": item.answer,
            }
            for item in line.items
        ],
    }


def move_object(book: Book, preview: Preview, *, dry_run: bool) -> dict[str, object]:
    def steps(moves: Iterable[Moved]) -> list[dict[str, object]]:
        return [
            {
                **step_object(book, move.after),
                "from": iso(book, move.before.due_at),
                "to": iso(book, move.after.due_at),
            }
            for move in moves
        ]

    plan = preview.plan
    return {
        "id": preview.event.id,
        "event": preview.event.name,
        "from": iso(book, preview.old.start),
        "to": iso(book, preview.new.start),
        "dry_run": dry_run,
        "shifted": steps(plan.shifted),
        "unchanged": steps(plan.unchanged),
        "pinned": steps(plan.pinned),
        "done": steps(plan.done),
        "missed": steps(plan.missed),
        "dropped": steps(plan.dropped),
    }


def iso(book: Book, instant: datetime | None) -> str | None:
    return None if instant is None else instant.astimezone(book.clock.zone).isoformat()
