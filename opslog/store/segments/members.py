"""Who is on a list, with how they stand there and what calls and messages brought."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from opslog.store.people.met import PRESENT


class Member(NamedTuple):
    """Somebody on a list. ``verdict`` is the present one, '' none; ``came`` None: not marked;
    ``replaced``: somebody came, or will come, instead."""

    card_id: int
    person_id: int
    state: str
    verdict: str
    came: bool | None
    replaced: bool


class Attempt(NamedTuple):
    """A call or message about a list."""

    person_id: int
    purpose: str
    lane: str
    outcome: str
    reason: str
    id: int


def members(con: sqlite3.Connection, roster_id: int) -> list[Member]:
    """Everybody on a list who was not erased, in its order."""
    rows = con.execute(
        f"SELECT c.id, c.person_id, c.state, coalesce(substr({PRESENT}, 1, 4), ''), c.attended,"
        " EXISTS (SELECT 1 FROM card o WHERE o.instead_of=c.id)"
        " FROM card c JOIN person_shown p ON p.id=c.person_id WHERE c.roster_id=? ORDER BY c.id",
        (roster_id,),
    )
    return [
        Member(
            row[0], row[1], row[2], row[3], None if row[4] is None else bool(row[4]), bool(row[5])
        )
        for row in rows
    ]


def attempts(con: sqlite3.Connection, roster_id: int) -> list[Attempt]:
    """Of everybody on a list those about it, or about its event without a list, oldest first."""
    rows = con.execute(
        "SELECT t.person_id, t.purpose, t.lane, t.outcome, t.reason, t.id FROM roster r"
        " JOIN card c ON c.roster_id=r.id JOIN touch t ON t.person_id=c.person_id"
        " WHERE r.id=? AND (t.card_id=c.id OR (t.card_id IS NULL AND t.event_id=r.event_id))"
        " ORDER BY t.at, t.id",
        (roster_id,),
    )
    return [Attempt(*row) for row in rows]


def event_of(con: sqlite3.Connection, roster_id: int) -> tuple[str, int | None]:
    """Of which kind a list is, and which event it is of; '' where there is no such list."""
    row = con.execute("SELECT kind, event_id FROM roster WHERE id=?", (roster_id,)).fetchone()
    return ("", None) if row is None else (row["kind"], row["event_id"])
