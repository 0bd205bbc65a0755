"""Who signed up for an event and has not got its tag."""

from __future__ import annotations

import sqlite3


def without(con: sqlite3.Connection, event_id: int) -> tuple[str, list[int]]:
    """The event's tag, and who signed up and lacks it; nobody where it has none."""
    tag = str(con.execute("SELECT tag FROM event WHERE id=?", (event_id,)).fetchone()[0]).strip()
    rows = con.execute(
        "SELECT c.person_id FROM signup s JOIN card c ON c.roster_id=s.id"
        " WHERE s.event_id=? AND ?<>'' AND c.state IN ('coming', 'unknown') AND NOT EXISTS"
        " (SELECT 1 FROM person_tag t WHERE t.person_id=c.person_id AND t.tag=?) ORDER BY c.id",
        (event_id, tag, tag),
    )
    return tag, [row[0] for row in rows]
