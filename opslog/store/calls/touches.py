"""Touches: the attempts that were made, what was promised by them, and the ones to be written."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.calls.retries import OUT, Attempt
from opslog.domain.rosters.rosters import Cards
from opslog.store.calls.candidates import ASKED
from opslog.store.calls.conditions import DROPPED, NOT_REMINDED, SAID_OF
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.rosters.occasions import OF_CARDS, of_cards


def attempts(
    con: sqlite3.Connection, cards: Cards, only: Iterable[int] | None = None
) -> dict[int, list[Attempt]]:
    """Card → what was tried, oldest first; ``only`` of these cards."""
    found: dict[int, list[Attempt]] = defaultdict(list)
    which, wanted = of_cards(cards, only)
    for row in con.execute(
        f"SELECT t.*, {SAID_OF} FROM touch t JOIN card c ON c.id=t.card_id"
        f" WHERE {which} ORDER BY t.id",
        wanted,
    ):
        one = attempt_of(row)
        if row["other_date"]:
            one = one._replace(other_date=instant_of(row["other_date"]), told=bool(row["told"]))
        found[row["card_id"]].append(one)
    return found


def attempt_of(row: sqlite3.Row) -> Attempt:
    return Attempt(
        row["id"],
        row["card_id"],
        row["purpose"],
        row["lane"],
        row["outcome"],
        row["reason"],
        row["note"],
        instant_of(row["at"]),
        instant_of(row["next_at"]) if row["next_at"] else None,
        bool(row["promised"]),
    )


def add_touch(
    con: sqlite3.Connection,
    attempt: Attempt,
    person_id: int,
    *,
    counts: bool,
    event_id: int | None = None,
    direction: str = OUT,
    seconds: int | None = None,
    call_id: int | None = None,
) -> int:
    """Write an attempt (its own id is not used), of the same call as the attempt ``call_id``; the
    id it was given. Of somebody on a list, the event is the list's."""
    cursor = con.execute(
        "INSERT INTO touch(person_id, card_id, event_id, direction, seconds, counts, purpose, lane,"
        " outcome, reason, note, next_at, promised, at, call_id)"
        " VALUES (?1, ?2, coalesce(?3, (SELECT event_id FROM roster JOIN card c ON c.roster_id="
        "roster.id WHERE c.id=?2)), ?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)",
        (
            person_id,
            attempt.card_id or None,
            event_id,
            direction,
            seconds,
            counts,
            attempt.purpose,
            attempt.lane,
            attempt.outcome,
            attempt.reason,
            attempt.note,
            instant_text(attempt.next_at) if attempt.next_at else None,
            attempt.promised,
            instant_text(attempt.at),
            call_id,
        ),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def call_times(con: sqlite3.Connection, since: str, most: int) -> list[datetime]:
    """When the last calls and messages since an instant were made, oldest first; each call once."""
    rows = con.execute(
        "SELECT at FROM touch WHERE at>=? AND call_id IS NULL ORDER BY at DESC LIMIT ?",
        (since, most),
    )
    return [instant_of(row["at"]) for row in rows][::-1]


def calls_made(con: sqlite3.Connection, since: str) -> int:
    """How many calls and messages were made since an instant, each call once."""
    row = con.execute("SELECT count(*) FROM touch WHERE at>=? AND call_id IS NULL", (since,))
    return int(row.fetchone()[0])


def dialled(con: sqlite3.Connection, since: str) -> list[datetime]:
    """When somebody was dialled since an instant, answered or not, oldest first."""
    rows = con.execute(
        "SELECT at FROM touch WHERE at>=? AND call_id IS NULL AND lane='phone' AND direction='out'"
        " ORDER BY at",
        (since,),
    )
    return [instant_of(row["at"]) for row in rows]


class Last(NamedTuple):
    """The newest touch with somebody, whatever it was for."""

    id: int
    at: datetime
    purpose: str
    lane: str
    outcome: str


def last_touch(con: sqlite3.Connection, person_id: int) -> Last | None:
    row = con.execute(
        "SELECT id, at, purpose, lane, outcome FROM touch WHERE person_id=?"
        " ORDER BY at DESC, id DESC",
        (person_id,),
    ).fetchone()
    if row is None:
        return None
    return Last(row["id"], instant_of(row["at"]), row["purpose"], row["lane"], row["outcome"])


class Newest(NamedTuple):
    """The newest attempt on a card, with whom and what it was about."""

    attempt: Attempt
    roster_id: int
    event_id: int | None
    event: str
    starts_at: datetime
    person_id: int
    person: str
    company: str
    title: str
    phone: str


_NEWEST_OF = """SELECT t.*, e.roster_id, e.event_id AS of_event, e.name AS event, e.starts_at,
  p.id AS person_id, p.name AS person, p.company, p.title, p.phone
  FROM {touches} JOIN card c ON c.id=t.card_id JOIN {occasions} e
  JOIN person p ON p.id=c.person_id WHERE e.card_id=c.id"""


# Of whom somebody knows is passed over before anything else of them is read: after years they are
# nearly all there are.
_UNTOLD = _NEWEST_OF.format(
    touches=f"(SELECT id FROM touch k WHERE outcome {IN_LIST.replace('?', '?1')} AND NOT EXISTS"
    " (SELECT 1 FROM told o WHERE o.tbl='touch' AND o.row_id=k.id) AND NOT"
    f" (outcome {IN_LIST.replace('?', '?2')} AND EXISTS (SELECT 1 FROM handover h"
    "  JOIN handover_state s ON s.handover_id=h.id WHERE h.person_id=k.person_id"
    "  AND s.state='handed_over' AND s.at>=k.at))) u CROSS JOIN touch t ON t.id=u.id",
    occasions=OF_CARDS,
)


_PROMISED = _NEWEST_OF.format(
    touches="call_promise o CROSS JOIN touch t ON t.id=o.touch_id", occasions=OF_CARDS
)


def promises(con: sqlite3.Connection) -> list[Newest]:
    """Promised times still open: the newest attempt on the card made them, and the card is
    neither dropped nor of somebody who asked not to be called; nor is a reminder promised to
    somebody who withdrew since, or came."""
    rows = con.execute(
        f"{_PROMISED} AND e.cancelled_at IS NULL"
        " AND NOT (t.purpose='reminder'"
        "  AND (c.state IN ('waiting', 'withdrawn') OR coalesce(c.attended, 0)))"
        f" AND NOT {ASKED} AND p.erased_at IS NULL"
        f" AND NOT (CASE t.purpose WHEN 'reminder' THEN {NOT_REMINDED} ELSE {DROPPED} END)"
        " ORDER BY t.next_at, t.id"
    )
    return [_newest(row) for row in rows]


def untold(
    con: sqlite3.Connection,
    codes: Iterable[str],
    leads: Iterable[str],
    event_id: int | None = None,
) -> list[Newest]:
    """Cards whose newest attempt of a kind of purpose has one of these outcomes, of which nobody
    was told; newest first. Of those with one of ``leads`` nobody who was handed over since."""
    rows = con.execute(
        f"{_UNTOLD} AND (?3 IS NULL OR e.event_id=?3)"
        " AND NOT EXISTS (SELECT 1 FROM touch n WHERE n.card_id=t.card_id AND n.id > t.id"
        "   AND (n.purpose='reminder') = (t.purpose='reminder')) ORDER BY t.id DESC",
        (listed(codes), listed(leads), event_id),
    )
    return [_newest(row) for row in rows]


def _newest(row: sqlite3.Row) -> Newest:
    return Newest(
        attempt_of(row),
        row["roster_id"],
        row["of_event"],
        row["event"],
        instant_of(row["starts_at"]),
        row["person_id"],
        row["person"],
        row["company"],
        row["title"],
        row["phone"],
    )
