"""What the log adds to a person's time line."""

from __future__ import annotations

from sqlite3 import Row

from opslog.domain.base.clock import instant_of
from opslog.domain.base.labels import unpack
from opslog.domain.people.card import FOLLOW_UP, LOGGED, Moment
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book
from opslog.store.daybook import timeline as store


def moments(book: Book, person_id: int) -> list[Moment]:
    """The lines that name them, and what is to be followed up."""
    return [*_lines(book, person_id), *_follow_ups(book, person_id)]


def _lines(book: Book, person_id: int) -> list[Moment]:
    return [
        Moment(
            instant_of(row["at"]),
            LOGGED,
            _said(row),
            row["event_id"],
            row["event"] or "",
            flagged=bool(row["flagged"]),
        )
        for row in store.log_lines(book.con, person_id)
    ]


def _said(row: Row) -> Msg:
    """What opslog wrote speaks either language."""
    if row["label"]:
        return unpack(row["label"], row["args"])
    return msg(N_("{text}"), text=row["text"])


def _follow_ups(book: Book, person_id: int) -> list[Moment]:
    return [
        Moment(
            instant_of(row["due_at"]),
            FOLLOW_UP,
            msg(N_("done: {text}") if row["done_at"] else N_("to do: {text}"), text=row["text"]),
            row["event_id"],
            row["event"] or "",
            open=row["done_at"] is None,
        )
        for row in store.follow_ups(book.con, person_id)
    ]
