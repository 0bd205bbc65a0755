"""Who is in a programme or was, as a list of any length."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from opslog.services.book.book import Book
from opslog.store.programmes import members as store


class Member(NamedTuple):
    """``step`` is the id of the one that comes next, ``next_on`` its day; ``state`` active,
    paused, left or finished."""

    enrolment_id: int
    person_id: int
    person: str
    title: str
    company: str
    step: str
    next_on: date | None
    state: str
    left_why: str


class Window:
    """Those in it by their next day, then the paused, then who is out of it."""

    def __init__(self, book: Book, code: str) -> None:
        self._con, self._code = book.con, code
        self._count = store.count(book.con, code)

    def count(self) -> int:
        return self._count

    def ids(self, start: int, stop: int) -> list[int]:
        return store.ids(self._con, self._code, start, stop - start)

    def position(self, id: int) -> int | None:
        return store.position(self._con, self._code, id)


def window(book: Book, code: str) -> Window:
    return Window(book, code)


def many(book: Book, ids: Sequence[int]) -> list[Member]:
    """In the order of ``ids``; who is gone is left out."""
    found = {
        row["id"]: Member(
            row["id"],
            row["person_id"],
            row["name"],
            row["title"],
            row["company"],
            row["next_step"],
            date.fromisoformat(row["next_on"]) if row["next_on"] else None,
            row["state"],
            row["left_why"],
        )
        for row in store.rows(book.con, ids)
    }
    return [found[id] for id in ids if id in found]


def people(book: Book, code: str) -> list[int]:
    """Everybody in it now."""
    return store.people(book.con, code)


def counts(book: Book, code: str) -> dict[str, int]:
    """How many by state, those in it first."""
    return store.counts(book.con, code)
