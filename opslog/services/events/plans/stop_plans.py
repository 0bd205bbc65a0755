"""The steps that hang on the stops of a road show, where these are moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from opslog.services.book.book import Book
from opslog.store.events import moves as moves_store
from opslog.store.events import stops as store

if TYPE_CHECKING:
    from opslog.domain.events.events import PlanLine
    from opslog.domain.events.plans.planning import Span
    from opslog.domain.events.plans.replanning import Replan


def shift(old: Span, new: Span) -> timedelta:
    """By how much a changed event moves its stops: not where it only gets longer or shorter."""
    by = new.start - old.start
    return by if by == new.end - old.end else timedelta()


def moved(book: Book, event_id: int, lines: Sequence[PlanLine], by: timedelta) -> list[Replan]:
    """What the same shift of every stop makes of its steps."""
    from opslog.domain.events.plans.replanning import replan, untouched
    from opslog.services.events.plans import playbooks

    found = []
    for stop in store.of(book.con, event_id):
        mine = [line for line in lines if line.stop_id == stop.id]
        to, present = stop.later(by).span, playbooks.present(book)
        found.append(replan(mine, stop.span, to, present) if by else untouched(mine))
    return found


def write_shift(book: Book, event_id: int, by: timedelta) -> None:
    """Inside an open change: all stops are so much later."""
    for stop in store.of(book.con, event_id) if by else ():
        store.update(book.con, stop.later(by))
        moves_store.put(book.con, event_id, stop.starts_at, book.now(), stop.id)
