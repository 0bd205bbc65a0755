"""How each person of an event stands: who is told apart one by one, everybody else counted."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from opslog.domain.reviews.counts.people import SILENT, KeptLead, Said, Standing, Talk
from opslog.domain.rosters.rosters import COMING, DOOR
from opslog.store.calls.attendance import COUNTED, OUTCOME
from opslog.store.db.connection import shown_text
from opslog.store.people.met import PRESENT

_LISTED = "signup r JOIN card c ON c.roster_id=r.id"
_INVITED = "roster a JOIN card i ON i.roster_id=a.id"
_OF_LIST = f"FROM {_LISTED} WHERE r.event_id=?1 AND {COUNTED}"
_IN_AUDIENCE = f"""EXISTS (SELECT 1 FROM {_INVITED} WHERE a.kind='audience' AND a.event_id=?1
  AND i.person_id=c.person_id)"""
_OTHERS = f"""SELECT DISTINCT i.person_id FROM {_INVITED} WHERE a.kind='audience' AND a.event_id=?1
  AND NOT EXISTS (SELECT 1 {_OF_LIST} AND c.person_id=i.person_id)"""
# Who is on the lists of several stops counts once, where they came, else by the newest.
_ONCE = """ AND NOT EXISTS (SELECT 1 FROM signup q JOIN card k ON k.roster_id=q.id
  WHERE q.event_id=?1 AND k.person_id=c.person_id
  AND (coalesce(k.attended, -1), k.id) > (coalesce(c.attended, -1), c.id))"""
# The verdict of who is dropped, and nothing of anybody else: few of a long list ever were.
_DROPS = """(SELECT d.card_id FROM signup r JOIN round n ON n.roster_id=r.id
  JOIN decision d INDEXED BY decision_dropped ON d.round_id=n.id
  WHERE r.event_id=?1 AND d.verdict='drop')"""
_DROPPED = f"CASE WHEN c.id IN {_DROPS} THEN {PRESENT} END"
# Of whom more is known than whether they came, each found by an index.
_APART = f"""(SELECT person_id FROM touch WHERE event_id=?1
  UNION ALL SELECT person_id FROM handover WHERE event_id=?1
  UNION ALL SELECT person_id FROM card WHERE id IN {_DROPS}
  UNION ALL SELECT c.person_id FROM {_LISTED} WHERE r.event_id=?1 AND c.state<>'{COMING}'
  UNION ALL SELECT c.person_id FROM {_LISTED} WHERE r.event_id=?1 AND c.way='{DOOR}'
  UNION ALL SELECT person_id FROM card WHERE instead_of IS NOT NULL)"""


class Lists(NamedTuple):
    """Which lists an event has, and whether any verdict stands on that of its sign-ups."""

    signup: int | None
    audience: bool
    screened: bool
    several: bool = False  # of sign-ups: each stop of a road show has its own


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
    return Lists(found.get("signup"), "audience" in found, screened is not None, several)


def talks(
    con: sqlite3.Connection, event_id: int, talk_of: Callable[[Iterator[Said]], Talk]
) -> dict[int, Talk]:
    """What all calls and messages about the event came to, by person: ``talk_of`` says it of some,
    oldest first, and is asked once for all with whom they went alike."""
    alike, found = dict[bytes, Talk](), dict[int, Talk]()
    for person, said in _plain(con).execute(
        "SELECT person_id, CAST(group_concat(said, char(30)) AS BLOB) FROM (SELECT person_id,"
        " purpose || char(31) || lane || char(31) || outcome || char(31) || reason AS said"
        " FROM touch WHERE event_id=? ORDER BY person_id, at, id) GROUP BY person_id",
        (event_id,),
    ):
        if said not in alike:
            rows = shown_text(said).split(chr(30))
            alike[said] = talk_of(Said(*row.split(chr(31))) for row in rows)
        found[person] = alike[said]
    return found


def apart(
    con: sqlite3.Connection,
    event_id: int,
    has: Lists,
    talks: Mapping[int, Talk],
    leads: Collection[int],
) -> dict[int, Standing]:
    """How those stand of whom more is known than whether they came: who was talked to, was dropped,
    withdrew, came by the door, stands in for somebody, is a lead, or is not on the list."""
    made, told, found = dict[object, Standing](), _Texts(), dict[int, Standing]()
    for person, *said in _plain(con).execute(
        f"SELECT c.person_id, {_audience(has)}, CAST(c.state AS BLOB), c.attended,"
        f" CAST({OUTCOME} AS BLOB), CAST({_DROPPED} AS BLOB), c.channel_id {of_list(has)}"
        f" AND c.person_id IN {_APART}",
        (event_id,),
    ):
        key = (*said, talks.get(person, SILENT), person in leads)
        one = made.get(key)
        if one is None:
            invited, state, came, outcome, verdict, channel, talk, lead = key
            one = made[key] = Standing(
                bool(invited),
                True,
                told[state],
                _flag(came),
                told[outcome],
                told[verdict or b""],
                channel,
                talk,
                lead,
            )
        found[person] = one
    audience = {row[0] for row in con.execute(_OTHERS, (event_id,))} if has.audience else set()
    for person in audience | {*talks, *leads}.difference(found):
        talk = talks.get(person, SILENT)
        one = Standing(person in audience, False, "", None, "", "", None, talk, person in leads)
        found[person] = made.setdefault(one, one)
    return found


def on_list(
    con: sqlite3.Connection, event_id: int, has: Lists, *, by_channel: bool
) -> dict[Standing, int]:
    """How many are on the list, as they stand where no more is known than whether they came."""
    found = dict[Standing, int]()
    channel = "c.channel_id" if by_channel else "NULL"
    for invited, of, number, marked, came in con.execute(
        f"SELECT {_audience(has)}, {channel}, count(*), count(c.attended), sum(c.attended)"
        f" {of_list(has)} GROUP BY 1, 2",
        (event_id,),
    ):
        came = came or 0
        found[_quiet(invited, None, of)] = number - marked
        found[_quiet(invited, False, of)] = marked - came
        found[_quiet(invited, True, of)] = came
    return found


def each_on_list(
    con: sqlite3.Connection, event_id: int, has: Lists
) -> Iterator[tuple[int, Standing]]:
    """The same people one by one."""
    for person, *stands in _plain(con).execute(
        f"SELECT c.person_id, {_audience(has)}, c.attended, c.channel_id {of_list(has)}",
        (event_id,),
    ):
        yield person, _quiet(*stands)


def quiet(one: Standing) -> Standing:
    """As ``on_list`` has them."""
    return _quiet(one.audience, one.came, one.channel)


def _quiet(audience: int, came: int | None, channel: int | None) -> Standing:
    return Standing(bool(audience), True, COMING, _flag(came), "", "", channel, SILENT, False)


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _audience(has: Lists) -> str:
    return _IN_AUDIENCE if has.audience else "0"


def of_list(has: Lists) -> str:
    """Who counts as being on the list of an event (``?1``), each once, as cards ``c``."""
    return f"{_OF_LIST}{_ONCE}" if has.several else _OF_LIST


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
