"""What the items of an event were to cost, and did."""

from __future__ import annotations

import sqlite3

from opslog.domain.reviews.results.worth import Cost


def of(con: sqlite3.Connection, event_id: int) -> list[Cost]:
    """In the order they were entered."""
    rows = con.execute(
        "SELECT item, planned_cents, spent_cents FROM cost WHERE event_id=? ORDER BY id",
        (event_id,),
    )
    return [Cost(*row) for row in rows]


def insert(con: sqlite3.Connection, event_id: int, cost: Cost) -> None:
    con.execute(
        "INSERT INTO cost(event_id, item, planned_cents, spent_cents) VALUES (?,?,?,?)",
        (event_id, *cost),
    )


def update(con: sqlite3.Connection, event_id: int, item: str, cost: Cost) -> None:
    """``item``: as it was called so far."""
    con.execute(
        "UPDATE cost SET item=?, planned_cents=?, spent_cents=? WHERE event_id=? AND item=?",
        (*cost, event_id, item),
    )


def delete(con: sqlite3.Connection, event_id: int, item: str) -> None:
    con.execute("DELETE FROM cost WHERE event_id=? AND item=?", (event_id, item))
