"""From schema 7 to 8: what is past costs nothing."""

from __future__ import annotations

import sqlite3

from opslog.store.calls import settled

_PAST = (
    """
CREATE TABLE call_promise (
	card_id INTEGER NOT NULL,
	touch_id INTEGER NOT NULL,
	PRIMARY KEY (card_id)
)
""",
    """
CREATE TABLE call_settled (
	roster_id INTEGER NOT NULL,
	rules VARCHAR NOT NULL,
	PRIMARY KEY (roster_id)
)
""",
    "CREATE INDEX event_starts ON event (starts_at)",
    "CREATE INDEX event_ends ON event (ends_at)",
    "CREATE INDEX follow_up_event ON follow_up (event_id) WHERE event_id IS NOT NULL",
    "CREATE INDEX follow_up_person ON follow_up (person_id) WHERE person_id IS NOT NULL",
    "CREATE INDEX roster_row_file ON roster_row (file_id)",
)


def run(con: sqlite3.Connection) -> None:
    for statement in _PAST:
        con.execute(statement)
    settled.lay(con)
