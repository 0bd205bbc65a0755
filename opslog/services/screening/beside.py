"""What stands beside a row that is being screened: who comes next, and how fast it goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from opslog.domain.screening.card import Brief
from opslog.domain.screening.pace import LOOKED_AT, spent
from opslog.services.book.book import Book
from opslog.store.screening import rounds as screening_store


def briefs(book: Book, card_ids: Iterable[int]) -> dict[int, Brief]:
    """By card who it is of; one that is gone is left out."""
    return {one.card_id: one for one in screening_store.briefs(book.con, card_ids)}


def spent_on(book: Book, round_id: int) -> float:
    """Seconds the operator was at a round, breaks left out."""
    return spent(screening_store.decided_at(book.con, round_id, -1))


def decided_at(book: Book, round_id: int) -> list[datetime]:
    """When the newest decisions of a round were entered, oldest first."""
    return screening_store.decided_at(book.con, round_id, LOOKED_AT)
