"""Who was told of what: a second fact beside the thing itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from opslog.store.answers.answers import HOLDS
from opslog.store.db.listed import IN_LIST, listed

TOUCH, ANSWER = "touch", "answer"
OWED = "owed"  # a step, of which the colleague who owes it was reminded
_MOST_NAMES = 8


def put(con: sqlite3.Connection, table: str, row_id: int, to_whom: str, at: str) -> None:
    con.execute(
        "INSERT INTO told(tbl, row_id, to_whom, at) VALUES (?,?,?,?)", (table, row_id, to_whom, at)
    )


def newest(con: sqlite3.Connection, table: str, row_id: int) -> int:
    """The last telling of a row, 0 none."""
    row = con.execute("SELECT max(id) FROM told WHERE tbl=? AND row_id=?", (table, row_id))
    return row.fetchone()[0] or 0


def newest_of(con: sqlite3.Connection, table: str) -> dict[tuple[int, str], str]:
    """Row and whom -> when they were last told of it."""
    rows = con.execute(
        "SELECT row_id, to_whom, max(at) FROM told WHERE tbl=? GROUP BY row_id, to_whom", (table,)
    )
    return {(row[0], row[1]): row[2] for row in rows}


def rows(con: sqlite3.Connection, table: str) -> set[int]:
    """The rows of a table that somebody was told of."""
    return {row[0] for row in con.execute("SELECT row_id FROM told WHERE tbl=?", (table,))}


def to_whom(con: sqlite3.Connection, table: str) -> dict[int, str]:
    """Row -> who was told of it, by commas."""
    rows = con.execute(
        "SELECT row_id, group_concat(to_whom, ', ') FROM told WHERE tbl=? GROUP BY row_id", (table,)
    )
    return {row[0]: row[1] for row in rows}


def untold(
    con: sqlite3.Connection, concerns: Collection[str], event_id: int | None
) -> dict[str, int]:
    """Of how many answers that hold nobody was told yet, by whom they concern."""
    rows = con.execute(
        "SELECT q.concerns, count(*) FROM question q JOIN answer a ON a.question_id=q.id"
        f" WHERE q.concerns {IN_LIST.replace('?', '?1')} AND (?2 IS NULL OR a.event_id=?2)"
        " AND (a.value<>'' OR a.words<>'') AND NOT EXISTS"
        " (SELECT 1 FROM told t WHERE t.tbl='answer' AND t.row_id=a.id)"
        f" AND {HOLDS} GROUP BY q.concerns",
        (listed(concerns), event_id),
    )
    return {row[0]: row[1] for row in rows}


def names(con: sqlite3.Connection) -> list[str]:
    """Which colleagues were told of something, the last one first."""
    found = con.execute(
        "SELECT to_whom FROM told WHERE tbl IN ('touch', 'answer')"
        " GROUP BY to_whom ORDER BY max(id) DESC LIMIT ?",
        (_MOST_NAMES,),
    )
    return [row[0] for row in found]
