"""The people of a programme in the order of its page."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from opslog.store.db.listed import IN_LIST, listed

_STATES = ("active", "paused", "finished", "left")
# In it by day, paused, out of it the latest first; the id makes the order one.
_RANK = (
    "CASE e.state WHEN 'active' THEN 0 WHEN 'paused' THEN 1 ELSE 2 END,"
    " CASE e.state WHEN 'active' THEN e.next_on ELSE '' END, e.id"
)
# Whoever was erased or is part of another row is not shown.
_FROM = "FROM enrolment e JOIN person_shown p ON p.id=e.person_id WHERE e.programme=?"


def count(con: sqlite3.Connection, code: str) -> int:
    found: int = con.execute(f"SELECT count(*) {_FROM}", (code,)).fetchone()[0]
    return found


def ids(con: sqlite3.Connection, code: str, start: int, number: int) -> list[int]:
    found = con.execute(
        f"SELECT e.id {_FROM} ORDER BY {_RANK} LIMIT ? OFFSET ?", (code, number, start)
    )
    return [row[0] for row in found]


def position(con: sqlite3.Connection, code: str, enrolment_id: int) -> int | None:
    """How many stand before somebody; None where they are not among them."""
    row = con.execute(
        f"SELECT at FROM (SELECT e.id, row_number() OVER (ORDER BY {_RANK}) - 1 AS at {_FROM})"
        " WHERE id=?",
        (code, enrolment_id),
    ).fetchone()
    return None if row is None else row[0]


def rows(con: sqlite3.Connection, enrolments: Iterable[int]) -> list[sqlite3.Row]:
    return con.execute(
        "SELECT e.*, p.name, p.title, p.company FROM enrolment e JOIN person_shown p"
        f" ON p.id=e.person_id WHERE e.id {IN_LIST}",
        (listed(enrolments),),
    ).fetchall()


def people(con: sqlite3.Connection, code: str) -> list[int]:
    found = con.execute(f"SELECT DISTINCT e.person_id {_FROM} AND e.state='active'", (code,))
    return [row[0] for row in found]


def counts(con: sqlite3.Connection, code: str) -> dict[str, int]:
    found = dict(con.execute(f"SELECT e.state, count(*) {_FROM} GROUP BY 1", (code,)).fetchall())
    return {state: found[state] for state in _STATES if state in found}
