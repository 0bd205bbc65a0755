"""Single values of events, their steps and checklists, where one is changed alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime

from opslog.domain.base.clock import instant_text


def step(con: sqlite3.Connection, step_id: int, values: Mapping[str, object]) -> None:
    """By column: its words, channel, owner, lead time, note."""
    if values:
        sets = ", ".join(f"{name}=?" for name in values)
        con.execute(f"UPDATE step SET {sets} WHERE id=?", (*values.values(), step_id))


def snooze(con: sqlite3.Connection, step_id: int, until: datetime) -> None:
    step(con, step_id, {"snoozed_until": instant_text(until)})


def tick(con: sqlite3.Connection, item_id: int, at: datetime | None) -> None:
    """None: it is open again."""
    done_at = None if at is None else instant_text(at)
    con.execute("UPDATE check_item SET done_at=? WHERE id=?", (done_at, item_id))


def answer(con: sqlite3.Connection, item_id: int, text: str, at: datetime | None) -> None:
    done_at = None if at is None else instant_text(at)
    con.execute(
        "UPDATE check_item SET answer=?, done_at=? WHERE id=?",
        (text, done_at, item_id),
    )


def cancel(con: sqlite3.Connection, event_id: int, at: datetime) -> None:
    con.execute("UPDATE event SET cancelled_at=? WHERE id=?", (instant_text(at), event_id))


def figures(con: sqlite3.Connection, event_id: int, values: Mapping[str, int | None]) -> None:
    """``reach``, ``views`` and ``shares``."""
    con.execute(
        "UPDATE event SET reach=:reach, views=:views, shares=:shares WHERE id=:id",
        {**values, "id": event_id},
    )


def invited(con: sqlite3.Connection, uid: str) -> tuple[int, int] | None:
    """The event made from an invitation, newest first, and which version of it was taken in."""
    row = con.execute(
        "SELECT id, invited_sequence FROM event WHERE invited_uid=? ORDER BY id DESC LIMIT 1",
        (uid,),
    ).fetchone()
    return None if row is None else (row[0], row[1])


def set_invited(con: sqlite3.Connection, event_id: int, uid: str, sequence: int) -> None:
    con.execute(
        "UPDATE event SET invited_uid=?, invited_sequence=? WHERE id=?", (uid, sequence, event_id)
    )
