"""The steps of a road show, of the whole and of its stops: one plan, laid out together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from opslog.domain.events.events import FLOATING, PlanLine
from opslog.services.book.book import Book
from opslog.store.events import events as events_store
from opslog.store.events import moves as moves_store
from opslog.store.events import stops as store

if TYPE_CHECKING:
    from opslog.domain.events.plans.planning import Span
    from opslog.domain.events.plans.replanning import Part


def shift(old: Span, new: Span) -> timedelta:
    """By how much a changed event moves its stops: not where it only gets longer or shorter."""
    by = new.start - old.start
    return by if by == new.end - old.end else timedelta()


def parts(
    book: Book, event_id: int, lines: Sequence[PlanLine], by: timedelta = timedelta()
) -> list[Part]:
    """The steps of each stop, all of them so much later."""
    from opslog.domain.events.plans.replanning import Part

    return [
        Part([x for x in lines if x.stop_id == stop.id], stop.span, stop.later(by).span)
        for stop in store.of(book.con, event_id)
    ]


def write_shift(book: Book, event_id: int, by: timedelta) -> None:
    """Inside an open change: all stops are so much later."""
    for stop in store.of(book.con, event_id) if by else ():
        store.update(book.con, stop.later(by))
        moves_store.put(book.con, event_id, stop.starts_at, book.now(), stop.id)


def lay_out(book: Book, event_id: int) -> None:
    """Inside an open change: stops came, went or have other days; all steps still ahead are in
    one order and share the days there are. What is overdue stays so."""
    from opslog.domain.events.plans.replanning import Part, replan_parts
    from opslog.services.events.plans import playbooks
    from opslog.services.events.plans.steps import card_of, midnight, span_of, write_moves

    event, today = card_of(book, event_id), midnight(book)
    every = events_store.lines(book.con, event_id, book.now(), ticked=True)
    lines = [line for line in every if not overdue(line, today)]
    span = span_of(event)
    whole = Part([line for line in lines if line.stop_id is None], span, span)
    pace = playbooks.playbook(book, event.row.kind).pace
    found = [whole, *parts(book, event_id, lines)]
    write_moves(book, replan_parts(found, playbooks.present(book), pace).all)


def overdue(line: PlanLine, today: datetime) -> bool:
    """Whether a step that no hand set was to be done before ``today`` began."""
    return line.state == FLOATING and line.due_at < today
