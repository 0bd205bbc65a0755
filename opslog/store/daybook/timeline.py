"""What the log says of a person, for their time line."""

from __future__ import annotations

import sqlite3


def log_lines(con: sqlite3.Connection, person_id: int) -> list[sqlite3.Row]:
    """The log lines that name a person, but those about a call, a lead or
    materials sent: these stand by themselves. Of a call
    with somebody on no list, up to schema 7 there was the line alone."""
    return con.execute(
        "SELECT l.at, l.text, l.label, l.args, l.flagged, l.event_id, e.name AS event"
        " FROM log_person p"
        " JOIN log l ON l.id=p.log_id LEFT JOIN event e ON e.id=l.event_id"
        " WHERE p.person_id=? AND l.source NOT IN ('lead', 'material')"
        " AND (l.source<>'call' OR (l.event_id IS NULL AND NOT EXISTS"
        "  (SELECT 1 FROM touch t WHERE t.person_id=p.person_id AND t.at=l.at))) ORDER BY l.at",
        (person_id,),
    ).fetchall()


def follow_ups(con: sqlite3.Connection, person_id: int) -> list[sqlite3.Row]:
    return con.execute(
        "SELECT f.text, f.due_at, f.done_at, f.event_id, e.name AS event FROM follow_up f"
        " LEFT JOIN event e ON e.id=f.event_id WHERE f.person_id=? OR f.log_id IN"
        " (SELECT log_id FROM log_person WHERE person_id=?) ORDER BY f.due_at",
        (person_id, person_id),
    ).fetchall()
