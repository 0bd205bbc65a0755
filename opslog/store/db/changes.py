"""The changes that the journal holds, as history counts and lists them."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from opslog.domain.base.changes import Entry
from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.base.labels import unpack

_ENTRY = "SELECT id, at, session, label, args, state FROM change"


def entry(con: sqlite3.Connection, change_id: int) -> Entry | None:
    """None where there is none of this number."""
    row = con.execute(f"{_ENTRY} WHERE id=?", (change_id,)).fetchone()
    return None if row is None else _entry(row)


def entries(con: sqlite3.Connection, limit: int, before: int | None) -> list[Entry]:
    """The newest ones, of those before the number ``before``."""
    rows = con.execute(
        f"{_ENTRY} WHERE (?1 IS NULL OR id < ?1) ORDER BY id DESC LIMIT ?2", (before, limit)
    )
    return [_entry(row) for row in rows]


def done(con: sqlite3.Connection, session: str) -> list[int]:
    """Those that stand: of this session, then of all others, the newest first."""
    rows = con.execute(
        "SELECT id FROM change WHERE state='done' ORDER BY session=? DESC, id DESC", (session,)
    )
    return [row[0] for row in rows]


def is_larger(con: sqlite3.Connection, change_id: int, rows: int) -> bool:
    """Whether a change touched more than so many rows; costs no more than to count these."""
    row = con.execute(
        "SELECT (SELECT coalesce(sum(high - low + 1), 0) FROM change_range WHERE change_id=?1)"
        " + (SELECT count(*) FROM (SELECT 1 FROM change_row WHERE change_id=?1 LIMIT ?2)) AS n",
        (change_id, rows + 1),
    ).fetchone()
    return bool(row["n"] > rows)


def count(con: sqlite3.Connection) -> int:
    return int(con.execute("SELECT count(*) FROM change").fetchone()[0])


def count_undone(con: sqlite3.Connection) -> int:
    counted = "SELECT count(*) FROM change WHERE state IN ('undone', 'dropped')"
    return int(con.execute(counted).fetchone()[0])


def position(con: sqlite3.Connection, change_id: int) -> int | None:
    """How many changes are newer than this one; None where there is no such change."""
    row = con.execute(
        "SELECT (SELECT count(*) FROM change WHERE id > ?1) AS n FROM change WHERE id=?1",
        (change_id,),
    ).fetchone()
    return None if row is None else int(row["n"])


def number_at(con: sqlite3.Connection, position: int) -> int:
    """The number of the change that so many are newer than; 0 past the end."""
    row = con.execute(
        "SELECT id FROM change ORDER BY id DESC LIMIT 1 OFFSET ?", (position,)
    ).fetchone()
    return 0 if row is None else int(row["id"])


def below(con: sqlite3.Connection, number: int) -> tuple[int, datetime] | None:
    """The newest one before a number, and when it was made."""
    row = con.execute(
        "SELECT id, at FROM change WHERE id < ? ORDER BY id DESC LIMIT 1", (number,)
    ).fetchone()
    return None if row is None else (row["id"], instant_of(row["at"]))


def below_outside(con: sqlite3.Connection, number: int, start: datetime, end: datetime) -> int:
    """The newest one before a number that was made before ``start``, or from ``end`` on; 0 where
    there is none."""
    row = con.execute(
        "SELECT id FROM change WHERE id < ? AND NOT (at >= ? AND at < ?) ORDER BY id DESC LIMIT 1",
        (number, instant_text(start), instant_text(end)),
    ).fetchone()
    return 0 if row is None else int(row["id"])


def count_between(con: sqlite3.Connection, first: int, last: int) -> int:
    """How many have a number from ``first`` to ``last``."""
    many = "SELECT count(*) FROM change WHERE id BETWEEN ? AND ?"
    return int(con.execute(many, (first, last)).fetchone()[0])


def _entry(row: sqlite3.Row) -> Entry:
    at: datetime = instant_of(row["at"])
    return Entry(row["id"], at, unpack(row["label"], row["args"]), row["state"], row["session"])
