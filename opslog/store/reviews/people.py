"""Whom an event has on its lists, its leads, and whom it was followed up with."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from opslog.domain.reviews.counts.people import KeptLead
from opslog.store.calls.attendance import COUNTED
from opslog.store.rosters.occasions import came, once

# Who is on the lists of several stops counts once, where they came, else by the newest.
_ONCE = f""" AND {once()} AND NOT EXISTS (SELECT 1 FROM signup q JOIN card g ON g.roster_id=q.id
  WHERE q.event_id=?1 AND g.person_id=c.person_id AND {once("g")}
  AND (coalesce({came("g")}, -1), g.id) > (coalesce({came()}, -1), c.id))"""


class Lists(NamedTuple):
    """Which lists an event has, and whether any verdict stands on that of its sign-ups; what is not
    there need not be looked for with each of its people."""

    signup: int | None
    audience: bool
    screened: bool
    several: bool = False  # of sign-ups: each stop of a road show has its own
    instead: bool = True  # somebody comes instead of another
    moved: bool = True  # it had another date, of which some of what was said may have been


def lists(con: sqlite3.Connection, event_id: int) -> Lists:
    rows = con.execute("SELECT kind, id FROM roster WHERE event_id=?", (event_id,)).fetchall()
    found = {row[0]: row[1] for row in rows}
    screened = con.execute(
        "SELECT 1 FROM signup s JOIN round n ON n.roster_id=s.id"
        " JOIN decision d ON d.round_id=n.id WHERE s.event_id=?"
        " AND d.verdict<>'undecided' AND NOT EXISTS (SELECT 1 FROM decision e WHERE"
        " e.round_id=d.round_id AND e.card_id=d.card_id AND e.id>d.id) LIMIT 1",
        (event_id,),
    ).fetchone()
    several = sum(row[0] == "signup" for row in rows) > 1
    instead = con.execute(
        "SELECT 1 FROM card INDEXED BY card_instead WHERE instead_of IS NOT NULL"
        " AND roster_id IN (SELECT id FROM signup WHERE event_id=?) LIMIT 1",
        (event_id,),
    ).fetchone()
    moved = con.execute("SELECT 1 FROM event_move WHERE event_id=? LIMIT 1", (event_id,)).fetchone()
    return Lists(
        found.get("signup"),
        "audience" in found,
        screened is not None,
        several,
        instead is not None,
        moved is not None,
    )


def counted(has: Lists) -> str:
    """That card ``c`` of a list counts as being on it: nobody comes instead, and each once."""
    return f"{COUNTED if has.instead else '1'}{_ONCE if has.several else ''}"


def came_of(has: Lists) -> str:
    """Whether card ``c`` came, as whichever list says so."""
    return came() if has.several else "c.attended"


def of_list(has: Lists) -> str:
    """Who counts as being on the list of an event (``?1``), as cards ``c``."""
    return f"FROM signup r JOIN card c ON c.roster_id=r.id WHERE r.event_id=?1 AND {counted(has)}"


def leads(con: sqlite3.Connection, event_id: int) -> list[KeptLead]:
    """The oldest first."""
    found: dict[int, KeptLead] = {}
    for row in con.execute(
        "SELECT h.id, h.person_id, s.state, coalesce(l.label, ''), h.by_whom, s.cents"
        " FROM handover h JOIN handover_state s ON s.handover_id=h.id"
        " LEFT JOIN card c ON c.id=h.card_id LEFT JOIN channel l ON l.id=c.channel_id"
        " WHERE h.event_id=? ORDER BY h.id, s.id",
        (event_id,),
    ):
        lead, person, state, *traced = row
        states = found[lead].states if lead in found else frozenset()
        found[lead] = KeptLead(lead, person, states | {state}, state, *traced)
    return list(found.values())


def followed_up(con: sqlite3.Connection, event_id: int) -> list[tuple[int, str, str, str]]:
    """Who was called or written to after their months: purpose, lane and outcome."""
    rows = con.execute(
        "SELECT person_id, purpose, lane, outcome FROM touch WHERE event_id=?"
        " AND purpose GLOB 'followup-*'",
        (event_id,),
    )
    return [tuple(row) for row in rows]


def earlier(con: sqlite3.Connection, event_id: int) -> int | None:
    """The last event of the same kind that ended before this one began, none that was cancelled."""
    row = con.execute(
        "SELECT o.id FROM event e JOIN event o ON o.kind=e.kind AND o.ends_at<=e.starts_at"
        " WHERE e.id=?1 AND o.id<>?1 AND o.cancelled_at IS NULL"
        " ORDER BY o.starts_at DESC, o.id DESC LIMIT 1",
        (event_id,),
    ).fetchone()
    return None if row is None else int(row[0])
