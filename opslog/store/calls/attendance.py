"""Who is expected at an event, and who came."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_text
from opslog.domain.calls.meaning import AT_THE_DOOR, STANDS_IN
from opslog.domain.people.card import WRITE
from opslog.domain.rosters.rosters import DOOR, DOORS, Cards, Whom
from opslog.store.calls.conditions import EXPECTED, LAPSED, NOT_REMINDED, flag, still_counted
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.people.suppressed import barred
from opslog.store.rosters.occasions import (
    CAME,
    OF_CARDS,
    SAME,
    STOP,
    STOPS_KNOWN,
    among,
    of_cards,
    once,
)
from opslog.store.rosters.rosters import called_on


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
    guests_more: bool
    way: str
    instead_of: str  # whom they stand in for, '' nobody
    replaced_by: str  # who stands in for them


# Outcomes that nobody was asked for: of whoever stands in for somebody, and of whoever was met
# at the door.


def signed_up(con: sqlite3.Connection, person_id: int, at: datetime) -> list[tuple[int, int]]:
    """Card and event of what somebody signed up for that starts after ``at``, the next first."""
    rows = con.execute(
        "SELECT c.id, e.event_id FROM card c JOIN signup s ON s.id=c.roster_id"
        f" JOIN {OF_CARDS} e WHERE e.card_id=c.id AND c.person_id=? AND e.starts_at>?"
        f" AND e.cancelled_at IS NULL AND c.state<>'withdrawn' AND {once()}"
        " ORDER BY e.starts_at, c.id",
        (person_id, instant_text(at)),
    )
    return [(row[0], row[1]) for row in rows]


def invited(con: sqlite3.Connection, event_id: int, cards: Whom | None = None) -> list[Invited]:
    """Everybody on an event's list, in the order they came in; or of these ``cards`` alone."""
    which, of_list = among(cards)
    rows = con.execute(
        f"SELECT c.id, c.person_id, p.name, p.company, p.phone, {CAME} AS attended,"
        " c.state, c.guests, c.guests_more, c.way,"
        f" {called_on('o.id=c.instead_of')} AS instead_of,"
        f" {called_on('o.instead_of=c.id')} AS replaced_by,"
        f" {NOT_REMINDED} AS dropped, coalesce(t.lane, '') AS lane,"
        " coalesce(t.outcome, '') AS outcome"
        " FROM signup r JOIN card c ON c.roster_id=r.id JOIN person p ON p.id=c.person_id"
        " LEFT JOIN touch t ON t.id=coalesce((SELECT max(id) FROM touch WHERE card_id=c.id"
        f"   AND purpose='reminder'), CASE WHEN {STOPS_KNOWN} THEN (SELECT max(id) FROM touch"
        f"   WHERE card_id IN (SELECT k.id {SAME}) AND purpose='reminder') END)"
        f" WHERE r.event_id=?{which} ORDER BY c.id",
        (event_id, *of_list),
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
            guests_more=bool(row["guests_more"]),
            way=row["way"],
            instead_of=row["instead_of"] or "",
            replaced_by=row["replaced_by"] or "",
        )
        for row in rows
    ]


def on_list(con: sqlite3.Connection, event_id: int, people: Sequence[int]) -> set[int]:
    """Those of some people who stand on the list of an event."""
    rows = con.execute(
        "SELECT c.person_id FROM card c JOIN signup r ON r.id=c.roster_id"
        f" WHERE r.event_id=? AND c.person_id {IN_LIST}",
        (event_id, listed(people)),
    )
    return {row[0] for row in rows}


def reminded(
    con: sqlite3.Connection, event_id: int, cards: Whom | None = None
) -> list[tuple[str, int, int]]:
    """Newest reminder's outcome ('' none), how many stand there and whom they bring along, of those
    still invited."""
    which, of_list = among(cards)
    rows = con.execute(
        f"{_REMINDED}{which} AND {EXPECTED} GROUP BY 1",
        (event_id, *of_list),
    )
    return [(row["outcome"], row["number"], row["guests"]) for row in rows]


def newest_outcomes(
    con: sqlite3.Connection, cards: Cards, purpose: str, only: Iterable[int] | None = None
) -> dict[str, int]:
    """How many of those still on a list, or of these cards of it, stand at which newest outcome of
    a purpose ('' none)."""
    which, wanted = of_cards(cards, only)
    rows = con.execute(
        f"SELECT coalesce((SELECT CASE WHEN NOT {LAPSED} THEN t.outcome END FROM touch t"
        "  WHERE t.card_id=c.id AND t.purpose=? ORDER BY t.id DESC LIMIT 1), '') AS outcome,"
        " count(*)"
        f" FROM card c JOIN person p ON p.id=c.person_id WHERE {which}"
        f" AND {still_counted(purpose)} GROUP BY 1",
        (purpose, *wanted),
    )
    return dict(rows.fetchall())


def never_called(
    con: sqlite3.Connection, roster_id: int, purpose: str, only: Iterable[int]
) -> tuple[int, int]:
    """How many of these cards, still on a list, have no outcome of a purpose, and whom they bring
    along."""
    row = con.execute(
        "SELECT count(*), coalesce(sum(c.guests), 0) FROM card c JOIN person p ON p.id=c.person_id"
        f" WHERE c.roster_id=? AND c.id {IN_LIST} AND {still_counted(purpose)}"
        f" AND coalesce((SELECT CASE WHEN NOT {LAPSED} THEN t.outcome END FROM touch t"
        "  WHERE t.card_id=c.id AND t.purpose=? ORDER BY t.id DESC LIMIT 1), '')=''",
        (roster_id, listed(only), purpose),
    ).fetchone()
    return row[0], row[1]


def attended(
    con: sqlite3.Connection, event_id: int, cards: Whom | None = None
) -> list[tuple[str, bool | None, int, int]]:
    """Newest reminder's outcome, whether they came, how many, and whom these bring along; everybody
    on the list but those for whom somebody stands in, who did not come."""
    which, of_list = among(cards)
    rows = con.execute(
        f"{_REMINDED}{which} AND {COUNTED} GROUP BY 1, 2",
        (event_id, *of_list),
    )
    return [(row["outcome"], flag(row["attended"]), row["number"], row["guests"]) for row in rows]


def of_events(con: sqlite3.Connection, event_ids: Sequence[int]) -> list[sqlite3.Row]:
    """Everybody ``attended`` counts, a row each, over several events: id, event_id, outcome,
    attended, guests."""
    return con.execute(
        f"SELECT c.id, r.event_id, {OUTCOME} AS outcome, {CAME} AS attended, c.guests FROM signup r"
        f" JOIN card c ON c.roster_id=r.id WHERE r.event_id {IN_LIST}"
        f" AND {COUNTED} AND {once()} ORDER BY c.id",
        [listed(event_ids)],
    ).fetchall()


# Of a card c: whether it counts, and what its newest reminder came to. That they come, and what
# else was said of another date than the event has now, is nothing any more. Of who was not reminded
# by this card it is that of the other by which they come to the same stop.
COUNTED = "(c.attended=1 OR NOT EXISTS (SELECT 1 FROM card o WHERE o.instead_of=c.id))"


def _outcome(said: str) -> str:
    return f"""coalesce((SELECT {said} FROM touch t
    WHERE t.card_id=c.id AND t.purpose='reminder' ORDER BY t.id DESC LIMIT 1),
  CASE WHEN {STOPS_KNOWN} THEN (SELECT {said} FROM touch t WHERE t.card_id IN (SELECT k.id {SAME})
    AND t.purpose='reminder' ORDER BY t.id DESC LIMIT 1) END,
  CASE WHEN c.instead_of IS NOT NULL THEN '{STANDS_IN}' WHEN c.way='{DOOR}' THEN '{AT_THE_DOOR}'
  ELSE '' END)"""


OUTCOME = _outcome(f"CASE WHEN NOT {LAPSED} THEN t.outcome END")
OUTCOME_UNMOVED = _outcome("t.outcome")  # of an event that never had another date
SIGNED_UP = f"(c.way<>'{DOOR}' OR {OUTCOME}<>'{AT_THE_DOOR}')"  # who came by the door did not
_WALK_IN = f"NOT {SIGNED_UP}"
_REMINDED = f"""SELECT {OUTCOME} AS outcome,
  {CAME} AS attended, count(*) AS number, sum(c.guests) AS guests
  FROM signup r JOIN card c ON c.roster_id=r.id WHERE r.event_id=?"""


def sign_ups(con: sqlite3.Connection, roster_id: int) -> tuple[int, int]:
    """How many signed up on a list, as the show-up rate counts them, and how many came by the door
    without; who is marked as not there neither signed up nor came."""
    row = con.execute(
        f"SELECT coalesce(sum({COUNTED} AND NOT {_WALK_IN}), 0),"
        f" coalesce(sum({_WALK_IN} AND c.attended=1), 0)"
        " FROM card c WHERE c.roster_id=?",
        (roster_id,),
    ).fetchone()
    return row[0], row[1]


def arrive(con: sqlite3.Connection, card_id: int | None, now: datetime) -> None:
    """Somebody who is marked as having come came just now, where the door of the event is open and
    no earlier moment is known."""
    con.execute(
        "UPDATE card SET came_at=?2 WHERE id=?1 AND attended=1 AND came_at IS NULL AND EXISTS"
        f" (SELECT 1 FROM {OF_CARDS} e WHERE e.card_id=card.id AND e.list='signup'"
        "  AND e.starts_at <= ?3 AND e.ends_at >= ?2)",
        (card_id, instant_text(now), instant_text(now + DOORS)),
    )


class Answered(NamedTuple):
    """Somebody expected at an event, by the newest reminder that was answered (of who stands in,
    that of whoever sent them), and the newest row that says they were told of its date."""

    card_id: int
    person_id: int
    person: str
    company: str
    phone: str
    touch: int  # 0 none, as the following
    lane: str
    outcome: str
    reason: str
    told: int


def answered(
    con: sqlite3.Connection, event_id: int, codes: Iterable[str], stop_id: int | None = None
) -> list[Answered]:
    """Everybody still expected at an event, of no stop that is said, or at a stop, who may be
    written to; ``codes``: what counts as an answer."""
    rows = con.execute(
        "SELECT c.id, p.id, p.name, p.company, p.phone, coalesce(t.id, 0), coalesce(t.lane, ''),"
        " coalesce(t.outcome, ''), coalesce(t.reason, ''),"
        " coalesce((SELECT max(o.id) FROM told o WHERE o.tbl='card' AND o.row_id=c.id), 0)"
        " FROM signup r JOIN card c ON c.roster_id=r.id JOIN person p ON p.id=c.person_id"
        " LEFT JOIN touch t ON t.id=(SELECT max(id) FROM touch WHERE purpose='reminder'"
        "  AND card_id IN (SELECT c.id UNION ALL SELECT c.instead_of UNION ALL"
        f"   SELECT k.id {SAME}) AND outcome {IN_LIST})"
        f" WHERE r.event_id=? AND {STOP} IS ? AND {once()} AND p.erased_at IS NULL"
        f" AND {CAME} IS NULL"
        f" AND c.state NOT IN ('waiting', 'withdrawn') AND NOT {NOT_REMINDED}"
        f" AND NOT {barred('p', WRITE)}"
        " AND NOT EXISTS (SELECT 1 FROM card o WHERE o.instead_of=c.id) ORDER BY c.id",
        (listed(codes), event_id, stop_id),
    )
    return [Answered(*row) for row in rows]
