"""From schema 8 to 9: what an event cost and brought, by which channels, and what was learned."""

from __future__ import annotations

import sqlite3

_STATEMENTS = (
    """
CREATE TABLE channel (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	event_id INTEGER NOT NULL,
	kind VARCHAR DEFAULT '' NOT NULL,
	label VARCHAR NOT NULL,
	code VARCHAR DEFAULT '' NOT NULL,
	owner VARCHAR DEFAULT '' NOT NULL,
	link VARCHAR DEFAULT '' NOT NULL,
	cents INTEGER,
	reach INTEGER,
	clicks INTEGER,
	signups INTEGER,
	FOREIGN KEY(event_id) REFERENCES event (id)
)
""",
    """
CREATE TABLE cost (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	event_id INTEGER NOT NULL,
	item VARCHAR NOT NULL,
	planned_cents INTEGER,
	spent_cents INTEGER,
	UNIQUE (event_id, item),
	FOREIGN KEY(event_id) REFERENCES event (id)
)
""",
    """
CREATE TABLE figure (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	event_id INTEGER NOT NULL,
	measure VARCHAR NOT NULL,
	value FLOAT,
	against VARCHAR DEFAULT '' NOT NULL,
	change_percent FLOAT,
	change FLOAT,
	source VARCHAR DEFAULT '' NOT NULL,
	at VARCHAR NOT NULL,
	UNIQUE (event_id, measure, against),
	FOREIGN KEY(event_id) REFERENCES event (id)
)
""",
    """
CREATE TABLE act (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	event_id INTEGER NOT NULL,
	"key" VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	reason VARCHAR DEFAULT '' NOT NULL,
	kind VARCHAR NOT NULL,
	step VARCHAR DEFAULT '' NOT NULL,
	change VARCHAR DEFAULT '' NOT NULL,
	state VARCHAR DEFAULT 'proposed' NOT NULL,
	at VARCHAR NOT NULL,
	UNIQUE (event_id, "key"),
	FOREIGN KEY(event_id) REFERENCES event (id)
)
""",
    """
CREATE TABLE review_note (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	event_id INTEGER NOT NULL,
	part VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	UNIQUE (event_id, part),
	FOREIGN KEY(event_id) REFERENCES event (id)
)
""",
    "CREATE INDEX channel_event ON channel (event_id)",
    "CREATE UNIQUE INDEX channel_code ON channel (event_id, code) WHERE code<>''",
    "ALTER TABLE card ADD COLUMN channel_id INTEGER REFERENCES channel (id)",
    "ALTER TABLE card ADD COLUMN came_at VARCHAR",
    "CREATE INDEX card_channel ON card (channel_id) WHERE channel_id IS NOT NULL",
)


def run(con: sqlite3.Connection) -> None:
    """Add the tables, and to each card by which channel and when somebody came."""
    for statement in _STATEMENTS:
        con.execute(statement)
