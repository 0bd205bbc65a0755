"""Who was told of what: a second fact beside the thing itself."""

from __future__ import annotations

import sqlite3

TOUCH, ANSWER = "touch", "answer"
_MOST_NAMES = 8


def put(con: sqlite3.Connection, table: str, row_id: int, to_whom: str, at: str) -> None:
    con.execute(
        "INSERT INTO told(tbl, row_id, to_whom, at) VALUES (?,?,?,?)", (table, row_id, to_whom, at)
    )


def rows(con: sqlite3.Connection, table: str) -> set[int]:
    """The rows of a table that somebody was told of."""
    return {row[0] for row in con.execute("SELECT row_id FROM told WHERE tbl=?", (table,))}


def to_whom(con: sqlite3.Connection, table: str) -> dict[int, str]:
    """Row -> who was told of it, by commas."""
    rows = con.execute(
        "SELECT row_id, group_concat(to_whom, ', ') FROM told WHERE tbl=? GROUP BY row_id", (table,)
    )
    return {row[0]: row[1] for row in rows}


def names(con: sqlite3.Connection) -> list[str]:
    """Who was told of something, the last one first."""
    found = con.execute(
        "SELECT to_whom FROM told GROUP BY to_whom ORDER BY max(id) DESC LIMIT ?", (_MOST_NAMES,)
    )
    return [row[0] for row in found]
