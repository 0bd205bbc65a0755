"""Steps that name their evidence: ticked off by hand, or still to be done; each start asks."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from opslog.domain.base.clock import instant_of
from opslog.store.events.plans import OF_EVENT


def ticked(
    con: sqlite3.Connection, event_id: int, stop_id: int | None = None
) -> dict[str, datetime]:
    """Evidence of an event's plan → when the operator closed its step; ``stop_id``: of that stop
    or of the whole."""
    rows = con.execute(
        f"SELECT evidence, done_at FROM step WHERE plan_id={OF_EVENT} AND evidence<>''"
        " AND state='done' AND done_at IS NOT NULL AND (stop_id IS NULL OR stop_id=?)",
        (event_id, stop_id),
    )
    return {row["evidence"]: instant_of(row["done_at"]) for row in rows}


def owed(con: sqlite3.Connection, event_id: int, stop_id: int | None = None) -> dict[str, datetime]:
    """Evidence of an event's plan → when its step is due that is not done, of several the first;
    ``stop_id`` as in ``ticked``."""
    rows = con.execute(
        f"SELECT evidence, min(due_at) AS due_at FROM step WHERE plan_id={OF_EVENT}"
        " AND evidence<>'' AND state IN ('floating', 'pinned')"
        " AND (stop_id IS NULL OR stop_id=?) GROUP BY evidence",
        (event_id, stop_id),
    )
    return {row["evidence"]: instant_of(row["due_at"]) for row in rows}
