"""Who is on a list that was made of people."""

from __future__ import annotations

from opslog.services.book.book import Book
from opslog.store.segments import lists as store


def audience(book: Book, event_id: int) -> tuple[int, int]:
    """How many an event is for, and how many of them signed up."""
    return store.audience(book.con, event_id)
