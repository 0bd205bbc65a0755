"""How a person was reached or not, for their time line."""

from __future__ import annotations

import sqlite3


def touches(con: sqlite3.Connection, person_id: int) -> list[sqlite3.Row]:
    """Every attempt to reach a person, oldest first."""
    return con.execute(
        "SELECT t.card_id, t.purpose, t.lane, t.outcome, t.reason, t.note, t.at,"
        " e.id AS event_id, e.name AS event"
        " FROM card c JOIN touch t ON t.card_id=c.id JOIN roster r ON r.id=c.roster_id"
        " JOIN event e ON e.id=r.event_id WHERE c.person_id=? ORDER BY t.id",
        (person_id,),
    ).fetchall()
