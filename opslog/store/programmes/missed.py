"""Messages that did not go on their day: as they were noted when a later one went, and those of
whom nothing is noted yet."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import NamedTuple

from opslog.store.programmes.enrolments import DUE


class Row(NamedTuple):
    """An enrolment that is due; days as they are kept."""

    id: int
    slot: str
    programme: str
    next_step: str
    started_on: str
    next_on: str


def noted(con: sqlite3.Connection, last: date, begins: str) -> list[tuple[int, str, str]]:
    """Enrolment, step and day of those passed over, due by a day and noted after an instant."""
    rows = con.execute(
        "SELECT enrolment_id, step, due_on FROM sending WHERE id>coalesce((SELECT id FROM sending"
        " INDEXED BY sending_sent WHERE state='sent' AND at<:begins ORDER BY at DESC LIMIT 1), 0)"
        " AND state='missed' AND at>=:begins AND due_on<=:last ORDER BY id",
        {"begins": begins, "last": last.isoformat()},
    )
    return [(row[0], row[1], row[2]) for row in rows]


def due(con: sqlite3.Connection, today: date, last: date) -> list[Row]:
    """Whoever is due today and whose next step was due on a day or before it."""
    rows = con.execute(
        "SELECT e.id, e.slot, e.programme, e.next_step, e.started_on, e.next_on FROM enrolment e"
        f" WHERE {DUE} AND e.next_on<=:last ORDER BY e.next_on, e.id",
        {"today": today.isoformat(), "last": last.isoformat()},
    )
    return [Row(*row) for row in rows]
