"""The tag of an event, on whoever signs up for it."""

from __future__ import annotations

from opslog.services.book.book import Book
from opslog.store.people import card as people_store
from opslog.store.rosters import event_tag as store


def put(book: Book, event_id: int) -> None:
    """Give everybody who signed up for an event its tag. Inside the change that brings them, so
    that it goes with them."""
    tag, people = store.without(book.con, event_id)
    for person_id in people:
        people_store.put_tag(book.con, person_id, tag)
    people_store.reindex(book.con, people)
