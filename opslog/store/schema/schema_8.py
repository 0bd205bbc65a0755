"""From schema 7 to 8: half a line was a setting; what is half typed has its place and person."""

from __future__ import annotations

import sqlite3

_DRAFT = (
    "DROP TABLE draft",
    """
CREATE TABLE draft (
	id INTEGER NOT NULL,
	place VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	person_id INTEGER,
	PRIMARY KEY (id),
	UNIQUE (place)
)
""",
    # Of a new line, and of the change of one: "17 its text".
    "INSERT INTO draft(place, text, at)"
    " SELECT 'capture', json_object('title', '', 'typed', json_object('', value)),"
    " strftime('%Y-%m-%dT%H:%M:%SZ', 'now') FROM setting WHERE key='draft' AND value<>''",
    "INSERT INTO draft(place, text, at)"
    " SELECT 'edit log ' || CAST(value AS INTEGER), json_object('title', '', 'typed',"
    " json_object('', substr(value, instr(value, ' ') + 1))),"
    " strftime('%Y-%m-%dT%H:%M:%SZ', 'now') FROM setting WHERE key='draft.change' AND value<>''",
    "DELETE FROM setting WHERE key IN ('draft', 'draft.change')",
)


def run(con: sqlite3.Connection) -> None:
    """The table anew (nothing was ever written into it), and the lines that waited as settings."""
    for statement in _DRAFT:
        con.execute(statement)
