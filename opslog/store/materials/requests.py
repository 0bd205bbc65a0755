"""Requests of materials as rows: everybody on the list of such an event, with what is known."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from opslog.domain.base.clock import Clock, instant_of
from opslog.domain.materials.requests import COLUMNS, MATERIALS, REFUSED, Request
from opslog.domain.people.card import MAIL
from opslog.store.events import basics
from opslog.store.people.suppressed import barred

# Everybody who asked for materials, by the list of their event; nobody who took that back.
_FROM = (
    "FROM signup s JOIN card c ON c.roster_id=s.id JOIN event e ON e.id=s.event_id"
    " LEFT JOIN material_request q ON q.card_id=c.id"
)
_ASKED = "coalesce(nullif(q.asked_on, ''), c.signed_up_at) AS asked, e.starts_at"


def requests(
    con: sqlite3.Connection, clock: Clock, event_id: int | None = None, card_id: int | None = None
) -> list[Request]:
    """Of one event, one card, or all, in the order they came in; none of those who were erased."""
    rows = con.execute(
        "SELECT c.id AS card_id, c.person_id, p.name AS person, p.company, p.title, p.phone,"
        f" p.email, e.id AS event_id, e.name AS event, {_ASKED}, q.who, q.shown, q.verdict,"
        " q.reason, q.medium, q.watermark, q.address, q.use, q.sent_at, q.sent_by,"
        f" {barred('p', MAIL)} AS no_mail {_FROM} JOIN person_shown p ON p.id=c.person_id"
        " WHERE e.kind='materials' AND c.state<>'withdrawn'"
        " AND (?1 IS NULL OR e.id=?1) AND (?2 IS NULL OR c.id=?2) ORDER BY c.id",
        (event_id, card_id),
    )
    return [_request(row, clock) for row in rows]


def _request(row: sqlite3.Row, clock: Clock) -> Request:
    held = {*row.keys()} & {*Request._fields}
    found: dict[str, Any] = {name: row[name] or "" for name in held}
    sent_at = instant_of(row["sent_at"]) if row["sent_at"] else None
    found |= {"asked": _asked(row, clock), "sent_at": sent_at, "no_mail": bool(row["no_mail"])}
    return Request(**found)


def _asked(row: sqlite3.Row, clock: Clock) -> date:
    """The day they asked; nobody has it before it is out."""
    out = _day(row["starts_at"], clock)
    return max(_day(row["asked"], clock), out) if row["asked"] else out


def _day(text: str, clock: Clock) -> date:
    """Of an instant or a day."""
    if len(text) == len("YYYY-MM-DD"):
        return date.fromisoformat(text)
    return instant_of(text).astimezone(clock.zone).date()


def days(con: sqlite3.Connection, roster_id: int, clock: Clock) -> dict[int, date]:
    """The day that each who was not refused is followed up from, by card: when it was sent, else
    when they asked."""
    rows = con.execute(
        f"SELECT c.id, q.sent_at, {_ASKED} {_FROM} WHERE s.id=? AND c.state<>'withdrawn'"
        " AND coalesce(q.verdict, '')<>?",
        (roster_id, REFUSED),
    )
    known = dict[tuple[str, ...], date]()  # many asked at one moment

    def day(row: sqlite3.Row) -> date:
        told = row["sent_at"] or "", row["asked"] or "", row["starts_at"]
        if told not in known:
            known[told] = _day(told[0], clock) if told[0] else _asked(row, clock)
        return known[told]

    return {row["id"]: day(row) for row in rows}


def months(con: sqlite3.Connection, event_id: int) -> list[int]:
    """After how many months an event's people are followed up, by its plan: the evidence of its
    steps; of a plan made before there was such evidence, by their keys."""
    rows = con.execute(
        "SELECT DISTINCT s.evidence FROM plan p JOIN step s ON s.plan_id=p.id WHERE p.event_id=?1"
        " AND s.state<>'dropped' AND s.evidence GLOB 'followup-*'"
        " UNION SELECT 'followup-' || substr(s.key, 8) FROM plan p JOIN step s ON s.plan_id=p.id"
        " WHERE p.event_id=?1 AND s.state<>'dropped' AND s.evidence=''"
        " AND key IN ('follow-3', 'follow-6', 'follow-12')",
        (event_id,),
    )
    return sorted({int(row[0].rpartition("-")[2]) for row in rows})


def waiting(con: sqlite3.Connection) -> list[tuple[int, str, str, int, int]]:
    """Of each event that is out and has any: its number, name and start, and how many requests are
    to be sent and to be decided."""
    rows = con.execute(
        "SELECT e.id, e.name, e.starts_at, sum(coalesce(q.verdict, '')='allowed'),"
        f" sum(coalesce(q.verdict, '')='') {_FROM}"
        " CROSS JOIN person_shown p ON p.id=c.person_id WHERE e.kind='materials'"
        " AND e.cancelled_at IS NULL AND c.state<>'withdrawn' AND q.sent_at IS NULL"
        " AND coalesce(q.verdict, '') IN ('', 'allowed') GROUP BY e.id ORDER BY e.starts_at"
    )
    return [tuple(row) for row in rows]


def of_person(con: sqlite3.Connection, person_id: int) -> Sequence[sqlite3.Row]:
    """What was decided and sent of somebody's requests."""
    return con.execute(
        "SELECT q.*, e.name AS event FROM material_request q JOIN card c ON c.id=q.card_id"
        " JOIN event e ON e.id=q.event_id WHERE c.person_id=? AND q.sent_at IS NOT NULL"
        " ORDER BY q.id",
        (person_id,),
    ).fetchall()


def releases(con: sqlite3.Connection) -> list[tuple[int, datetime]]:
    """The events that release materials, with their start, in order of time."""
    rows = con.execute(
        "SELECT id, starts_at FROM event WHERE kind='materials' AND list='form'"
        " AND cancelled_at IS NULL ORDER BY starts_at, id"
    )
    return [(row["id"], instant_of(row["starts_at"])) for row in rows]


def is_materials(con: sqlite3.Connection, event_id: int) -> bool:
    event = basics.of(con, event_id)
    return event is not None and event.kind == MATERIALS


def write(
    con: sqlite3.Connection, card_id: int, event_id: int, values: Mapping[str, object]
) -> None:
    """What is said of a request from now on; what ``values`` do not name stays."""
    assert {*values} <= {*COLUMNS, "sent_at", "sent_by"}
    con.execute(
        "INSERT INTO material_request(card_id, event_id) SELECT ?1, ?2 WHERE NOT EXISTS"
        " (SELECT 1 FROM material_request WHERE card_id=?1)",
        (card_id, event_id),
    )
    sets = ", ".join(f"{name}=:{name}" for name in values)
    con.execute(
        f"UPDATE material_request SET {sets} WHERE card_id=:card_id", {**values, "card_id": card_id}
    )
