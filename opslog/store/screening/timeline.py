"""What was decided about a person, for their time line."""

from __future__ import annotations

import sqlite3


def decisions(con: sqlite3.Connection, person_id: int) -> list[sqlite3.Row]:
    """Every entry of the ledger about a person, oldest first."""
    return con.execute(
        "SELECT d.id, d.verdict, d.reason, d.decided_by, d.at, n.number, e.event_id,"
        " e.name AS event FROM card c JOIN decision d ON d.card_id=c.id"
        " JOIN round n ON n.id=d.round_id"
        " JOIN occasion e ON e.roster_id=c.roster_id WHERE c.person_id=? ORDER BY d.id",
        (person_id,),
    ).fetchall()
