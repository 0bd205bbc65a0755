"""From schema 6 to 7: what calendars were told, with the names used for it so far."""

from __future__ import annotations

import sqlite3

_TABLE = """
CREATE TABLE calendar_entry (
	uid VARCHAR NOT NULL,
	event_id INTEGER NOT NULL,
	starts_at VARCHAR NOT NULL,
	ends_at VARCHAR NOT NULL,
	sequence INTEGER DEFAULT 0 NOT NULL,
	changed_at VARCHAR NOT NULL,
	mark VARCHAR DEFAULT '' NOT NULL,
	PRIMARY KEY (uid)
)
"""
_INDEX = "CREATE INDEX calendar_entry_event ON calendar_entry (event_id)"
# Events and steps had these names in any database. What was taken out since may be out there, too:
# an image of it is in the journal.
_GIVEN = (
    "INSERT OR IGNORE INTO calendar_entry(uid, event_id, starts_at, ends_at, changed_at)"
    " SELECT 'event-' || id || '-' || replace(replace(replace(replace("
    "created_at, '-', ''), ':', ''), 'T', ''), 'Z', '') || '@opslog',"
    " id, starts_at, ends_at, created_at FROM ("
    "SELECT id, starts_at, ends_at, created_at FROM event"
    " UNION ALL SELECT row_id, json_extract(image, '$.starts_at'),"
    " json_extract(image, '$.ends_at'), json_extract(image, '$.created_at')"
    " FROM change_row WHERE tbl='event' AND image IS NOT NULL)",
    "INSERT OR IGNORE INTO calendar_entry(uid, event_id, starts_at, ends_at, changed_at)"
    " SELECT 'step-' || id || '-' || event_id || '@opslog', event_id, due_at,"
    " strftime('%Y-%m-%dT%H:%M:%SZ', due_at, '+30 minutes'), due_at FROM ("
    "SELECT id, event_id, due_at FROM step UNION ALL"
    " SELECT row_id, json_extract(image, '$.event_id'), json_extract(image, '$.due_at')"
    " FROM change_row WHERE tbl='step' AND image IS NOT NULL)",
)


def run(con: sqlite3.Connection) -> None:
    """Add the table; the names given so far are remembered, to be cancelled once."""
    for statement in (_TABLE, _INDEX, *_GIVEN):
        con.execute(statement)
