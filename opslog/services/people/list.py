"""Looking at all people at once: a list of any length, narrowed, sorted, searched.

What a key press needs is answered at once from the indexes; what must look at all of a long list
(the rest of what was found, another order, the counts of a facet) is a ``ViewReading`` for a
thread, with a connection of its own.
"""

from __future__ import annotations

import sqlite3
import threading
from array import array
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from opslog.domain.base.refusal import Refused, Unwritable
from opslog.domain.dates.moments import read_when
from opslog.domain.people import list as people_list
from opslog.domain.people import ranges
from opslog.domain.people.list import FacetValue, View
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.store.db import backup, connection
from opslog.store.people import fields, met
from opslog.store.people import finding as people_store
from opslog.store.people.near_words import near_words
from opslog.store.people.window import Everybody

FIRST = 256  # found at once; the rest comes beside the keys


@dataclass(frozen=True)
class Found:
    """The newest people of a view. ``more``: there are others. ``near``: nobody is found by the
    words typed; these are the words, one slip away, that were looked for instead."""

    ids: list[int]
    more: bool = False
    near: Mapping[str, Sequence[str]] = field(default_factory=dict)


def everybody(book: Book) -> Everybody:
    """All people as they are now, newest first, of which any stretch can be read."""
    return Everybody(book.con)


def count(book: Book) -> int:
    """How many people there are."""
    return Everybody(book.con).count()


def found(book: Book, view: View, limit: int = FIRST) -> Found:
    """The newest people of a view, whatever it is sorted by.

    One slip of the keys is forgiven where nobody is found without.
    """
    if not view.narrowed:
        return Found(Everybody(book.con).ids(0, limit), count(book) > limit)
    ids = people_store.newest(book.con, people_store.select(book.con, view, book.clock), limit + 1)
    near: Mapping[str, Sequence[str]] = {}
    if not ids and view.words.strip():
        near = near_words(book.con, view.words)
        if near:
            ids = people_store.newest(
                book.con, people_store.select(book.con, view, book.clock, near), limit + 1
            )
    return Found(ids[:limit], len(ids) > limit, near if ids else {})


def check(book: Book, words: str) -> None:
    """Refused where typed words look for a range of numbers in a field that there is none of."""
    if sought := ranges.read(words)[0]:
        ranges.check(sought, fields.names(book.con))


class Stopped(Exception):
    """The reading was told to stop; nothing came of it."""


class ViewReading:
    """A look at all of a view. Made anywhere; its methods run in one thread, ``stop`` in any."""

    def __init__(self, book: Book, view: View, near: Mapping[str, Sequence[str]]) -> None:
        self._path, self._clock = book.path, book.clock
        self._view, self._near = view, near
        self._stopped = threading.Event()

    def stop(self) -> None:
        self._stopped.set()

    def ids(self, tell: Callable[[array[int]], None]) -> None:
        """Give ``tell`` all ids, newest first, some thousands at a time. Raises Stopped."""
        with closing(self._connect()) as con:
            wanted = people_store.select(con, self._view, self._clock, self._near)
            try:
                for part in people_store.every(con, wanted):
                    self._look()
                    tell(part)
            except sqlite3.OperationalError as error:
                raise self._explained(error) from error

    def in_order(self, progress: Callable[[int], None]) -> tuple[array[int], int]:
        """All ids in the view's order, and how many have a value to sort by. Raises Stopped.

        ``progress`` hears how many people were looked at.
        """

        def heard(looked_at: int) -> None:
            self._look()
            progress(looked_at)

        self._look()
        with closing(self._connect()) as con:
            try:
                return people_store.in_order(con, self._view, self._clock, heard, self._near)
            except sqlite3.OperationalError as error:
                raise self._explained(error) from error

    def facet(self, facet: str, typed: str, limit: int) -> list[FacetValue]:
        """The values people of the view have, the most frequent first. Raises Stopped."""
        with closing(self._connect()) as con:
            try:
                counts = people_store.facet_counts(
                    con, self._view, self._clock, facet, typed, limit
                )
                events = met.event_names(con) if facet in OF_EVENTS else {}
                return [
                    FacetValue(value, people_store.company_label(con, value), number)
                    if facet == "company"
                    else FacetValue(value, events.get(value, value), number)
                    for value, number in counts
                ]
            except sqlite3.OperationalError as error:
                raise self._explained(error) from error

    def _connect(self) -> sqlite3.Connection:
        try:
            con = connection.connect(self._path)
        except Unwritable:  # nothing is written here
            con = backup.open_read_only(self._path)
        con.set_progress_handler(self._stopped.is_set, 20_000)
        return con

    def _look(self) -> None:
        if self._stopped.is_set():
            raise Stopped

    def _explained(self, error: sqlite3.OperationalError) -> Exception:
        return Stopped() if self._stopped.is_set() else connection.unreadable(self._path, error)


def parent_company(book: Book, company_key: str) -> str:
    """The company this one is a branch of, as it is mostly written; '' where none is known."""
    parent = people_store.parent_key(book.con, company_key)
    return people_store.company_label(book.con, parent) if parent else ""


def contact_before(book: Book, typed: str) -> str | None:
    """The value of a last contact before the day that was typed; None where it says no day."""
    try:
        when = read_when(typed, book.clock.local(), lambda: own_kinds.workdays(book), "past")
    except Refused:
        return None
    return None if when is None else f"{people_list.BEFORE}{when.day}"


_NAMES = {
    "wecom": people_list.WECOM,
    "contact": people_list.CONTACT,
    "attendance": people_list.ATTENDANCE,
    "verdict": people_list.VERDICT,
}
OF_EVENTS = ("event", "audience")
NAMED = (*_NAMES, *OF_EVENTS, "field")  # facets whose values are shown by another name than is kept


def value_name(book: Book, facet: str, value: str) -> str | Msg:
    """What a facet's value is called."""
    if facet == "company":
        return people_store.company_label(book.con, value)
    if facet in OF_EVENTS:
        return met.event_names(book.con).get(value, value)
    if value.startswith(people_list.BEFORE) and facet == "contact":
        return msg(N_("before {day}"), day=value.removeprefix(people_list.BEFORE))
    if facet == "field":
        return value.removeprefix(people_list.RANGE)
    names = _NAMES.get(facet)
    return msg(names[value]) if names else value
