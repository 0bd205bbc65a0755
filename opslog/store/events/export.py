"""Plans as they leave in files, a row at a time; checklists are JSON arrays."""

from __future__ import annotations

import sqlite3

from opslog.store.events.plans import GOES_ON, OCCASION


def steps(con: sqlite3.Connection, event_id: int | None) -> sqlite3.Cursor:
    """The plan of one event, or of all that are not cancelled, and those of the operator's own."""
    return con.execute(
        "SELECT s.*, coalesce(e.name, r.name) AS event,"
        " (SELECT json_group_array(json_object('title', title, 'title_en', title_en,"
        "   'done', done_at IS NOT NULL, 'answer', answer)) FROM"
        "  (SELECT * FROM check_item WHERE step_id=s.id ORDER BY id)) AS items"
        f" FROM step_shown s {OCCASION} WHERE e.id=?1 OR (?1 IS NULL AND {GOES_ON})"
        " ORDER BY e.id IS NULL, e.starts_at, e.id, r.id, s.due_at, s.id",
        (event_id,),
    )
