"""What a database holds, in the few numbers by which a person knows it again."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import NamedTuple


class Held(NamedTuple):
    """How many there are (people: without those merged or erased), and the newest line of the log:
    its moment, text, and label with arguments as they stand ('' where there is none)."""

    events: int
    people: int
    calls: int
    line: tuple[str, str, str, str]


_COUNTS = (
    ("SELECT count(*) FROM event",),
    ("SELECT count(*) FROM person_shown", "SELECT count(*) FROM person"),  # before schema 5
    ("SELECT count(*) FROM touch",),
)
_LINES = (
    "SELECT at, text, label, args FROM log ORDER BY at DESC, id DESC LIMIT 1",
    "SELECT at, text, '', '' FROM log ORDER BY at DESC, id DESC LIMIT 1",
)


def held(con: sqlite3.Connection) -> Held:
    """Of any schema. Raises sqlite3.Error for what is no database of opslog."""
    events, people, calls = (int(_first(con, asked)[0]) for asked in _COUNTS)
    line = _first(con, _LINES) or ("", "", "", "")
    return Held(events, people, calls, (line[0], line[1], line[2], line[3]))


def _first(con: sqlite3.Connection, asked: tuple[str, ...]) -> sqlite3.Row:
    """The answer to the first question that this schema has the tables for."""
    for question in asked[:-1]:
        with suppress(sqlite3.OperationalError):
            row: sqlite3.Row = con.execute(question).fetchone()
            return row
    last: sqlite3.Row = con.execute(asked[-1]).fetchone()
    return last
