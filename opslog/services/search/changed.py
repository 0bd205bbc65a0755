"""What one change holds: for who reads the history and wonders whether to take it back."""

from __future__ import annotations

from typing import NamedTuple

from opslog.services.book.book import Book
from opslog.store.search import changed

PEOPLE, LINES = 8, 4  # named at most


class Contents(NamedTuple):
    """``kinds``: table, what was done to its rows (I made, U altered, D taken out), how many.
    ``people``: name and company of some of those it is about; ``more``: there are others."""

    kinds: list[tuple[str, str, int]]
    people: list[tuple[str, str]]
    more: bool
    lines: list[str]


def contents(book: Book, change_id: int) -> Contents:
    """What the change did, whether or not it was undone since."""
    people = changed.people(book.con, change_id, PEOPLE + 1)
    return Contents(
        changed.kinds(book.con, change_id),
        people[:PEOPLE],
        len(people) > PEOPLE,
        changed.log_lines(book.con, change_id, LINES),
    )
