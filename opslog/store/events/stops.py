"""The stops of events, and what each brought."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.events.stops import Stop
from opslog.store.db.listed import IN_LIST, listed

_WRITTEN = "event_id, place, starts_at, ends_at, note, state, why, fallback, venue"


def of(con: sqlite3.Connection, event_id: int) -> list[Stop]:
    """In order of time."""
    rows = con.execute(
        f"SELECT id, {_WRITTEN} FROM stop WHERE event_id=? ORDER BY starts_at, id", (event_id,)
    )
    return [_stop(row) for row in rows]


def of_events(con: sqlite3.Connection, event_ids: Iterable[int]) -> list[Stop]:
    """Those of all these events, in order of time."""
    rows = con.execute(
        f"SELECT id, {_WRITTEN} FROM stop WHERE event_id {IN_LIST} ORDER BY starts_at, id",
        (listed(event_ids),),
    )
    return [_stop(row) for row in rows]


def get(con: sqlite3.Connection, stop_id: int) -> Stop | None:
    row = con.execute(f"SELECT id, {_WRITTEN} FROM stop WHERE id=?", (stop_id,)).fetchone()
    return None if row is None else _stop(row)


def on(con: sqlite3.Connection, event_id: int, first: datetime, last: datetime) -> int | None:
    """The stop that is on between two instants, of several the latest; None where none is."""
    row = con.execute(
        "SELECT id FROM stop WHERE event_id=? AND state<>'dropped' AND starts_at<=? AND ends_at>=?"
        " ORDER BY starts_at DESC, id DESC LIMIT 1",
        (event_id, instant_text(last), instant_text(first)),
    ).fetchone()
    return None if row is None else int(row[0])


def insert(con: sqlite3.Connection, one: Stop) -> int:
    cursor = con.execute(f"INSERT INTO stop({_WRITTEN}) VALUES (?,?,?,?,?,?,?,?,?)", _values(one))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def update(con: sqlite3.Connection, one: Stop) -> None:
    con.execute(
        f"UPDATE stop SET ({_WRITTEN})=(?,?,?,?,?,?,?,?,?) WHERE id=?", (*_values(one), one.id)
    )


def rename(con: sqlite3.Connection, old: Stop, new: Stop) -> None:
    """Its steps are called by its new place."""
    con.execute(
        "UPDATE step SET title=replace(title, ?1, ?2), title_en=replace(title_en, ?3, ?4)"
        " WHERE stop_id=?5 AND instr(title, ?1)=1",
        (f"{old.place}：", f"{new.place}：", f"{old.place}: ", f"{new.place}: ", old.id),
    )


def tallies(con: sqlite3.Connection, event_id: int) -> dict[int, dict[str, float]]:
    """Stop -> what it brought, by measure."""
    found: dict[int, dict[str, float]] = defaultdict(dict)
    for row in con.execute(
        "SELECT t.stop_id, t.measure, t.value FROM tally t JOIN stop s ON s.id=t.stop_id"
        " WHERE s.event_id=? ORDER BY t.id",
        (event_id,),
    ):
        found[row[0]][row[1]] = row[2]
    return found


def put_tally(con: sqlite3.Connection, stop_id: int, measure: str, value: float | None) -> None:
    """None takes it out."""
    if value is None:
        con.execute("DELETE FROM tally WHERE stop_id=? AND measure=?", (stop_id, measure))
        return
    con.execute(
        "INSERT INTO tally(stop_id, measure, value) VALUES (?,?,?)"
        " ON CONFLICT(stop_id, measure) DO UPDATE SET value=excluded.value",
        (stop_id, measure, value),
    )


def _values(one: Stop) -> tuple[object, ...]:
    return (
        *(one.event_id, one.place, instant_text(one.starts_at), instant_text(one.ends_at)),
        *(one.note, one.state, one.why, one.fallback, one.venue),
    )


def _stop(row: sqlite3.Row) -> Stop:
    return Stop(
        *(row["id"], row["event_id"], row["place"]),
        *(instant_of(row["starts_at"]), instant_of(row["ends_at"])),
        *(row["note"], row["state"], row["why"], row["fallback"], row["venue"]),
    )
