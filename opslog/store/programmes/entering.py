"""Who could enter a programme: a statement a kind of rule, each from the side of what happened."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_text
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.people.met import PRESENT
from opslog.store.rosters.occasions import CAME, OF_CARDS, once


class Named(NamedTuple):
    """Somebody whom a rule names, ``at`` an instant ('' of what has none)."""

    person_id: int
    person: str
    company: str
    title: str
    at: str
    event_id: int | None
    roster_id: int | None
    event: str


# Of whoever stands on the list of their stop and on that of the whole, what both say.
_ABSENT = f"c.attended=0 AND {CAME}=0 AND {once(own='x.attended IS NOT NULL')}"
# From the lists of late to their cards, each with when its own event or stop is.
_OF_CARD = (
    f"occasion l CROSS JOIN card c ON c.roster_id=l.roster_id CROSS JOIN {OF_CARDS} o"
    " WHERE o.card_id=c.id AND l.ends_at>=:since"
)
_EVENT = "o.event_id, o.roster_id, coalesce(o.event, o.name)"
_NONE = "NULL, NULL, ''"
# Rule -> what it selects: person_id, at, event_id, roster_id, event.
_RULES = {
    "tag": f"SELECT t.person_id, '', {_NONE} FROM person_tag t WHERE t.tag=:value AND :since<>''",
    "state": f"SELECT c.person_id, o.starts_at, {_EVENT} FROM {_OF_CARD}"
    " AND c.state=:value AND o.starts_at>=:since",
    "verdict": f"SELECT c.person_id, d.at, {_EVENT} FROM decision d JOIN card c ON c.id=d.card_id"
    " JOIN occasion o ON o.roster_id=c.roster_id WHERE d.at>=:since AND d.verdict=:value"
    f" AND {PRESENT} LIKE :value || ' %'",
    "outcome": "SELECT t.person_id, t.at, t.event_id, NULL, coalesce(v.name, '') FROM touch t"
    " LEFT JOIN event v ON v.id=t.event_id WHERE t.outcome=:value AND t.at>=:since",
    "came": f"SELECT c.person_id, o.ends_at, {_EVENT} FROM {_OF_CARD}"
    " AND l.kind=:value AND o.ends_at BETWEEN :since AND :now AND c.attended=1",
    "absent": f"SELECT c.person_id, o.ends_at, {_EVENT} FROM {_OF_CARD}"
    f" AND l.kind=:value AND o.ends_at BETWEEN :since AND :now AND {_ABSENT}"
    " AND o.list='signup'",
    "signed_up": f"SELECT c.person_id, o.ends_at, {_EVENT} FROM {_OF_CARD}"
    " AND l.kind=:value AND o.ends_at BETWEEN :since AND :now AND o.list='signup'"
    " AND c.state<>'withdrawn' AND NOT EXISTS (SELECT 1 FROM material_request m"
    "  WHERE m.card_id=c.id AND m.verdict='refused')",
    "requested": f"SELECT c.person_id, m.asked_on || 'T04:00:00Z', {_EVENT}"
    " FROM material_request m JOIN card c ON c.id=m.card_id"
    " JOIN occasion o ON o.roster_id=c.roster_id AND o.kind=:value"
    " WHERE m.asked_on>=substr(:since, 1, 10) AND m.verdict<>'refused'",
    "returned": "SELECT h.person_id, coalesce(s.next_on, s.at), h.event_id, NULL,"
    " coalesce(v.name, '') FROM handover_state s JOIN handover h ON h.id=s.handover_id"
    " LEFT JOIN event v ON v.id=h.event_id WHERE s.state='returned' AND s.at>=:since"
    " AND s.id=(SELECT max(id) FROM handover_state WHERE handover_id=h.id) AND :value<>''",
    "silent": f"SELECT p.id, '', {_NONE} FROM person_shown p WHERE :since<>''"
    " AND p.last_contact_at<:value",
}


def named(
    con: sqlite3.Connection, by: str, value: str, since: datetime, now: datetime, programme: str
) -> list[Named]:
    """Those a rule names of what happened since then, but who was in the programme since: looked up
    a person at a time, for thousands may be in it."""
    rows = con.execute(
        f"WITH found(person_id, at, event_id, roster_id, event) AS ({_RULES[by]})"
        " SELECT p.id, p.name, p.company, p.title, f.at, f.event_id, f.roster_id, f.event"
        " FROM found f JOIN person_shown p ON p.id=f.person_id WHERE NOT EXISTS (SELECT 1"
        "  FROM enrolment e INDEXED BY enrolment_person WHERE e.person_id=p.id"
        "  AND e.programme=:programme AND (e.entered_at>=f.at OR e.state='active'))"
        " ORDER BY f.at DESC, p.id",
        {
            "value": value,
            "since": instant_text(since),
            "now": instant_text(now),
            "programme": programme,
        },
    )
    return [Named(*row) for row in rows]


class Met(NamedTuple):
    """An event, or the stop of it somebody comes to, that has begun, on whose list they are."""

    person_id: int
    event_id: int
    roster_id: int
    kind: str
    attended: int | None


def met(con: sqlite3.Connection, people: Collection[int], now: datetime) -> list[Met]:
    """The events of these people, the latest first."""
    rows = con.execute(
        f"SELECT c.person_id, o.event_id, o.roster_id, o.kind, {CAME} FROM card c"
        f" CROSS JOIN {OF_CARDS} o"
        f" WHERE o.card_id=c.id AND c.person_id {IN_LIST} AND o.event_id IS NOT NULL"
        f" AND o.list='signup' AND {once()}"
        " AND c.state<>'withdrawn' AND o.starts_at<=? ORDER BY o.starts_at DESC",
        (listed(people), instant_text(now)),
    )
    return [Met(*row) for row in rows]


def in_programmes(con: sqlite3.Connection, people: Collection[int]) -> list[tuple[int, str, bool]]:
    """Person, programme and whether it is beside another, of those who are in one."""
    rows = con.execute(
        "SELECT person_id, programme, beside FROM enrolment"
        f" WHERE person_id {IN_LIST} AND state IN ('active', 'paused')",
        [listed(people)],
    )
    return [(row[0], row[1], bool(row[2])) for row in rows]
