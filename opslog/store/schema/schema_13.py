"""From schema 12 to 13: what was asked for of materials, and where a lead came from."""

from __future__ import annotations

import sqlite3

_STATEMENTS = (
    """
CREATE TABLE material_request (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	card_id INTEGER NOT NULL,
	event_id INTEGER NOT NULL,
	asked_on VARCHAR DEFAULT '' NOT NULL,
	who VARCHAR DEFAULT '' NOT NULL,
	shown VARCHAR DEFAULT '' NOT NULL,
	verdict VARCHAR DEFAULT '' NOT NULL,
	reason VARCHAR DEFAULT '' NOT NULL,
	medium VARCHAR DEFAULT '' NOT NULL,
	watermark VARCHAR DEFAULT '' NOT NULL,
	address VARCHAR DEFAULT '' NOT NULL,
	use VARCHAR DEFAULT '' NOT NULL,
	sent_at VARCHAR,
	sent_by VARCHAR DEFAULT '' NOT NULL,
	UNIQUE (card_id, event_id),
	FOREIGN KEY(card_id) REFERENCES card (id),
	FOREIGN KEY(event_id) REFERENCES event (id)
)
""",
    "CREATE INDEX material_request_event ON material_request (event_id)",
    "ALTER TABLE handover ADD COLUMN community VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE handover ADD COLUMN by_whom VARCHAR DEFAULT '' NOT NULL",
)


def run(con: sqlite3.Connection) -> None:
    """Add the table, with what it proves and whom it calls, and the columns."""
    from opslog.store.calls.proving import requested

    for statement in (*_STATEMENTS, *requested.sql()):
        con.execute(statement)
