"""What an event is, for whoever asks no more: without its plan, its people, its numbers."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_of, instant_text

_BASICS = "SELECT id, name, kind, list, starts_at, ends_at FROM event"


class Basics(NamedTuple):
    id: int
    name: str
    kind: str
    list: str
    starts_at: datetime
    ends_at: datetime


def of(con: sqlite3.Connection, event_id: int | None) -> Basics | None:
    """None where there is no such event, or it is gone."""
    row = con.execute(f"{_BASICS} WHERE id=?", (event_id,)).fetchone()
    return None if row is None else _basics(row)


def next_one(con: sqlite3.Connection, now: datetime) -> Basics | None:
    """The event that is on or comes next; None where none is planned."""
    row = con.execute(
        f"{_BASICS} WHERE cancelled_at IS NULL AND ends_at >= ? ORDER BY starts_at, id LIMIT 1",
        (instant_text(now),),
    ).fetchone()
    return None if row is None else _basics(row)


def tags(con: sqlite3.Connection) -> dict[int, str]:
    """The tags of the events that have one, by the event's id."""
    return {row[0]: row[1] for row in con.execute("SELECT id, tag FROM event WHERE tag<>''")}


def _basics(row: sqlite3.Row) -> Basics:
    id, name, kind, takes, starts_at, ends_at = row
    return Basics(id, name, kind, takes, instant_of(starts_at), instant_of(ends_at))
