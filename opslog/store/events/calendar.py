"""What goes into a calendar, and what it was last told (``calendar_entry``)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from uuid import UUID

_TOLD = "uid, event_id, starts_at, ends_at, sequence, changed_at, mark"

# The newest change that stands, of a row of some table.
_CHANGED = (
    "(SELECT max(change.at) FROM change_row JOIN change ON change.id=change_row.change_id"
    " WHERE change_row.tbl='{table}' AND change_row.row_id={table}.id AND change.state='done')"
)
_EVENT_CHANGED = f"coalesce({_CHANGED.format(table='event')}, event.created_at)"


def identity(con: sqlite3.Connection) -> UUID:
    """Who this file is: no two have names for calendars in common."""
    return UUID(con.execute("SELECT id FROM file_identity").fetchone()["id"])


def events(con: sqlite3.Connection, event_id: int | None) -> sqlite3.Cursor:
    """One event or all; ``changed_at`` is when it last changed."""
    return con.execute(
        f"SELECT *, {_EVENT_CHANGED} AS changed_at FROM event"
        " WHERE ?1 IS NULL OR id=?1 ORDER BY starts_at, id",
        (event_id,),
    )


def steps(con: sqlite3.Connection, event_id: int | None) -> sqlite3.Cursor:
    """Every step of one event's plan or of all, also of cancelled events and of plans of the
    operator's own; ``changed_at`` is when it or its event last changed."""
    own, routine = _CHANGED.format(table="step"), _CHANGED.format(table="routine")
    return con.execute(
        "SELECT step.*, coalesce(event.name, routine.name) AS event,"
        " coalesce(event.cancelled_at, routine.ended_at, routine.paused_at) IS NOT NULL AS off,"
        f" max(coalesce({own}, ''), coalesce({_EVENT_CHANGED}, ''),"
        f" coalesce({routine}, routine.created_at, '')) AS changed_at"
        " FROM step_shown step JOIN plan ON plan.id=step.plan_id"
        " LEFT JOIN event ON event.id=plan.event_id"
        " LEFT JOIN routine ON routine.id=plan.routine_id WHERE ?1 IS NULL OR event.id=?1"
        " ORDER BY event.id IS NULL, event.starts_at, event.id, step.due_at, step.id",
        (event_id,),
    )


def stops(con: sqlite3.Connection, event_id: int | None) -> sqlite3.Cursor:
    """The stops of one event or of all, dropped ones too; ``changed_at`` as of steps."""
    own = _CHANGED.format(table="stop")
    return con.execute(
        "SELECT stop.*, event.name AS event, event.cancelled_at IS NOT NULL AS off,"
        f" max(coalesce({own}, ''), {_EVENT_CHANGED}) AS changed_at"
        " FROM stop JOIN event ON event.id=stop.event_id WHERE ?1 IS NULL OR event.id=?1"
        " ORDER BY event.starts_at, event.id, stop.starts_at, stop.id",
        (event_id,),
    )


def told(con: sqlite3.Connection, event_id: int | None) -> dict[str, sqlite3.Row]:
    """What calendars were last told of one event and its plan, or of all, by uid."""
    rows = con.execute(
        "SELECT * FROM calendar_entry WHERE ?1 IS NULL OR event_id=?1 ORDER BY starts_at, uid",
        (event_id,),
    )
    return {row["uid"]: row for row in rows}


def tell(con: sqlite3.Connection, values: tuple[str, int, str, str, int, str, str]) -> None:
    """``values`` are a row of calendar_entry, in the order of its columns."""
    con.execute(
        f"INSERT OR REPLACE INTO calendar_entry({_TOLD}) VALUES (?,?,?,?,?,?,?)",
        values,
    )


def every(con: sqlite3.Connection) -> list[tuple[object, ...]]:
    """What calendars were told of all events."""
    return [tuple(row) for row in con.execute(f"SELECT {_TOLD} FROM calendar_entry")]


def take_over(con: sqlite3.Connection, rows: Iterable[tuple[object, ...]]) -> None:
    """What another file told calendars, where it was told later: a revision never goes back."""
    con.executemany(
        f"INSERT INTO calendar_entry({_TOLD}) VALUES (?,?,?,?,?,?,?) ON CONFLICT(uid) DO UPDATE SET"
        " (event_id, starts_at, ends_at, sequence, changed_at, mark) ="
        " (excluded.event_id, excluded.starts_at, excluded.ends_at, excluded.sequence,"
        " excluded.changed_at, excluded.mark) WHERE excluded.sequence > sequence",
        rows,
    )


def forget(con: sqlite3.Connection, uid: str) -> None:
    con.execute("DELETE FROM calendar_entry WHERE uid=?", (uid,))
