"""Who is in a programme or was, as a list of any length."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from opslog.locale import Msg
from opslog.services.book.book import Book
from opslog.services.programmes.timetable import Timetable
from opslog.store.programmes import members as store
from opslog.store.programmes.enrolments import Enrolled, Standing, standing


class Member(NamedTuple):
    """``step`` is what comes next, its day passed where it is due still, '' behind the last;
    ``next_on`` None where nothing is to come; ``state`` active, paused, left or finished."""

    enrolment_id: int
    person_id: int
    person: str
    title: str
    company: str
    programme: str
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
    table = Timetable(book)
    found = {row["id"]: _member(table, row) for row in store.rows(book.con, ids)}
    return [found[id] for id in ids if id in found]


def _member(table: Timetable, row: sqlite3.Row) -> Member:
    step, on = next_of(table, standing(row))
    return Member(
        *(row["id"], row["person_id"], row["name"], row["title"], row["company"]),
        *(row["programme"], step, on, row["state"], row["left_why"]),
    )


def next_of(table: Timetable, one: Enrolled | Standing) -> tuple[str, date | None]:
    """The step that somebody gets next, or got last where they are out of it, and its day: that of
    the step itself where those before it were missed. '' where the last one was missed, too."""
    now = table.now(one)
    if now is None:
        return one.next_step, one.next_on
    step, place = now
    if (overdue := table.overdue_for(one)) is not None:
        _place, after = overdue
        return (after.step.id, after.on) if after else ("", None)
    on = one.next_on
    if on is not None and place.missed:
        on = max(table.plan(one.programme, one.started_on)[place.number].on, on)
    return step.id, on


class Inside(NamedTuple):
    """A programme that somebody is in; ``step`` is what comes next, ``on`` its day, None where it
    is paused."""

    programme: Msg
    step: Msg
    on: date | None


def inside(book: Book, person_id: int) -> list[Inside]:
    """Those somebody is in now."""
    rows = store.inside(book.con, person_id)
    if not rows:
        return []
    table, found = Timetable(book), []
    for one in [_member(table, row) for row in rows]:
        rules = table.programme(one.programme)
        step = rules.step(one.step) if rules else None
        if rules is not None and step is not None:
            found.append(Inside(rules.named, step.named, one.next_on))
    return found


def people(book: Book, code: str) -> list[int]:
    """Everybody in it now."""
    return store.people(book.con, code)


def counts(book: Book, code: str) -> dict[str, int]:
    """How many by state, those in it first."""
    return store.counts(book.con, code)
