"""How many signed up for each stop of a road show."""

from __future__ import annotations

from opslog.services.book.book import Book
from opslog.store.reviews import stops as store


def people(book: Book, event_id: int) -> dict[int, int]:
    """Stop -> how many signed up for it, where any did."""
    found = store.people(book.con, event_id)
    return {id: len(rows["signups"]) for id, rows in found.items() if id}  # 0: of no stop
