"""How each person of an event stands, in one pass over its lists, calls and leads."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from opslog.domain.reviews.counts.people import SILENT, KeptLead, Standing, Talk, TouchRow
from opslog.store.calls.attendance import COUNTED, OUTCOME
from opslog.store.db.connection import shown_text
from opslog.store.people.met import PRESENT

_LISTED = "signup r JOIN card c ON c.roster_id=r.id"
_INVITED = "roster a JOIN card i ON i.roster_id=a.id"
# The verdict of who is dropped, and nothing of anybody else: few of a long list ever were.
_DROPPED = f"""CASE WHEN c.id IN (SELECT d.card_id FROM signup r JOIN round n ON n.roster_id=r.id
  JOIN decision d ON d.round_id=n.id WHERE r.event_id=?1 AND d.verdict='drop') THEN {PRESENT} END"""
_SIGNED_UP = f"""SELECT c.person_id, CAST(substr(c.signed_up_at, 1, ?2) AS BLOB), c.attended,
  CAST(c.state AS BLOB), CAST({OUTCOME} AS BLOB), CAST({_DROPPED} AS BLOB), c.channel_id,
  {{audience}} FROM {_LISTED} WHERE r.event_id=?1 AND {COUNTED}"""
_IN_AUDIENCE = f"""EXISTS (SELECT 1 FROM {_INVITED} WHERE a.kind='audience' AND a.event_id=?1
  AND i.person_id=c.person_id)"""
_OTHERS = f"""SELECT DISTINCT i.person_id FROM {_INVITED} WHERE a.kind='audience' AND a.event_id=?1
  AND NOT EXISTS (SELECT 1 FROM {_LISTED} WHERE r.event_id=?1 AND c.person_id=i.person_id
    AND {COUNTED})"""


class Lists(NamedTuple):
    """Which lists an event has, and whether any verdict stands on that of its sign-ups."""

    signup: int | None
    audience: bool
    screened: bool


def lists(con: sqlite3.Connection, event_id: int) -> Lists:
    rows = con.execute("SELECT kind, id FROM roster WHERE event_id=?", (event_id,))
    found = dict(rows.fetchall())
    screened = con.execute(
        "SELECT 1 FROM round n JOIN decision d ON d.round_id=n.id WHERE n.roster_id=?"
        " AND d.verdict<>'undecided' AND NOT EXISTS (SELECT 1 FROM decision e WHERE"
        " e.round_id=d.round_id AND e.card_id=d.card_id AND e.id>d.id) LIMIT 1",
        (found.get("signup"),),
    ).fetchone()
    return Lists(found.get("signup"), "audience" in found, screened is not None)


def touches(con: sqlite3.Connection, event_id: int, width: int) -> Iterator[TouchRow]:
    """Calls and messages about the event, oldest first; ``width``: as much of their instants."""
    told = _Texts()
    for id, person, call, *texts in _plain(con).execute(
        "SELECT id, person_id, call_id, CAST(purpose AS BLOB), CAST(lane AS BLOB),"
        " CAST(direction AS BLOB), CAST(outcome AS BLOB), CAST(reason AS BLOB),"
        " CAST(substr(at, 1, ?2) AS BLOB) FROM touch WHERE event_id=?1 ORDER BY at, id",
        (event_id, width),
    ):
        yield TouchRow(id, person, call, *[told[text] for text in texts])


class Alike:
    """People of an event who stand alike, told apart by identity, which costs nothing; ``number``
    is for whoever counts them."""

    __slots__ = ("number", "signed_up", "standing")

    def __init__(self, standing: Standing) -> None:
        self.standing, self.number, self.signed_up = standing, 0, standing.signed_up


def standings(
    con: sqlite3.Connection,
    event_id: int,
    has: Lists,
    talks: Mapping[int, Talk],
    leads: Collection[int],
    width: int,
) -> Iterator[tuple[int, Alike, bytes | None]]:
    """Everybody of the event, each once, and of whom is on its list the hour they signed up in
    (as much of the instant as ``width``): who is on its list, its audience, and whoever else was
    talked to about it or is a lead of it."""
    made, told = dict[object, Alike](), _Texts()
    others = {*talks, *leads}
    audience = _IN_AUDIENCE if has.audience else "0"
    for person, hour, *said in _plain(con).execute(
        _SIGNED_UP.format(audience=audience), (event_id, width)
    ):
        key, talk, lead = tuple(said), SILENT, False
        if person in others:
            others.discard(person)
            talk, lead = talks.get(person, SILENT), person in leads
            key = (*said, talk, lead)
        alike = made.get(key)
        if alike is None:
            came, state, outcome, verdict, channel, invited = said
            alike = made[key] = Alike(
                Standing(
                    bool(invited),
                    True,
                    told[state],
                    None if came is None else bool(came),
                    told[outcome],
                    told[verdict or b""],
                    channel,
                    talk,
                    lead,
                )
            )
        yield person, alike, hour

    def beside(person: int, *, audience: bool) -> tuple[int, Alike, None]:
        others.discard(person)
        talk, lead = talks.get(person, SILENT), person in leads
        one = Standing(audience, False, "", None, "", "", None, talk, lead)
        return person, made.setdefault(one, Alike(one)), None

    if has.audience:
        for (person,) in _plain(con).execute(_OTHERS, (event_id,)):
            yield beside(person, audience=True)
    for person in sorted(others):
        yield beside(person, audience=False)


def leads(con: sqlite3.Connection, event_id: int) -> list[KeptLead]:
    """The oldest first."""
    found: dict[tuple[int, int], list[str]] = {}
    for lead, person, state in con.execute(
        "SELECT h.id, h.person_id, s.state FROM handover h"
        " JOIN handover_state s ON s.handover_id=h.id WHERE h.event_id=? ORDER BY h.id, s.id",
        (event_id,),
    ):
        found.setdefault((lead, person), []).append(state)
    return [KeptLead(*key, frozenset(states), states[-1]) for key, states in found.items()]


def earlier(con: sqlite3.Connection, event_id: int) -> int | None:
    """The last event of the same kind that ended before this one began, none that was cancelled."""
    row = con.execute(
        "SELECT o.id FROM event e JOIN event o ON o.kind=e.kind AND o.ends_at<=e.starts_at"
        " WHERE e.id=?1 AND o.id<>?1 AND o.cancelled_at IS NULL"
        " ORDER BY o.starts_at DESC, o.id DESC LIMIT 1",
        (event_id,),
    ).fetchone()
    return None if row is None else int(row[0])


class _Texts(dict[bytes, str]):
    """Bytes of the file as text, each once: SQLite gives bytes at a fifth of what text costs."""

    def __missing__(self, value: bytes) -> str:
        self[value] = text = shown_text(value)
        return text


def _plain(con: sqlite3.Connection) -> sqlite3.Cursor:
    """A cursor that gives tuples, which cost half as much as rows."""
    cursor = con.cursor()
    cursor.row_factory = None
    return cursor
