"""Undo, redo, and the list of all that was ever changed."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from opslog.domain.base.changes import Entry
from opslog.domain.base.clock import instant_of
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book, Change, unpack
from opslog.store.db import journal

MOST_NAMED = 3


def undo(book: Book, change_id: int | None = None) -> Change:
    """Take back one change: the one named, else the newest of this session, else the newest.

    Raises Refused where there is none, where it is undone already, or where later changes
    built on it; those are named.
    """
    with book.replay():
        number = change_id if change_id is not None else to_undo(book)
        if number is None:
            raise Refused(msg(N_("There is nothing to undo")))
        entry = _entry(book, number)
        if entry.state == "final":
            raise Refused(msg(N_("“{label}” can't be undone"), label=entry.label))
        if entry.state != "done":
            raise Refused(
                msg(N_("Change {id} is undone already: {label}"), id=number, label=entry.label)
            )
        _refuse_obstacles(book, entry)
        touched = journal.undo(book.con, number)
    return Change(entry.label, number, touched=touched)


def redo(book: Book) -> Change:
    """Do again what was undone last. Raises Refused where nothing is left to redo."""
    with book.replay():
        number = to_redo(book)
        if number is None:
            raise Refused(msg(N_("There is nothing to redo")))
        entry = _entry(book, number)
        touched = journal.redo(book.con, number)
    return Change(entry.label, number, touched=touched)


def to_undo(book: Book) -> int | None:
    """The change that undo takes back where none is named."""
    return journal.newest(book.con, book.session)


def to_redo(book: Book) -> int | None:
    """The change that redo does again."""
    return journal.next_redo(book.con)


def is_larger(book: Book, change_id: int, rows: int) -> bool:
    """Whether a change touched more than so many rows; costs no more than to count these."""
    row = book.con.execute(
        "SELECT (SELECT coalesce(sum(high - low + 1), 0) FROM change_range WHERE change_id=?1)"
        " + (SELECT count(*) FROM (SELECT 1 FROM change_row WHERE change_id=?1 LIMIT ?2)) AS n",
        (change_id, rows + 1),
    ).fetchone()
    return bool(row["n"] > rows)


def label(book: Book, change_id: int) -> Msg:
    """What a change is called. Raises Refused where there is none of this number."""
    return _entry(book, change_id).label


def changes(book: Book, limit: int = 100, before: int | None = None) -> list[Entry]:
    """The newest ``limit`` changes, newest first; ``before`` a change id to page on."""
    rows = book.con.execute(
        "SELECT id, at, session, label, args, state FROM change WHERE (? IS NULL OR id < ?)"
        " ORDER BY id DESC LIMIT ?",
        (before, before, limit),
    )
    return [_of_row(row) for row in rows]


def count(book: Book) -> int:
    return int(book.con.execute("SELECT count(*) FROM change").fetchone()[0])


def position(book: Book, change_id: int) -> int | None:
    """How many changes are newer than this one; None where there is no such change."""
    row = book.con.execute(
        "SELECT (SELECT count(*) FROM change WHERE id > ?1) AS n FROM change WHERE id=?1",
        (change_id,),
    ).fetchone()
    return None if row is None else int(row["n"])


def number_at(book: Book, position: int) -> int:
    """The number of the change that so many are newer than; 0 past the end."""
    row = book.con.execute(
        "SELECT id FROM change ORDER BY id DESC LIMIT 1 OFFSET ?", (position,)
    ).fetchone()
    return 0 if row is None else int(row["id"])


def details(book: Book, change_id: int) -> list[tuple[str, int]]:
    """Table and number of rows the change touched, the largest first."""
    rows = book.con.execute(
        "SELECT tbl, sum(n) AS n FROM ("
        "SELECT tbl, count(*) AS n FROM change_row WHERE change_id=? GROUP BY tbl"
        " UNION ALL SELECT tbl, high - low + 1 FROM change_range WHERE change_id=?)"
        " GROUP BY tbl ORDER BY 2 DESC, 1",
        (change_id, change_id),
    )
    return [(row["tbl"], row["n"]) for row in rows]


def _entry(book: Book, change_id: int) -> Entry:
    row = book.con.execute(
        "SELECT id, at, session, label, args, state FROM change WHERE id=?", (change_id,)
    ).fetchone()
    if row is None:
        raise Refused(msg(N_("There is no change {id}; opslog history lists them"), id=change_id))
    return _of_row(row)


def _of_row(row: sqlite3.Row) -> Entry:
    at: datetime = instant_of(row["at"])
    return Entry(row["id"], at, unpack(row["label"], row["args"]), row["state"], row["session"])


def _refuse_obstacles(book: Book, entry: Entry) -> None:
    ids = journal.obstacles(book.con, entry.id)
    if not ids:
        return
    named = [_entry(book, number) for number in ids[-MOST_NAMED:]]
    text: object = ""
    for one in named:
        part = msg(N_("{id} “{label}”"), id=one.id, label=one.label)
        text = part if not text else msg(N_("{first}, {second}"), first=text, second=part)
    raise Refused(
        msg(
            N_(
                "Can't undo “{label}”: {n} later changes build on it, the last being {named}. "
                "Undo those first"
            ),
            label=entry.label,
            n=len(ids),
            named=text,
        )
    )
