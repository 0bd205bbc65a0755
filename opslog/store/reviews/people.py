"""How each person of an event stands, in one pass over its lists, calls and leads."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from opslog.domain.reviews.people import SILENT, Kept, Standing, Talk, Touched
from opslog.store.calls.attendance import COUNTED, OUTCOME
from opslog.store.people.met import PRESENT

_LISTED = "signup r JOIN card c ON c.roster_id=r.id"
_INVITED = "roster a JOIN card i ON i.roster_id=a.id"
_SIGNED_UP = f"""SELECT c.state, c.attended, {OUTCOME} AS outcome, {PRESENT} AS verdict,
  c.channel_id, {{audience}} AS audience, c.person_id
  FROM {_LISTED} WHERE r.event_id=?1 AND {COUNTED}"""
_IN_AUDIENCE = f"""EXISTS (SELECT 1 FROM {_INVITED} WHERE a.kind='audience' AND a.event_id=?1
  AND i.person_id=c.person_id)"""
_OTHERS = f"""SELECT DISTINCT i.person_id FROM {_INVITED} WHERE a.kind='audience' AND a.event_id=?1
  AND NOT EXISTS (SELECT 1 FROM {_LISTED} WHERE r.event_id=?1 AND c.person_id=i.person_id
    AND {COUNTED})"""


class Lists(NamedTuple):
    """Which lists an event has."""

    signup: int | None
    audience: bool


def lists(con: sqlite3.Connection, event_id: int) -> Lists:
    found = {
        kind: id
        for id, kind in con.execute("SELECT id, kind FROM roster WHERE event_id=?", (event_id,))
    }
    return Lists(found.get("signup"), "audience" in found)


def touches(con: sqlite3.Connection, event_id: int) -> Iterator[Touched]:
    """Calls and messages about the event, oldest first."""
    rows = _plain(con).execute(
        "SELECT id, person_id, purpose, lane, direction, outcome, reason, at, call_id FROM touch"
        " WHERE event_id=? ORDER BY at, id",
        (event_id,),
    )
    return map(Touched._make, rows)


def standings(
    con: sqlite3.Connection,
    event_id: int,
    has: Lists,
    talks: Mapping[int, Talk],
    leads: Collection[int],
) -> Iterator[tuple[int, Standing]]:
    """Everybody of the event, each once: who is on its list, its audience, and whoever else was
    talked to about it or is a lead of it. Those alike are one and the same object."""
    made: dict[object, Standing] = {}
    others = {*talks, *leads}
    audience = _IN_AUDIENCE if has.audience else "0"
    for *said, person in _plain(con).execute(_SIGNED_UP.format(audience=audience), (event_id,)):
        others.discard(person)
        key = (*said, talks.get(person, SILENT), person in leads)
        standing = made.get(key)
        if standing is None:
            state, came, outcome, verdict, channel, invited, talk, lead = key
            standing = made[key] = Standing(
                bool(invited),
                True,
                state,
                None if came is None else bool(came),
                outcome,
                verdict or "",
                channel,
                talk,
                lead,
            )
        yield person, standing
    if has.audience:
        for (person,) in _plain(con).execute(_OTHERS, (event_id,)):
            others.discard(person)
            yield person, _beside(True, talks.get(person, SILENT), person in leads)
    for person in sorted(others):
        yield person, _beside(False, talks.get(person, SILENT), person in leads)


def _beside(audience: bool, talk: Talk, lead: bool) -> Standing:
    return Standing(audience, False, "", None, "", "", None, talk, lead)


def leads(con: sqlite3.Connection, event_id: int) -> list[Kept]:
    """The oldest first."""
    found: dict[tuple[int, int], list[str]] = {}
    for lead, person, state in con.execute(
        "SELECT h.id, h.person_id, s.state FROM handover h"
        " JOIN handover_state s ON s.handover_id=h.id WHERE h.event_id=? ORDER BY h.id, s.id",
        (event_id,),
    ):
        found.setdefault((lead, person), []).append(state)
    return [Kept(*key, frozenset(states), states[-1]) for key, states in found.items()]


def earlier(con: sqlite3.Connection, event_id: int) -> int | None:
    """The last event of the same kind that ended before this one began, none that was cancelled."""
    row = con.execute(
        "SELECT o.id FROM event e JOIN event o ON o.kind=e.kind AND o.ends_at<=e.starts_at"
        " WHERE e.id=?1 AND o.id<>?1 AND o.cancelled_at IS NULL"
        " ORDER BY o.starts_at DESC, o.id DESC LIMIT 1",
        (event_id,),
    ).fetchone()
    return None if row is None else int(row[0])


def _plain(con: sqlite3.Connection) -> sqlite3.Cursor:
    """A cursor that gives tuples, which cost half as much as rows."""
    cursor = con.cursor()
    cursor.row_factory = None
    return cursor
