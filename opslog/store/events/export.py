"""Plans as they leave in files, a row at a time; checklists are JSON arrays."""

from __future__ import annotations

import sqlite3


def steps(con: sqlite3.Connection, event_id: int | None) -> sqlite3.Cursor:
    """The plan of one event, or of all that are not cancelled."""
    return con.execute(
        "SELECT step.*, event.name AS event,"
        " (SELECT json_group_array(json_object('title', title, 'title_en', title_en,"
        "   'done', done_at IS NOT NULL, 'answer', answer)) FROM"
        "  (SELECT * FROM check_item WHERE step_id=step.id ORDER BY id)) AS items"
        " FROM step_shown step JOIN event ON event.id=step.event_id"
        " WHERE event.id=?1 OR (?1 IS NULL AND event.cancelled_at IS NULL)"
        " ORDER BY event.starts_at, event.id, step.due_at, step.id",
        (event_id,),
    )
