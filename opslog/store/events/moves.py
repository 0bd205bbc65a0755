"""The dates that events had before they were moved."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.events.moves import Move

# Of an attempt t: the date of its event that it was about, where the event has another one now.
# Of whoever comes to a stop (rosters.occasions.STOP), the stop's.
SAME_STOP = (
    "m.stop_id IS (SELECT coalesce(k.stop_id, l.stop_id) FROM card k"
    " JOIN roster l ON l.id=k.roster_id WHERE k.id=t.card_id)"
)
OTHER_DATE = (
    "(SELECT nullif(m.was, coalesce(s.starts_at, e.starts_at)) FROM event_move m"
    " JOIN event e ON e.id=m.event_id LEFT JOIN stop s ON s.id=m.stop_id"
    f" WHERE m.event_id=t.event_id AND m.touch>=t.id AND {SAME_STOP} ORDER BY m.id LIMIT 1)"
)


def of(con: sqlite3.Connection, event_id: int, stop_id: int | None = None) -> list[Move]:
    """Of the event, or of a stop of it; oldest first."""
    rows = con.execute(
        "SELECT was, touch, told, at FROM event_move WHERE event_id=? AND stop_id IS ? ORDER BY id",
        (event_id, stop_id),
    )
    return [
        Move(instant_of(row[0]), row[1], row[2], instant_of(row[3]) if row[3] else None)
        for row in rows
    ]


def newest(con: sqlite3.Connection, was: datetime) -> Move:
    """As a move would be written now, of an event that began at ``was``."""
    row = con.execute(
        "SELECT coalesce((SELECT max(id) FROM touch), 0), coalesce((SELECT max(id) FROM told), 0)"
    ).fetchone()
    return Move(was, row[0], row[1])


def put(
    con: sqlite3.Connection,
    event_id: int,
    was: datetime,
    at: datetime,
    stop_id: int | None = None,
) -> None:
    """What was said up to now (``at``) was of the date before, of an event or of a stop."""
    one = newest(con, was)
    con.execute(
        "INSERT INTO event_move(event_id, was, touch, told, at, stop_id) VALUES (?,?,?,?,?,?)",
        (event_id, instant_text(one.was), one.touch, one.told, instant_text(at), stop_id),
    )


def publish(con: sqlite3.Connection, steps: Iterable[int], starts_at: datetime) -> None:
    """What went out by these steps names this date now."""
    con.executemany(
        "UPDATE step SET published_for=? WHERE id=?",
        [(instant_text(starts_at), step_id) for step_id in steps],
    )


def moved(con: sqlite3.Connection, now: datetime) -> list[tuple[int, str, datetime]]:
    """Id, name and date of the events to come, or on, that were moved or have stops."""
    rows = con.execute(
        "SELECT id, name, starts_at FROM event WHERE ends_at>? AND cancelled_at IS NULL AND id IN"
        " (SELECT event_id FROM event_move UNION SELECT event_id FROM stop) ORDER BY starts_at, id",
        (instant_text(now),),
    )
    return [(row[0], row[1], instant_of(row[2])) for row in rows]
