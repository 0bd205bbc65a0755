"""The rows behind the numbers of a review."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from opslog.store.db.listed import IN_LIST, listed
from opslog.store.reports.ledger import NAME


def people(con: sqlite3.Connection, event_id: int, ids: Sequence[int]) -> list[sqlite3.Row]:
    """Who they are, by when they signed up; who did not, by when they were first known."""
    return con.execute(
        f"SELECT p.id, {NAME}, p.company, p.erased_at, coalesce((SELECT coalesce(c.signed_up_at,"
        "   r.created_at) FROM signup r JOIN card c ON c.roster_id=r.id"
        "   WHERE r.event_id=?2 AND c.person_id=p.id), p.created_at) AS at"
        f" FROM person p WHERE p.id {IN_LIST.replace('?', '?1')} ORDER BY 5, 1",
        (listed(ids), event_id),
    ).fetchall()


def states(con: sqlite3.Connection, leads: Sequence[int]) -> list[int]:
    """The states that hold of some leads."""
    rows = con.execute(
        f"SELECT max(id) FROM handover_state WHERE handover_id {IN_LIST} GROUP BY handover_id",
        (listed(leads),),
    )
    return [row[0] for row in rows]
