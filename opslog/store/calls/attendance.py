"""Who is expected at an event, and who came."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from opslog.domain.calls.outcomes import REMINDER
from opslog.store.calls.conditions import NOT_REMINDED, dropped, flag


@dataclass(frozen=True, slots=True)
class Invited:
    """A card with its newest reminder ('' none), for forecast and attendance."""

    card_id: int
    person_id: int
    person: str
    company: str
    phone: str
    attended: bool | None
    state: str
    dropped: bool
    lane: str
    outcome: str
    guests: int


def invited(con: sqlite3.Connection, event_id: int) -> list[Invited]:
    """Everybody on an event's list, in the order they came in."""
    rows = con.execute(
        "SELECT c.id, c.person_id, p.name, p.company, p.phone, c.attended,"
        " c.state, c.guests,"
        f" {NOT_REMINDED} AS dropped, coalesce(t.lane, '') AS lane,"
        " coalesce(t.outcome, '') AS outcome"
        " FROM signup r JOIN card c ON c.roster_id=r.id JOIN person p ON p.id=c.person_id"
        " LEFT JOIN touch t ON t.id=(SELECT max(id) FROM touch"
        "   WHERE card_id=c.id AND purpose='reminder')"
        " WHERE r.event_id=? ORDER BY c.id",
        (event_id,),
    )
    return [
        Invited(
            card_id=row["id"],
            person_id=row["person_id"],
            person=row["name"],
            company=row["company"],
            phone=row["phone"],
            attended=flag(row["attended"]),
            state=row["state"],
            dropped=bool(row["dropped"]),
            lane=row["lane"],
            outcome=row["outcome"],
            guests=row["guests"],
        )
        for row in rows
    ]


def reminded(con: sqlite3.Connection, event_id: int) -> list[tuple[str, int]]:
    """Newest reminder's outcome ('' none) and how many stand there, of those still invited, with
    whom they bring along."""
    rows = con.execute(
        f"{_REMINDED} AND c.state NOT IN ('waiting', 'withdrawn')"
        f" AND NOT {NOT_REMINDED} GROUP BY 1",
        (event_id,),
    )
    return [(row["outcome"], row["number"] + row["guests"]) for row in rows]


def newest_outcomes(con: sqlite3.Connection, event_id: int, purpose: str) -> dict[str, int]:
    """How many of those still in stand at which newest outcome of a purpose, '' not called."""
    reminder = purpose == REMINDER
    invited = " AND c.state NOT IN ('waiting', 'withdrawn')" if reminder else ""
    rows = con.execute(
        "SELECT coalesce((SELECT t.outcome FROM touch t WHERE t.card_id=c.id AND t.purpose=?"
        "  ORDER BY t.id DESC LIMIT 1), '') AS outcome, count(*)"
        " FROM signup r JOIN card c ON c.roster_id=r.id JOIN person p ON p.id=c.person_id"
        f" WHERE r.event_id=?{invited} AND p.erased_at IS NULL AND NOT {dropped(reminder=reminder)}"
        " GROUP BY 1",
        (purpose, event_id),
    )
    return dict(rows.fetchall())


def attended(con: sqlite3.Connection, event_id: int) -> list[tuple[str, bool | None, int]]:
    """Newest reminder's outcome, whether they came, and how many; everybody on the list."""
    rows = con.execute(f"{_REMINDED} GROUP BY 1, 2", (event_id,))
    return [(row["outcome"], flag(row["attended"]), row["number"]) for row in rows]


_REMINDED = """SELECT coalesce((SELECT t.outcome FROM touch t WHERE t.card_id=c.id
    AND t.purpose='reminder' ORDER BY t.id DESC LIMIT 1), '') AS outcome,
  c.attended, count(*) AS number, sum(c.guests) AS guests
  FROM signup r JOIN card c ON c.roster_id=r.id WHERE r.event_id=?"""
