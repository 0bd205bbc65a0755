"""Plans of the operator's own and their turns; no row is looked for at a start that is not due."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.events.events import PlanLine
from opslog.domain.events.plans.routines import Routine, Turn
from opslog.store.events.events import insert_into

_NEWEST = "(SELECT id FROM plan WHERE routine_id=r.id ORDER BY anchor DESC LIMIT 1)"
_ROWS = (
    "SELECT r.*, p.id AS plan_id, p.anchor, p.next_on, p.missed, p.version"
    f" FROM routine r LEFT JOIN plan p ON p.id={_NEWEST}"
)


def every(con: sqlite3.Connection) -> list[Routine]:
    """Those that go on first, then paused ones, then what was ended."""
    rows = con.execute(
        f"{_ROWS} ORDER BY r.ended_at IS NOT NULL, r.paused_at IS NOT NULL, p.next_on='',"
        " p.next_on, r.id"
    )
    return [_routine(row) for row in rows]


def get(con: sqlite3.Connection, routine_id: int) -> Routine | None:
    row = con.execute(f"{_ROWS} WHERE r.id=?", (routine_id,)).fetchone()
    return None if row is None else _routine(row)


def of_plan(con: sqlite3.Connection, plan_id: int) -> Routine | None:
    """Whose turn a plan is; None for the plan of an event."""
    row = con.execute(
        f"{_ROWS} WHERE r.id=(SELECT routine_id FROM plan WHERE id=?)", (plan_id,)
    ).fetchone()
    return None if row is None else _routine(row)


def undone(con: sqlite3.Connection, routine_id: int, anchor: date) -> bool:
    """Whether this turn was made before, and taken back."""
    row = con.execute(
        "SELECT 1 FROM change_row y JOIN change c ON c.id=y.change_id AND c.state<>'done'"
        " WHERE y.tbl='plan' AND json_extract(y.image, '$.routine_id')=?"
        " AND json_extract(y.image, '$.anchor')=?",
        (routine_id, anchor.isoformat()),
    ).fetchone()
    return row is not None


def insert(con: sqlite3.Connection, routine: Routine, now: datetime) -> int:
    cursor = con.execute(
        "INSERT INTO routine(name, playbook, starts_on, every, until, since, created_at)"
        " VALUES (?,?,?,?,?,?,?)",
        (*_values(routine), instant_text(now)),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def update(con: sqlite3.Connection, routine: Routine) -> None:
    con.execute(
        "UPDATE routine SET name=?, playbook=?, starts_on=?, every=?, until=?, since=?,"
        " paused_at=?, ended_at=? WHERE id=?",
        (*_values(routine), *map(_text, (routine.paused_at, routine.ended_at)), routine.id),
    )


def insert_turn(
    con: sqlite3.Connection, routine_id: int, turn: Turn, lines: Sequence[PlanLine]
) -> int:
    """A turn with its steps; its id."""
    cursor = con.execute(
        "INSERT INTO plan(routine_id, anchor, next_on, missed, version) VALUES (?,?,?,?,?)",
        (routine_id, turn.anchor.isoformat(), _day(turn.next_on), turn.missed, turn.version),
    )
    assert cursor.lastrowid is not None
    for line in lines:
        insert_into(con, cursor.lastrowid, line)
    return cursor.lastrowid


def delete_turn(con: sqlite3.Connection, plan_id: int) -> None:
    """A turn of which nothing was done, with its steps."""
    steps = "SELECT id FROM step WHERE plan_id=?"
    con.execute(f"DELETE FROM check_item WHERE step_id IN ({steps})", (plan_id,))
    con.execute("DELETE FROM step WHERE plan_id=?", (plan_id,))
    con.execute("DELETE FROM plan WHERE id=?", (plan_id,))


def set_next(con: sqlite3.Connection, plan_id: int, next_on: date | None) -> None:
    con.execute("UPDATE plan SET next_on=? WHERE id=?", (_day(next_on), plan_id))


def _values(routine: Routine) -> tuple[str, ...]:
    return (
        routine.name,
        routine.playbook,
        routine.starts_on.isoformat(),
        routine.every,
        _day(routine.until),
        routine.since.isoformat(),
    )


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _text(instant: datetime | None) -> str | None:
    return None if instant is None else instant_text(instant)


def _routine(row: sqlite3.Row) -> Routine:
    turn = None
    if row["plan_id"] is not None:
        days = (date.fromisoformat(row["anchor"]), _read_day(row["next_on"]))
        turn = Turn(row["plan_id"], *days, row["missed"], row["version"])
    paused, ended = (row[name] and instant_of(row[name]) for name in ("paused_at", "ended_at"))
    return Routine(
        row["id"],
        row["name"],
        row["playbook"],
        date.fromisoformat(row["starts_on"]),
        row["every"],
        _read_day(row["until"]),
        date.fromisoformat(row["since"]),
        paused,
        ended,
        turn,
    )


def _read_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
