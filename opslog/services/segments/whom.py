"""Who is on a list that was made of people."""

from __future__ import annotations

from opslog.services.book.book import Book
from opslog.store.segments import lists as store


def everybody(book: Book, roster_id: int) -> list[int]:
    """Who is on a list, in its order."""
    return [person for _card, person in store.cards(book.con, roster_id)]


def audience(book: Book, event_id: int) -> tuple[int, int]:
    """How many an event is for, and how many of them signed up."""
    return store.audience(book.con, event_id)
