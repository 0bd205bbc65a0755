"""A step ticked off by hand: what is open of its evidence is said with it."""

from __future__ import annotations

from opslog.domain.events.plans.evidence import HowFar
from opslog.services.book.book import Book, Change
from opslog.services.cards.step_progress import Work
from opslog.services.events.plans import steps


def tick_step(book: Book, step_id: int) -> Change:
    """As ``steps.tick_step``, with how far it is."""
    return steps.tick_step(book, step_id, _far(book, step_id))


def write_done(book: Book, step_id: int) -> None:
    """As ``steps.write_done``, with how far it is."""
    steps.write_done(book, step_id, _far(book, step_id))


def _far(book: Book, step_id: int) -> HowFar | None:
    line = steps.step(book, step_id)
    if not line.event_id:
        return None
    return Work(book, line.event_id, stop_id=line.stop_id).far(line.evidence)
