"""What was removed from plans: their rows are gone, the journal knows them."""

from __future__ import annotations

import sqlite3

from opslog.store.events.plans import OF_EVENT


def keys_of(con: sqlite3.Connection, event_id: int, stop_id: int | None = None) -> set[str]:
    """The keys of steps that were removed from the plan of an event as a whole, or of a stop of it,
    as the journal knows them."""
    rows = con.execute(
        "SELECT json_extract(r.image, '$.key') FROM change_row r JOIN change c ON c.id=r.change_id"
        " WHERE r.tbl='step' AND r.op='D' AND c.state IN ('done', 'final')"
        f" AND json_extract(r.image, '$.plan_id')={OF_EVENT}"
        " AND json_extract(r.image, '$.stop_id') IS ?",
        (event_id, stop_id),
    )
    return {row[0] for row in rows}
