"""Leads as rows: each with the state that holds, and the people they are handed to."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.leads.leads import WITH_SALES, Lead, Nurture
from opslog.store.db.listed import IN_LIST, listed

_MOST_NAMES = 8
_NEWEST = "s.id=(SELECT max(id) FROM handover_state WHERE handover_id=h.id)"
_LEADS = (
    "SELECT h.*, p.name AS person, p.company, p.title, p.phone, e.name AS event,"
    " s.state, s.at, s.reason, s.cents, s.next_on,"
    " (SELECT max(at) FROM handover_state"
    "  WHERE handover_id=h.id AND state='handed_over') AS handed_at,"
    " (SELECT l.label FROM card c JOIN channel l ON l.id=c.channel_id WHERE c.id=h.card_id)"
    "  AS channel,"
    " (SELECT n.programme FROM enrolment n WHERE n.person_id=h.person_id AND n.entered_at<"
    "  coalesce((SELECT max(at) FROM handover_state WHERE handover_id=h.id AND"
    "  state='handed_over'), '9') ORDER BY n.entered_at DESC, n.id DESC LIMIT 1)"
    "  AS programme,"
    " m.programme AS inside, m.entered_at, m.state AS place, m.state_at"
    " FROM handover h JOIN person_shown p ON p.id=h.person_id"
    f" JOIN handover_state s ON {_NEWEST} LEFT JOIN event e ON e.id=h.event_id"
    " LEFT JOIN enrolment m ON m.id=(SELECT id FROM enrolment WHERE person_id=h.person_id"
    "  AND (state IN ('active', 'paused') OR (state_at>=s.at AND left_why NOT IN"
    "  ('merged', 'sales'))) ORDER BY state IN ('active', 'paused') DESC, state_at DESC, id DESC"
    "  LIMIT 1)"
)


def leads(con: sqlite3.Connection, condition: str = "1", *values: object) -> list[Lead]:
    """Those for which an SQL condition holds, the one that changed last first."""
    rows = con.execute(f"{_LEADS} WHERE {condition} ORDER BY s.at DESC, s.id DESC", values)
    return [_lead(row) for row in rows]


def erased(con: sqlite3.Connection, event_id: int | None) -> list[Lead]:
    """Of those that were erased: how they stand, and to whom they went."""
    sql = _LEADS.replace("person_shown", "person")
    rows = con.execute(
        f"{sql} WHERE p.erased_at IS NOT NULL AND (?1 IS NULL OR h.event_id=?1)"
        " ORDER BY s.at DESC, s.id DESC",
        (event_id,),
    )
    return [_lead(row) for row in rows]


def said(con: sqlite3.Connection, people: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """What was noted of calls and messages with each of these people, oldest first."""
    found: dict[int, tuple[str, ...]] = {}
    for person, note in con.execute(
        f"SELECT person_id, note FROM touch WHERE note<>'' AND person_id {IN_LIST} ORDER BY at, id",
        (listed(people),),
    ):
        if note not in found.get(person, ()):  # one call about two things
            found[person] = (*found.get(person, ()), note)
    return found


def waiting(con: sqlite3.Connection) -> list[Lead]:
    """Those with sales, and those that came back."""
    return leads(con, "s.state IN ('handed_over', 'accepted', 'returned')")


def with_sales(con: sqlite3.Connection, people: Collection[int] | None = None) -> set[int]:
    """Who is with sales now; of ``people``, where these alone are asked about."""
    of, only = ("", ()) if people is None else (f"h.person_id {IN_LIST} AND ", (listed(people),))
    rows = con.execute(
        f"SELECT h.person_id FROM handover h JOIN handover_state s ON {_NEWEST}"
        f" WHERE {of}s.state {IN_LIST}",
        (*only, listed(WITH_SALES)),
    )
    return {row[0] for row in rows}


def handed_at(con: sqlite3.Connection, people: Collection[int]) -> dict[int, datetime]:
    """Person → when they were last handed over, of these people."""
    rows = con.execute(
        "SELECT h.person_id, max(s.at) FROM handover h JOIN handover_state s ON"
        f" s.handover_id=h.id AND s.state='handed_over' WHERE h.person_id {IN_LIST} GROUP BY 1",
        (listed(people),),
    )
    return {row[0]: instant_of(row[1]) for row in rows}


def _lead(row: sqlite3.Row) -> Lead:
    return Lead(
        row["id"],
        row["person_id"],
        row["person"],
        row["company"],
        row["title"],
        row["phone"],
        row["card_id"],
        row["event_id"],
        row["event"] or "",
        row["budget"],
        row["need"],
        row["team"],
        row["timing"],
        row["to_whom"],
        row["state"],
        instant_of(row["at"]),
        row["reason"],
        row["cents"],
        _instant(row["next_on"]),
        _instant(row["handed_at"]),
        row["community"],
        row["by_whom"],
        row["channel"] or "",
        row["programme"] or "",
        _nurture(row),
    )


def _nurture(row: sqlite3.Row) -> Nurture | None:
    if row["inside"] is None:
        return None
    over = None if row["place"] in ("active", "paused") else instant_of(row["state_at"])
    return Nurture(row["inside"], instant_of(row["entered_at"]), over)


def _instant(text: str | None) -> datetime | None:
    return instant_of(text) if text else None


def states(con: sqlite3.Connection, person_id: int) -> list[sqlite3.Row]:
    """Every state of somebody's leads, oldest first."""
    return con.execute(
        "SELECT s.*, h.to_whom, h.event_id, e.name AS event FROM handover_state s"
        " JOIN handover h ON h.id=s.handover_id LEFT JOIN event e ON e.id=h.event_id"
        " WHERE h.person_id=? ORDER BY s.id",
        (person_id,),
    ).fetchall()


def add(con: sqlite3.Connection, person_id: int, card_id: int | None, event_id: int | None) -> int:
    cursor = con.execute(
        "INSERT INTO handover(person_id, card_id, event_id) VALUES (?,?,?)",
        (person_id, card_id, event_id),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def write(con: sqlite3.Connection, lead_id: int, values: Mapping[str, str]) -> None:
    """The four that are known of a lead, and with whom it is and where from."""
    con.execute(
        "UPDATE handover SET budget=:budget, need=:need, team=:team, timing=:timing,"
        " to_whom=:to_whom, community=:community, by_whom=:by_whom WHERE id=:id",
        {**values, "id": lead_id},
    )


def add_state(
    con: sqlite3.Connection,
    lead_id: int,
    state: str,
    at: datetime,
    reason: str = "",
    cents: int | None = None,
    next_on: datetime | None = None,
) -> None:
    con.execute(
        "INSERT INTO handover_state(handover_id, state, at, reason, cents, next_on)"
        " VALUES (?,?,?,?,?,?)",
        (
            *(lead_id, state, instant_text(at), reason, cents),
            instant_text(next_on) if next_on else None,
        ),
    )


def put_off(con: sqlite3.Connection, lead_id: int, until: datetime) -> None:
    """Of the state that holds."""
    con.execute(
        "UPDATE handover_state SET next_on=? WHERE id=(SELECT max(id) FROM handover_state"
        " WHERE handover_id=?)",
        (instant_text(until), lead_id),
    )


def names(con: sqlite3.Connection) -> list[str]:
    """To whom leads were handed, the last one first."""
    found = con.execute(
        "SELECT to_whom FROM handover WHERE to_whom<>'' GROUP BY to_whom ORDER BY max(id) DESC"
        f" LIMIT {_MOST_NAMES}"
    )
    return [row[0] for row in found]


def promised_calls(con: sqlite3.Connection, person_id: int) -> dict[int, datetime]:
    """Attempt → when it promised somebody another call, of those that are still open; what is
    promised about an event they signed up for stays with whoever reminds them."""
    rows = con.execute(
        "SELECT t.id, t.next_at FROM call_promise o JOIN touch t ON t.id=o.touch_id"
        " WHERE t.person_id=? AND t.purpose<>'reminder' ORDER BY t.next_at",
        (person_id,),
    )
    return {row[0]: instant_of(row[1]) for row in rows}


def end_promises(con: sqlite3.Connection, attempts: Collection[int]) -> None:
    """Nobody is promised these any more; when they were to be is kept."""
    con.execute(f"UPDATE touch SET promised=0 WHERE id {IN_LIST}", (listed(attempts),))


def came_from(con: sqlite3.Connection, person_id: int) -> tuple[int | None, int | None]:
    """Card and event that somebody was last touched about, else of the newest list they are on."""
    row = con.execute(
        "SELECT card_id, event_id FROM (SELECT card_id, event_id, at, 1 AS touched FROM touch"
        "  WHERE person_id=?1 AND event_id IS NOT NULL"
        " UNION ALL SELECT c.id, r.event_id, r.created_at, 0 FROM card c"
        "  JOIN roster r ON r.id=c.roster_id WHERE c.person_id=?1 AND r.event_id IS NOT NULL)"
        " ORDER BY touched DESC, at DESC LIMIT 1",
        (person_id,),
    ).fetchone()
    return (row["card_id"], row["event_id"]) if row else (None, None)
