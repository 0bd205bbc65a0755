"""What was decided about a person, for their time line."""

from __future__ import annotations

import sqlite3

from opslog.store.rosters.occasions import OF_CARDS


def decisions(con: sqlite3.Connection, person_id: int) -> list[sqlite3.Row]:
    """Every entry of the ledger about a person, oldest first."""
    return con.execute(
        "SELECT d.id, d.verdict, d.reason, d.decided_by, d.at, n.number, e.event_id,"
        " e.name AS event FROM card c JOIN decision d ON d.card_id=c.id"
        " JOIN round n ON n.id=d.round_id"
        f" JOIN {OF_CARDS} e WHERE e.card_id=c.id AND c.person_id=? ORDER BY d.id",
        (person_id,),
    ).fetchall()
