"""Plans: what each step belongs to, of an event or one turn of a routine."""

from __future__ import annotations

import sqlite3

# Of an event whose id follows: its plan.
OF_EVENT = "(SELECT id FROM plan WHERE event_id=?)"

# Of a step s: its plan p with the event e or the routine r.
OCCASION = (
    "JOIN plan p ON p.id=s.plan_id LEFT JOIN event e ON e.id=p.event_id"
    " LEFT JOIN routine r ON r.id=p.routine_id"
)
GOES_ON = "e.cancelled_at IS NULL AND r.ended_at IS NULL AND r.paused_at IS NULL"


def of_event(con: sqlite3.Connection, event_id: int) -> int:
    """Its plan, made with its first step."""
    row = con.execute("SELECT id FROM plan WHERE event_id=?", (event_id,)).fetchone()
    if row is not None:
        return int(row[0])
    made = con.execute("INSERT INTO plan(event_id) VALUES (?)", (event_id,)).lastrowid
    assert made is not None
    return made
