"""How a person was reached or not, for their time line."""

from __future__ import annotations

import sqlite3


def touches(con: sqlite3.Connection, person_id: int) -> list[sqlite3.Row]:
    """Every attempt to reach a person, oldest first; programmes tell of their own messages."""
    return con.execute(
        "SELECT t.card_id, t.purpose, t.lane, t.outcome, t.reason, t.note, t.at, t.direction,"
        " (SELECT group_concat(to_whom, ', ') FROM told WHERE tbl='touch' AND row_id=t.id) AS told,"
        " e.id AS event_id, coalesce(e.name, o.name) AS event"
        " FROM touch t LEFT JOIN event e ON e.id=t.event_id LEFT JOIN card c ON c.id=t.card_id"
        " LEFT JOIN occasion o ON o.roster_id=c.roster_id WHERE t.person_id=?"
        " AND NOT (t.purpose='message' AND t.direction='out')"
        " ORDER BY t.id",
        (person_id,),
    ).fetchall()
