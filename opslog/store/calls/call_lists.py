"""The lists that can be called, or the parts of one, with what opens their calls."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.rosters.rosters import Cards
from opslog.store.calls.conditions import only as one_of
from opslog.store.calls.proving.settled import CLOSED, Aside
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.rosters.occasions import ALL_PARTS, HAS_PARTS, OF_PARTS


class CallList(NamedTuple):
    """A roster, or the part of it that is of one stop, with what it is about and the rounds that
    are closed. ``list``: of what it is; of a call list, what for, with which words, and its first
    and last day ('' where none is set)."""

    roster_id: int
    list: str
    event_id: int | None  # None: of no event
    event: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    place: str
    cancelled: bool
    closed_rounds: tuple[tuple[int, datetime], ...]
    purpose: str = ""
    track: str = ""
    opens_on: str = ""
    closes_on: str = ""
    made_at: str = ""
    of_event: str = ""  # what its event is called, '' of none
    remind_days: int = 1  # so long before the event its plan begins with the reminders
    stop_id: int | None = None  # of a road show, whose days these are
    apart: bool = False  # a part of the list: of that stop, or (None) of whom none is said

    @property
    def cards(self) -> Cards:
        """Whom it is of."""
        return Cards(self.roster_id, self.apart, self.stop_id)


def lists(
    con: sqlite3.Connection, *, event_id: int | None = None, roster_id: int | None = None
) -> list[CallList]:
    """Every list there is, or the sign-ups of one event, or one list; in their parts."""
    (event, of_event), (roster, of_roster) = (
        one_of("e.event_id", event_id),
        one_of("r.id", roster_id),
    )
    which = "1" if event_id is None else "r.kind='signup'"
    return _lists(con, f"{which}{event}{roster}", (*of_event, *of_roster))


def list_of(con: sqlite3.Connection, card_id: int | None) -> CallList | None:
    """The list that a card stands on, or the part of it."""
    which = "r.id=(SELECT roster_id FROM card WHERE id=?)"
    found = _lists(con, which, (card_id,), ALL_PARTS)
    if len(found) > 1:
        row = con.execute("SELECT stop_id FROM card WHERE id=?", (card_id,)).fetchone()
        found = [one for one in found if one.stop_id == row["stop_id"]]
    return next(iter(found), None)


def list_of_card(con: sqlite3.Connection, card_id: int) -> CallList:
    """The same of a card that is there."""
    found = list_of(con, card_id)
    assert found is not None
    return found


def signed_up(con: sqlite3.Connection, event_id: int | None) -> set[int]:
    """Who signed up for an event, and did not withdraw."""
    rows = con.execute(
        "SELECT c.person_id FROM signup s JOIN card c ON c.roster_id=s.id"
        " WHERE s.event_id=? AND c.state<>'withdrawn'",
        (event_id,),
    )
    return {row[0] for row in rows}


def lists_to_come(con: sqlite3.Connection, now: datetime) -> list[CallList]:
    """The sign-ups of events that have not begun yet."""
    return _lists(con, "r.kind='signup' AND e.starts_at > ?", (instant_text(now),))


def lists_open(
    con: sqlite3.Connection,
    now: datetime,
    rules: str,
    event_id: int | None = None,
    roster_id: int | None = None,
    *,
    closed: bool = False,
    closed_since: datetime | None = None,
    aside: Aside | None = None,
) -> list[CallList]:
    """Those on which somebody may be to be called now or later: all but the settled ones;
    ``closed``: and those whose calls were closed by hand. ``closed_since``: of all these the ones
    of which a step was closed since. ``aside``: without those on which only old call-backs wait."""
    (event, of_event), (roster, of_roster) = (
        one_of("e.event_id", event_id),
        one_of("r.id", roster_id),
    )
    settled = "SELECT 1 FROM call_settled s WHERE s.roster_id=r.id AND s.rules"
    known: tuple[object, ...] = (rules,) if closed else (rules, rules)
    holds = "=?" if closed else f" IN (?, ? || {CLOSED})"
    condition = f"e.cancelled_at IS NULL AND (e.starts_at > ? OR NOT EXISTS ({settled}{holds}))"
    if closed_since is not None:
        condition += (
            " AND EXISTS (SELECT 1 FROM plan p JOIN step x ON x.plan_id=p.id WHERE"
            " p.event_id=r.event_id AND x.evidence<>'' AND x.state='done' AND x.done_at>=?)"
        )
        known = (*known, instant_text(closed_since))
    if aside is not None:
        condition += f" AND (e.starts_at > ? OR NOT {aside.condition})"
        known = (*known, instant_text(now), *aside.values)
    values = (instant_text(now), *known, *of_event, *of_roster)
    return _lists(con, f"{condition}{event}{roster}", values)


def _lists(
    con: sqlite3.Connection, condition: str, values: Sequence[object], of_parts: str = OF_PARTS
) -> list[CallList]:
    whole = (
        f"occasion e ON e.roster_id=r.id WHERE {condition} AND (NOT {HAS_PARTS} OR EXISTS"
        " (SELECT 1 FROM card c WHERE c.roster_id=r.id AND c.stop_id IS NULL))"
    )
    parts = f"{of_parts} e ON e.roster_id=r.id WHERE {condition}"
    rows = [
        row
        for apart, which in ((HAS_PARTS, whole), ("1", parts))
        for row in con.execute(
            "SELECT r.id, r.kind AS list, e.event_id, e.name, e.kind, e.starts_at, e.ends_at,"
            " e.place, e.cancelled_at, r.purpose, r.track, r.opens_on, r.closes_on, r.created_at,"
            " e.event, (SELECT -min(s.offset) FROM plan p JOIN step s ON s.plan_id=p.id"
            "  WHERE p.event_id=e.event_id AND s.evidence='reminders-day-before'"
            f"  AND s.stop_id IS e.stop_id) AS remind_days, e.stop_id, {apart} AS apart"
            f" FROM roster r JOIN {which}",
            values,
        )
    ]
    rows.sort(key=lambda row: (row["starts_at"], row["id"]))
    rounds: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    for row in con.execute(
        "SELECT roster_id, number, closed_at FROM round WHERE closed_at IS NOT NULL"
        f" AND roster_id {IN_LIST} ORDER BY number",
        (listed({row["id"] for row in rows}),),
    ):
        rounds[row["roster_id"]].append((row["number"], instant_of(row["closed_at"])))
    return [
        CallList(
            row["id"],
            row["list"],
            row["event_id"],
            row["name"],
            row["kind"],
            instant_of(row["starts_at"]),
            instant_of(row["ends_at"]),
            row["place"],
            row["cancelled_at"] is not None,
            tuple(rounds[row["id"]]),
            row["purpose"],
            row["track"],
            row["opens_on"],
            row["closes_on"],
            row["created_at"],
            row["event"] or "",
            row["remind_days"] or 1,
            row["stop_id"],
            bool(row["apart"]),
        )
        for row in rows
    ]
