"""What calling reads and writes: lists that can be called, their cards, attempts."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.calls.retries import OUT, Attempt
from opslog.domain.people.card import WRITE
from opslog.domain.rosters.rosters import DOOR, Cards
from opslog.store.calls.conditions import DROPPED, NOT_REMINDED, SAID_OF, dropped, flag
from opslog.store.calls.conditions import only as one_of
from opslog.store.calls.proving.settled import CLOSED, Aside
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.people.met import PRESENT
from opslog.store.people.suppressed import WRONG, WrongNumbers, barred
from opslog.store.rosters.occasions import HAS_PARTS, OF_CARDS, OF_PARTS, of_cards


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


class Candidate(NamedTuple):
    """A card that may be called, with the person on it."""

    card_id: int
    roster_id: int
    person_id: int
    person: str
    company: str
    company_key: str
    title: str
    phone: str  # the first that is not known to be a wrong number
    wrong_number: bool  # of those there are none is left
    wecom: bool | None
    attended: bool | None
    state: str
    email: str
    note: str
    verdict: str  # the present one with its reason, ``drop colleague``; '' while there is none
    at_the_door: bool  # nobody could remind them


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
    found = _lists(con, which, (card_id,))
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


def _lists(con: sqlite3.Connection, condition: str, values: Sequence[object]) -> list[CallList]:
    whole = (
        f"occasion e ON e.roster_id=r.id WHERE {condition} AND (NOT {HAS_PARTS} OR EXISTS"
        " (SELECT 1 FROM card c WHERE c.roster_id=r.id AND c.stop_id IS NULL))"
    )
    parts = f"{OF_PARTS} e ON e.roster_id=r.id WHERE {condition}"
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


# Who asked not to be called, or has no number and asked for no messages.
_ASKED = f"({barred('p')} OR (p.phone='' AND {barred('p', WRITE)}))"
_CANDIDATE_OF = f"""SELECT c.id, c.roster_id, c.person_id, p.name, p.company, p.company_key,
  p.title, p.phone, CASE WHEN {barred("p", WRITE)} THEN 0 ELSE p.wecom END AS wecom,
  p.phone<>'' AND EXISTS (SELECT 1 FROM suppressed s WHERE s.kind='phone' AND s.value=p.phone
    AND s.scope='{WRONG}') AS wrong,
  c.attended, c.state, c.way, p.phones, p.email, p.note, {PRESENT} AS verdict{{more}}
  FROM card c JOIN person p ON p.id=c.person_id"""
_CANDIDATE = _CANDIDATE_OF.format(more="")


def untried(
    con: sqlite3.Connection,
    cards: Cards,
    since: datetime | None = None,
    purpose: str = "",
    *,
    reminder: bool,
) -> Iterator[Candidate]:
    """As ``each_candidate``, in any order: those without an attempt of a purpose ('': of any) since
    an instant."""
    which, wanted = of_cards(cards)
    rows = con.execute(
        f"{_CANDIDATE} WHERE {which} AND NOT {_ASKED} AND p.erased_at IS NULL"
        f" AND NOT {dropped(reminder=reminder)} AND NOT EXISTS (SELECT 1 FROM touch t"
        " WHERE t.card_id=c.id AND ? IN ('', t.purpose) AND t.at>=?)",
        (*wanted, purpose, "" if since is None else instant_text(since)),
    )
    wrong = WrongNumbers(con)
    return (_candidate(row, wrong) for row in rows)


def each_candidate(
    con: sqlite3.Connection, cards: Cards, only: Iterable[int] | None = None, *, reminder: bool
) -> Iterator[Candidate]:
    """The cards whose present verdict allows calls, of people who may be called; ``only`` some of
    them."""
    which, wanted = of_cards(cards, only)
    rows = con.execute(
        f"{_CANDIDATE} WHERE {which} AND NOT {_ASKED} AND p.erased_at IS NULL"
        f" AND NOT {dropped(reminder=reminder)} ORDER BY c.id",
        wanted,
    )
    wrong = WrongNumbers(con)
    return (_candidate(row, wrong) for row in rows)


def left_out(
    con: sqlite3.Connection, cards: Cards, only: Iterable[int] | None = None, *, reminder: bool
) -> list[tuple[Candidate, bool]]:
    """The cards that ``each_candidate`` leaves out, and of each whether the person asked for it;
    ``only`` of these cards."""
    which, wanted = of_cards(cards, only)
    rows = con.execute(
        _CANDIDATE_OF.format(more=f", {_ASKED} AS barred")
        + f" WHERE {which} AND p.erased_at IS NULL"
        f" AND ({_ASKED} OR {dropped(reminder=reminder)}) ORDER BY c.id",
        wanted,
    )
    wrong = WrongNumbers(con)
    return [(_candidate(row, wrong), bool(row["barred"])) for row in rows]


def cards_of(con: sqlite3.Connection, person_id: int) -> list[Candidate]:
    """A person's cards on every list, whatever was decided about them."""
    wrong = WrongNumbers(con)
    rows = con.execute(f"{_CANDIDATE} WHERE c.person_id=? ORDER BY c.id", (person_id,))
    return [_candidate(row, wrong) for row in rows]


def candidates(con: sqlite3.Connection, card_ids: Iterable[int]) -> list[Candidate]:
    """These cards, whatever was decided about them."""
    rows = con.execute(f"{_CANDIDATE} WHERE c.id {IN_LIST} ORDER BY c.id", [listed(card_ids)])
    wrong = WrongNumbers(con)
    return [_candidate(row, wrong) for row in rows]


def candidate(con: sqlite3.Connection, card_id: int) -> Candidate | None:
    """Any card, whatever was decided about it."""
    row = con.execute(f"{_CANDIDATE} WHERE c.id=?", (card_id,)).fetchone()
    return None if row is None else _candidate(row, WrongNumbers(con))


def _candidate(row: sqlite3.Row, wrong: Container[str]) -> Candidate:
    numbers = [row["phone"]]
    if row["wrong"] or not row["phone"]:
        numbers = [n for n in row["phones"].split() if n not in wrong]
    return Candidate(
        card_id=row["id"],
        roster_id=row["roster_id"],
        person_id=row["person_id"],
        person=row["name"],
        company=row["company"],
        company_key=row["company_key"],
        title=row["title"],
        phone=numbers[0] if numbers else "",
        wrong_number=bool(row["phone"]) and not numbers,
        wecom=flag(row["wecom"]),
        attended=flag(row["attended"]),
        state=row["state"],
        email=row["email"],
        note=row["note"],
        verdict=row["verdict"] or "",
        at_the_door=row["way"] == DOOR,
    )


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
        f" AND NOT {_ASKED} AND p.erased_at IS NULL"
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
