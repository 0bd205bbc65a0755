"""From schema 11 to 12: programmes of messages, what was sent of them, and pieces of content."""

from __future__ import annotations

import sqlite3

_STATEMENTS = (
    """
CREATE TABLE content (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	kind VARCHAR NOT NULL,
	label VARCHAR NOT NULL,
	version INTEGER DEFAULT 1 NOT NULL,
	state VARCHAR DEFAULT 'ready' NOT NULL,
	stage VARCHAR DEFAULT '' NOT NULL,
	text_zh VARCHAR DEFAULT '' NOT NULL,
	text_en VARCHAR DEFAULT '' NOT NULL,
	link VARCHAR DEFAULT '' NOT NULL,
	made_on VARCHAR NOT NULL,
	revise_on VARCHAR DEFAULT '' NOT NULL,
	writer VARCHAR DEFAULT '' NOT NULL,
	bait VARCHAR DEFAULT '' NOT NULL
)
""",
    """
CREATE TABLE enrolment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	person_id INTEGER NOT NULL,
	programme VARCHAR NOT NULL,
	version INTEGER DEFAULT 1 NOT NULL,
	started_on VARCHAR NOT NULL,
	entered_at VARCHAR NOT NULL,
	next_step VARCHAR DEFAULT '' NOT NULL,
	next_on VARCHAR DEFAULT '' NOT NULL,
	slot VARCHAR DEFAULT '' NOT NULL,
	state VARCHAR DEFAULT 'active' NOT NULL,
	left_why VARCHAR DEFAULT '' NOT NULL,
	state_at VARCHAR NOT NULL,
	beside BOOLEAN DEFAULT 0 NOT NULL,
	from_event_id INTEGER,
	from_roster_id INTEGER,
	entered_by VARCHAR DEFAULT '' NOT NULL,
	content_id INTEGER,
	words VARCHAR DEFAULT '' NOT NULL,
	FOREIGN KEY(person_id) REFERENCES person (id),
	FOREIGN KEY(content_id) REFERENCES content (id)
)
""",
    """
CREATE TABLE publication (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	content_id INTEGER NOT NULL,
	channel VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	link VARCHAR DEFAULT '' NOT NULL,
	FOREIGN KEY(content_id) REFERENCES content (id)
)
""",
    """
CREATE TABLE sending (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	enrolment_id INTEGER NOT NULL,
	step VARCHAR NOT NULL,
	due_on VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	content_id INTEGER,
	content_version INTEGER,
	text VARCHAR DEFAULT '' NOT NULL,
	touch_id INTEGER,
	opened_at VARCHAR,
	UNIQUE (enrolment_id, step),
	FOREIGN KEY(enrolment_id) REFERENCES enrolment (id),
	FOREIGN KEY(content_id) REFERENCES content (id),
	FOREIGN KEY(touch_id) REFERENCES touch (id)
)
""",
    "CREATE INDEX content_label ON content (label)",
    "CREATE INDEX enrolment_due"
    " ON enrolment (next_on, slot, programme, next_step, started_on) WHERE state='active'",
    "CREATE INDEX enrolment_merged ON enrolment (person_id) WHERE left_why='merged'",
    "CREATE UNIQUE INDEX enrolment_one"
    " ON enrolment (person_id) WHERE state IN ('active', 'paused') AND beside=0",
    "CREATE INDEX enrolment_person ON enrolment (person_id)",
    "CREATE INDEX enrolment_programme ON enrolment (programme, state)",
    "CREATE INDEX publication_content ON publication (content_id)",
    "CREATE INDEX touch_counted ON touch (at, lane, person_id) WHERE counts=1 AND call_id IS NULL",
    "CREATE INDEX touch_in ON touch (at, person_id) WHERE direction='in'",
    "CREATE INDEX touch_reply ON touch (outcome, at, person_id)",
    "CREATE INDEX sending_content ON sending (content_id)",
    "CREATE INDEX sending_sent ON sending (at) WHERE state='sent'",
    "CREATE INDEX sending_touch ON sending (touch_id)",
)


def run(con: sqlite3.Connection) -> None:
    """Add the tables, and indexes of touches by which a day's messages are found."""
    from opslog.store.programmes import merged

    for statement in (*_STATEMENTS, *merged.sql()):
        con.execute(statement)
