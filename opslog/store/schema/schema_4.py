"""From schema 3 to 4: own files in the book, money in cents, the minimum a file was read with."""

from __future__ import annotations

import sqlite3

_CHANGES = [
    """CREATE TABLE own_file (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	version INTEGER DEFAULT 1 NOT NULL,
	at VARCHAR NOT NULL,
	UNIQUE (name)
)""",
    "ALTER TABLE roster_file ADD COLUMN min_minutes INTEGER",
    "ALTER TABLE event ADD COLUMN budget_cents INTEGER",
    "UPDATE event SET budget_cents=CAST(round(budget * 100) AS INTEGER)",
    "ALTER TABLE event DROP COLUMN budget",
    "UPDATE change_row SET image=json_set(json_remove(image, '$.budget'), '$.budget_cents',"
    " CAST(round(json_extract(image, '$.budget') * 100) AS INTEGER))"
    " WHERE tbl='event' AND image IS NOT NULL",
]


def run(con: sqlite3.Connection) -> None:
    """A budget in yuan becomes cents, in the rows and in the images undo goes by."""
    for change in _CHANGES:
        con.execute(change)
