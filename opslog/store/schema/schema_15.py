"""From schema 14 to 15: a list for each stop of a road show, and the dates a stop had."""

from __future__ import annotations

import sqlite3

_STATEMENTS = (
    "ALTER TABLE roster ADD COLUMN stop_id INTEGER REFERENCES stop (id)",
    "ALTER TABLE event_move ADD COLUMN stop_id INTEGER REFERENCES stop (id)",
    "ALTER TABLE event_move ADD COLUMN at VARCHAR",
    "ALTER TABLE stop ADD COLUMN venue VARCHAR DEFAULT '' NOT NULL",
    "DROP INDEX roster_signup",
    "CREATE UNIQUE INDEX roster_signup ON roster (event_id, coalesce(stop_id, 0))"
    " WHERE kind='signup'",
    "DROP VIEW occasion",
)


def run(con: sqlite3.Connection) -> None:
    """Add the columns; what was of the whole event stays so."""
    from opslog.store.calls.proving import proofs, settled
    from opslog.store.rosters import occasions

    for statement in _STATEMENTS:
        con.execute(statement)
    con.execute(occasions.OF_LISTS)
    con.execute(settled.OF_STOP)
    con.execute(proofs.OF_STOP)
