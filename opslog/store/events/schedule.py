"""Events and steps by days, over all plans but those of cancelled events."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from opslog.domain.base.clock import instant_text
from opslog.domain.events.events import PlanLine
from opslog.store.events.events import plan_line


def events(con: sqlite3.Connection, first: datetime, end: datetime) -> list[int]:
    """Those that take place between two moments, by when they start."""
    rows = con.execute(
        "SELECT id FROM event WHERE cancelled_at IS NULL AND starts_at < :end"
        " AND (ends_at > :first OR starts_at >= :first) ORDER BY starts_at, id",
        _between(first, end),
    )
    return [row["id"] for row in rows]


def after(con: sqlite3.Connection, moment: datetime, most: int) -> list[int]:
    """The next events that start at or after a moment."""
    rows = con.execute(
        "SELECT id FROM event WHERE cancelled_at IS NULL AND starts_at >= ?"
        " ORDER BY starts_at, id LIMIT ?",
        (instant_text(moment), most),
    )
    return [row["id"] for row in rows]


def steps(con: sqlite3.Connection, first: datetime, end: datetime, now: datetime) -> list[PlanLine]:
    """Those due between two moments, in order of time, without their checklists; none that was
    given up."""
    rows = con.execute(
        "SELECT s.* FROM step_shown s JOIN event e ON e.id=s.event_id"
        # By the index over state and due_at: the states are those of step_shown but for dropped.
        " WHERE s.id IN (SELECT id FROM step WHERE due_at >= :first AND due_at < :end"
        " AND state IN ('floating', 'pinned', 'done', 'missed'))"
        " AND e.cancelled_at IS NULL ORDER BY s.due_at, s.id",
        _between(first, end),
    )
    return [plan_line(row, now, ()) for row in rows]


def _between(first: datetime, end: datetime) -> dict[str, str]:
    return {"first": instant_text(first), "end": instant_text(end)}
