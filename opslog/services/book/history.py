"""Undo, redo, and the list of all that was ever changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta

from opslog.domain.base.changes import Entry
from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.base.labels import unpack
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book import own_files
from opslog.services.book.book import Book, Change
from opslog.store.db import journal
from opslog.store.db.obstacles import obstacles

MOST_NAMED = 3


def undo(book: Book, change_id: int | None = None) -> Change:
    """Take back one change: the one named, else the newest of this session, else the newest.

    Raises Refused where there is none, where it is undone already, or where later changes
    built on it; those are named.
    """

    def choose() -> Entry:
        number = change_id if change_id is not None else to_undo(book)
        if number is None:
            raise Refused(msg(N_("There is nothing to undo")))
        one = entry(book, number)
        if one.state == "final":
            raise Refused(msg(N_("“{label}” can't be undone"), label=one.label))
        if one.state != "done":
            raise Refused(
                msg(N_("Change {id} is undone already: {label}"), id=number, label=one.label)
            )
        _refuse_obstacles(book, one)
        return one

    return _replay(
        book,
        choose,
        journal.undo,
        N_("Can't undo “{label}”: what it would bring back no longer fits what is there now"),
    )


def redo(book: Book) -> Change:
    """Do again what was undone last. Raises Refused where nothing is left to redo."""

    def choose() -> Entry:
        number = to_redo(book)
        if number is None:
            raise Refused(msg(N_("There is nothing to redo")))
        return entry(book, number)

    return _replay(
        book,
        choose,
        journal.redo,
        N_("Can't redo “{label}”: what it would bring back no longer fits what is there now"),
    )


def _replay(
    book: Book,
    choose: Callable[[], Entry],
    verb: Callable[[sqlite3.Connection, int], dict[str, set[int]]],
    stuck: str,
) -> Change:
    """Undo or redo the change chosen; Refused with ``stuck`` where two rows would then have what
    only one may have, or one hang on nothing."""
    one: Entry | None = None
    try:
        with book.replay() as done:
            one = choose()
            touched = verb(book.con, one.id)
            done[verb.__name__] = one.id
    except sqlite3.IntegrityError as error:
        raise Refused(msg(stuck, label=one.label if one else "")) from error
    own_files.follow(book, touched)
    return Change(one.label, one.id, touched=touched)


def to_undo(book: Book) -> int | None:
    """The change that undo takes back where none is named: what can't be taken back any more, since
    an erasure came after it, is passed over as long as something older is left."""
    first = journal.newest(book.con, book.session)
    staying: set[int] = set()
    if first is None or not _stays(book, first, staying):
        return first
    older = book.con.execute(
        "SELECT id FROM change WHERE state='done' ORDER BY session=? DESC, id DESC",
        (book.session,),
    ).fetchall()
    for row in older:
        if not _stays(book, row["id"], staying):
            return int(row["id"])
        staying.add(row["id"])
    return first


def passed_over(book: Book) -> Msg | None:
    """What undo passes over where no change is named, as it is to be said."""
    first = journal.newest(book.con, book.session)
    if first is None or to_undo(book) == first:
        return None
    text = N_("“{label}” can't be undone any more and was passed over")
    return msg(text, label=entry(book, first).label)


def _stays(book: Book, change_id: int, staying: Collection[int]) -> bool:
    """Whether something that came after it can't be undone itself, or is one of ``staying``."""
    return any(
        number in staying or entry(book, number).state == "final"
        for number in obstacles(book.con, change_id)
    )


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


def entry(book: Book, change_id: int) -> Entry:
    """One change. Raises Refused where there is none of this number."""
    row = book.con.execute(
        "SELECT id, at, session, label, args, state FROM change WHERE id=?", (change_id,)
    ).fetchone()
    if row is None:
        raise Refused(msg(N_("There is no change {id}; opslog history lists them"), id=change_id))
    return _of_row(row)


def newest(book: Book) -> int:
    """The number of the newest change, in whatever state; 0 where nothing was ever changed."""
    return number_at(book, 0)


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


def days(book: Book) -> list[tuple[date, int]]:
    """The local days on which something was changed, newest first, and how many changes each has.

    A stretch of numbers a day: where a clock was set back meanwhile, a day may stand twice.
    """
    found: list[tuple[date, int]] = []
    above = newest(book) + 1
    while row := _first(book, "SELECT id, at FROM change WHERE id < ?", above):
        day = instant_of(row["at"]).astimezone(book.clock.zone).date()
        ends = [instant_text(book.clock.at(day + timedelta(days=n))) for n in (0, 1)]
        before = _first(
            book,
            "SELECT id FROM change WHERE id < ? AND NOT (at >= ? AND at < ?)",
            row["id"],
            *ends,
        )
        above = before["id"] + 1 if before else 0
        many = "SELECT count(*) FROM change WHERE id BETWEEN ? AND ?"
        found.append((day, int(book.con.execute(many, (above, row["id"])).fetchone()[0])))
    return found


def undone(book: Book) -> int:
    """How many changes are undone."""
    counted = "SELECT count(*) FROM change WHERE state IN ('undone', 'dropped')"
    return int(book.con.execute(counted).fetchone()[0])


def _first(book: Book, select: str, *values: object) -> sqlite3.Row | None:
    found = book.con.execute(f"{select} ORDER BY id DESC LIMIT 1", values)
    row: sqlite3.Row | None = found.fetchone()
    return row


def _of_row(row: sqlite3.Row) -> Entry:
    at: datetime = instant_of(row["at"])
    return Entry(row["id"], at, unpack(row["label"], row["args"]), row["state"], row["session"])


def _refuse_obstacles(book: Book, one: Entry) -> None:
    ids = obstacles(book.con, one.id)
    if not ids:
        return
    late = [entry(book, number) for number in ids]
    for_good = next((other for other in late if other.state == "final"), None)
    if for_good is not None:
        text = N_("Can't undo “{label}”: {id} “{later}” came after it, for good")
        raise Refused(msg(text, label=one.label, id=for_good.id, later=for_good.label))
    named: object = ""
    for other in late[-MOST_NAMED:]:
        part = msg(N_("{id} “{label}”"), id=other.id, label=other.label)
        named = part if not named else msg(N_("{first}, {second}"), first=named, second=part)
    raise Refused(
        nmsg(
            N_("Can't undo “{label}”: {n} later change builds on it: {named}. Undo it first"),
            N_(
                "Can't undo “{label}”: {n} later changes build on it, the last being {named}. "
                "Undo those first"
            ),
            len(ids),
            label=one.label,
            named=named,
        )
    )
