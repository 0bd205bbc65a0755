"""The rows of follow-ups: what a line of the log asks to come back to, and tasks of one's own."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.daybook.lines import FollowUp, Named
from opslog.store.db.listed import IN_LIST, listed

_EACH = (
    "SELECT f.id, f.log_id, f.text, f.due_at, f.timed, f.done_at, f.snoozed_until, f.event_id,"
    " e.name AS event, f.person_id, p.name AS person, f.note,"
    " coalesce(l.flagged, f.flagged) AS flagged"
    " FROM follow_up f LEFT JOIN event e ON e.id = f.event_id"
    " LEFT JOIN person p ON p.id = f.person_id LEFT JOIN log l ON l.id = f.log_id"
)


# -- writing -------------------------------------------------------------------


def insert(
    con: sqlite3.Connection,
    *,
    log_id: int | None,
    text: str,
    due: datetime,
    timed: bool,
    event_id: int | None,
    person_id: int | None,
    flagged: bool = False,
) -> int:
    cursor = con.execute(
        "INSERT INTO follow_up(log_id, text, due_at, timed, event_id, person_id, flagged)"
        " VALUES (?,?,?,?,?,?,?)",
        (log_id, text, instant_text(due), timed, event_id, person_id, flagged),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def update(
    con: sqlite3.Connection,
    before: FollowUp,
    *,
    text: str,
    due: datetime,
    timed: bool,
    event_id: int | None,
    person_id: int | None,
) -> None:
    """Make it what its line says now; nothing is written where it says that already."""
    then = (
        before.text,
        instant_text(before.due),
        before.timed,
        before.event.id if before.event else None,
        before.person.id if before.person else None,
    )
    now = (text, instant_text(due), timed, event_id, person_id)
    if now != then:
        con.execute(
            "UPDATE follow_up SET text=?, due_at=?, timed=?, event_id=?, person_id=? WHERE id=?",
            (*now, before.id),
        )


def update_task(
    con: sqlite3.Connection,
    task_id: int,
    *,
    text: str,
    due: datetime,
    timed: bool,
    event_id: int | None,
    person_id: int | None,
    flagged: bool,
) -> None:
    """Make a task what its words say; it is put off no more."""
    con.execute(
        "UPDATE follow_up SET text=?, due_at=?, timed=?, event_id=?, person_id=?, flagged=?,"
        " snoozed_until=NULL WHERE id=?",
        (text, instant_text(due), timed, event_id, person_id, flagged, task_id),
    )


def delete(con: sqlite3.Connection, follow_up_id: int) -> None:
    con.execute("DELETE FROM follow_up WHERE id=?", (follow_up_id,))


def finish(con: sqlite3.Connection, follow_up_id: int, at: datetime) -> None:
    con.execute(
        "UPDATE follow_up SET done_at=?, snoozed_until=NULL WHERE id=?",
        (instant_text(at), follow_up_id),
    )


def reopen(con: sqlite3.Connection, follow_up_id: int) -> None:
    con.execute("UPDATE follow_up SET done_at=NULL WHERE id=?", (follow_up_id,))


def move(con: sqlite3.Connection, follow_up_id: int, due: datetime, timed: bool) -> None:
    """Due then, and put off no more."""
    con.execute(
        "UPDATE follow_up SET due_at=?, timed=?, snoozed_until=NULL WHERE id=?",
        (instant_text(due), timed, follow_up_id),
    )


def snooze(con: sqlite3.Connection, follow_up_id: int, until: datetime) -> None:
    con.execute(
        "UPDATE follow_up SET snoozed_until=? WHERE id=?", (instant_text(until), follow_up_id)
    )


def set_note(con: sqlite3.Connection, follow_up_id: int, note: str) -> None:
    con.execute("UPDATE follow_up SET note=? WHERE id=?", (note, follow_up_id))


def set_flagged(con: sqlite3.Connection, follow_up_id: int, flagged: bool) -> None:
    con.execute("UPDATE follow_up SET flagged=? WHERE id=?", (flagged, follow_up_id))


def finish_calls(
    con: sqlite3.Connection, person_id: int, event_id: int | None, at: datetime
) -> None:
    """Somebody was called: the follow-ups that earlier calls about the same set a time for are
    done."""
    con.execute(
        "UPDATE follow_up SET done_at=?, snoozed_until=NULL WHERE person_id=? AND event_id IS ?"
        " AND timed AND done_at IS NULL AND log_id IN (SELECT id FROM log WHERE source='call')",
        (instant_text(at), person_id, event_id),
    )


def finish_passing_on(con: sqlite3.Connection, person_id: int, at: datetime) -> None:
    """Somebody was passed on: the follow-ups of calls that asked for it are done."""
    con.execute(
        "UPDATE follow_up SET done_at=?, snoozed_until=NULL WHERE person_id=? AND NOT timed"
        " AND done_at IS NULL AND log_id IN (SELECT id FROM log WHERE source='call')",
        (instant_text(at), person_id),
    )


def promised_calls(con: sqlite3.Connection, person_id: int) -> dict[int, datetime]:
    """Follow-up → when somebody on no list was promised another call."""
    rows = con.execute(
        "SELECT id, due_at FROM follow_up WHERE person_id=? AND timed AND done_at IS NULL"
        " AND log_id IN (SELECT id FROM log WHERE source='call') ORDER BY due_at",
        (person_id,),
    )
    return {row[0]: instant_of(row[1]) for row in rows}


# -- reading -------------------------------------------------------------------


def get(con: sqlite3.Connection, follow_up_id: int) -> FollowUp | None:
    return next(_found(con, "f.id = ?", [follow_up_id]), None)


def waiting(con: sqlite3.Connection, now: datetime) -> list[FollowUp]:
    """What waits and is not snoozed, the earliest first."""
    condition = "f.done_at IS NULL AND (f.snoozed_until IS NULL OR f.snoozed_until <= ?)"
    return list(_found(con, condition, [instant_text(now)]))


def of_lines(con: sqlite3.Connection, log_ids: Sequence[int]) -> dict[int | None, list[FollowUp]]:
    """Those of each of these lines, the earliest first."""
    found: dict[int | None, list[FollowUp]] = defaultdict(list)
    for one in _found(con, f"f.log_id {IN_LIST}", [listed(log_ids)]):
        found[one.log_id].append(one)
    return found


def _found(con: sqlite3.Connection, condition: str, values: Sequence[object]) -> Iterator[FollowUp]:
    for row in con.execute(f"{_EACH} WHERE {condition} ORDER BY f.due_at, f.id", values):
        yield FollowUp(
            id=row["id"],
            log_id=row["log_id"],
            text=row["text"],
            due=instant_of(row["due_at"]),
            timed=bool(row["timed"]),
            done_at=instant_of(row["done_at"]) if row["done_at"] else None,
            snoozed_until=instant_of(row["snoozed_until"]) if row["snoozed_until"] else None,
            event=named(row["event_id"], row["event"]),
            person=named(row["person_id"], row["person"]),
            flagged=bool(row["flagged"]),
            note=row["note"],
        )


def named(id: int | None, name: str | None) -> Named | None:
    """Whom or what a row names; None where nothing."""
    return None if id is None else Named(id, name or "")
