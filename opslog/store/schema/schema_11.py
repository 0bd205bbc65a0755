"""From schema 10 to 11: what dates an event had, the stops of a road show and what each brought."""

from __future__ import annotations

import sqlite3

_STATEMENTS = (
    """
CREATE TABLE event_move (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	event_id INTEGER NOT NULL,
	was VARCHAR NOT NULL,
	touch INTEGER DEFAULT 0 NOT NULL,
	told INTEGER DEFAULT 0 NOT NULL,
	FOREIGN KEY(event_id) REFERENCES event (id)
)
""",
    """
CREATE TABLE stop (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	event_id INTEGER NOT NULL,
	place VARCHAR NOT NULL,
	starts_at VARCHAR NOT NULL,
	ends_at VARCHAR NOT NULL,
	note VARCHAR DEFAULT '' NOT NULL,
	state VARCHAR DEFAULT 'open' NOT NULL,
	why VARCHAR DEFAULT '' NOT NULL,
	fallback VARCHAR DEFAULT '' NOT NULL,
	FOREIGN KEY(event_id) REFERENCES event (id)
)
""",
    """
CREATE TABLE tally (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	stop_id INTEGER NOT NULL,
	measure VARCHAR NOT NULL,
	value FLOAT NOT NULL,
	UNIQUE (stop_id, measure),
	FOREIGN KEY(stop_id) REFERENCES stop (id)
)
""",
    "CREATE INDEX event_move_event ON event_move (event_id)",
    "CREATE INDEX stop_event ON stop (event_id)",
    *(
        f"ALTER TABLE {table} ADD COLUMN stop_id INTEGER REFERENCES stop (id)"
        for table in ("step", "card", "channel")
    ),
    "ALTER TABLE event ADD COLUMN invited_uid VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE event ADD COLUMN invited_sequence INTEGER DEFAULT 0 NOT NULL",
    "CREATE INDEX touch_event ON touch (event_id, person_id, at)",
    "CREATE INDEX handover_event ON handover (event_id)",
    "CREATE INDEX decision_dropped ON decision (round_id, card_id) WHERE verdict='drop'",
    "CREATE INDEX card_door ON card (roster_id) WHERE way='door'",
    "DROP VIEW step_shown",
)


def run(con: sqlite3.Connection) -> None:
    """Add the tables, and to each step, card and channel of which stop it is."""
    from opslog.store.calls.proving.proofs import VIEW

    for statement in _STATEMENTS:
        con.execute(statement)
    con.execute(VIEW)
