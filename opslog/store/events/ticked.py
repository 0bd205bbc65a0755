"""Steps that name their evidence: ticked off by hand, or still to be done; each start asks."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from opslog.domain.base.clock import instant_of
from opslog.store.events.plans import OF_EVENT


def open_step(
    con: sqlite3.Connection, event_id: int, stop_id: int | None, evidence: str
) -> int | None:
    """The step of an event's plan that is not done yet and names this evidence, that of the stop
    before that of the whole; None where there is none."""
    row = con.execute(
        f"SELECT id FROM step WHERE plan_id={OF_EVENT} AND evidence=? AND state<>'done'"
        " AND (stop_id IS NULL OR stop_id=?) ORDER BY stop_id IS NULL, id",
        (event_id, evidence, stop_id),
    ).fetchone()
    return None if row is None else int(row[0])


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
