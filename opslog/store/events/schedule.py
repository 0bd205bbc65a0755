"""Events and steps by days, over all plans but those of cancelled events and of what the operator
ends or lets rest."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.events.calendar_days import Held, OwnPlan
from opslog.domain.events.events import PlanLine
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.events import targets
from opslog.store.events.events import CLOSED, STEP_FIELDS, step_of
from opslog.store.events.plans import GOES_ON, OCCASION

_STEP = ", ".join(f"s.{name}" for name in STEP_FIELDS)


def events(con: sqlite3.Connection, first: datetime, end: datetime) -> list[int]:
    """Those that take place between two moments, by when they start."""
    rows = con.execute(
        "SELECT id FROM event WHERE cancelled_at IS NULL AND starts_at < :end"
        " AND (ends_at > :first OR starts_at >= :first) ORDER BY starts_at, id",
        _between(first, end),
    )
    return [row["id"] for row in rows]


def after(con: sqlite3.Connection, moment: datetime, most: int) -> list[int]:
    """The next events that start at or after a moment."""
    rows = con.execute(
        "SELECT id FROM event WHERE cancelled_at IS NULL AND starts_at >= ?"
        " ORDER BY starts_at, id LIMIT ?",
        (instant_text(moment), most),
    )
    return [row["id"] for row in rows]


def steps(con: sqlite3.Connection, first: datetime, end: datetime, now: datetime) -> list[PlanLine]:
    """Those due between two moments, in order of time, without their checklists; none that was
    given up."""
    rows = con.execute(
        f"SELECT {_STEP} FROM step_shown s {OCCASION}"
        # By the index over state and due_at: the states are those of step_shown but for dropped.
        " WHERE s.id IN (SELECT id FROM step WHERE due_at >= :first AND due_at < :end"
        " AND state IN ('floating', 'pinned', 'done', 'missed'))"
        f" AND {GOES_ON} ORDER BY s.due_at, s.id",
        _between(first, end),
    )
    return [step_of(list(row), now) for row in rows]


def some_steps(
    con: sqlite3.Connection,
    first: datetime,
    end: datetime,
    now: datetime,
    events: Iterable[int],
    own: Iterable[int],
) -> list[PlanLine]:
    """As ``steps``, of the plans of these events and of these of the operator's own alone."""
    rows = con.execute(
        f"SELECT {_STEP} FROM step_shown s {OCCASION} WHERE s.plan_id IN (SELECT id FROM plan"
        " WHERE event_id IN (SELECT value FROM json_each(:events))"
        " OR routine_id IN (SELECT value FROM json_each(:own)))"
        " AND s.due_at >= :first AND s.due_at < :end AND s.state<>'dropped'"
        f" AND {GOES_ON} ORDER BY s.due_at, s.id",
        {**_between(first, end), "events": listed(events), "own": listed(own)},
    )
    return [step_of(list(row), now) for row in rows]


_DUE = (
    f"FROM step s {OCCASION} WHERE s.state IN ('floating', 'pinned', 'done', 'missed')"
    f" AND s.due_at >= :first AND s.due_at < :end AND {GOES_ON}"
)


def loads(con: sqlite3.Connection, first: datetime, end: datetime) -> list[tuple[datetime, int]]:
    """How many of what ``steps`` gives are due at each moment: much costs little to count."""
    rows = con.execute(f"SELECT s.due_at, count(*) {_DUE} GROUP BY s.due_at", _between(first, end))
    return [(instant_of(due), number) for due, number in rows]


def whose(con: sqlite3.Connection, first: datetime, end: datetime) -> list[tuple[int, int]]:
    """The event or (0) the plan of the operator's own (0) of what ``steps`` gives, each once."""
    rows = con.execute(
        f"SELECT DISTINCT coalesce(p.event_id, 0), coalesce(p.routine_id, 0) {_DUE}",
        _between(first, end),
    )
    return [(event, own) for event, own in rows]


def held(
    con: sqlite3.Connection, first: datetime, end: datetime, others: Iterable[int]
) -> list[Held]:
    """The events between two moments and these others, by when they start."""
    rows = con.execute(
        "SELECT id, starts_at, ends_at FROM event WHERE cancelled_at IS NULL"
        " AND (starts_at < :end AND (ends_at > :first OR starts_at >= :first)"
        " OR id IN (SELECT value FROM json_each(:others))) ORDER BY starts_at, id",
        {**_between(first, end), "others": listed(others)},
    )
    return [Held(row[0], instant_of(row[1]), instant_of(row[2])) for row in rows]


def late(
    con: sqlite3.Connection,
    events: Iterable[int],
    own: Iterable[int],
    first: datetime,
    midnight: datetime,
    now: datetime,
) -> int:
    """How many steps of these events are open and past their day, ``midnight`` being when today
    began; of plans of the operator's own those due from ``first`` on."""
    row = con.execute(
        "SELECT count(*) FROM step_shown s JOIN plan p ON p.id=s.plan_id WHERE s.plan_id IN"
        " (SELECT id FROM plan WHERE event_id IN (SELECT value FROM json_each(:events))"
        "  OR routine_id IN (SELECT value FROM json_each(:own)))"
        " AND s.due_at < :midnight AND (p.event_id IS NOT NULL OR s.due_at >= :first)"
        f" AND s.state IN ('floating', 'pinned') AND NOT {CLOSED}",
        {
            "events": listed(events),
            "own": listed(own),
            "first": instant_text(first),
            "midnight": instant_text(midnight),
            "now": instant_text(now),
        },
    ).fetchone()
    return int(row[0])


def _between(first: datetime, end: datetime) -> dict[str, str]:
    return {"first": instant_text(first), "end": instant_text(end)}


def extents(con: sqlite3.Connection, ids: Sequence[int]) -> dict[int, tuple[datetime, datetime]]:
    """When the first and the last step of each event's plan are due; none that was given up."""
    rows = con.execute(
        "SELECT p.event_id, min(due_at), max(due_at) FROM plan p JOIN step s ON s.plan_id=p.id"
        f" WHERE p.event_id {IN_LIST} AND state<>'dropped' GROUP BY p.event_id",
        (listed(ids),),
    )
    return {row[0]: (instant_of(row[1]), instant_of(row[2])) for row in rows}


def own(con: sqlite3.Connection, turns: Iterable[int]) -> dict[int, OwnPlan]:
    """Of turns, by their numbers: which plan of the operator's own each belongs to."""
    rows = con.execute(
        "SELECT p.id AS turn, r.id, r.name, r.every FROM plan p JOIN routine r ON r.id=p.routine_id"
        f" WHERE p.id {IN_LIST}",
        (listed(turns),),
    )
    return {row["turn"]: OwnPlan(row["id"], row["name"], row["every"]) for row in rows}


def own_named(con: sqlite3.Connection, ids: Iterable[int]) -> list[OwnPlan]:
    """These plans of the operator's own, by name."""
    rows = con.execute(f"SELECT id, name, every FROM routine WHERE id {IN_LIST}", (listed(ids),))
    return sorted((OwnPlan(*row) for row in rows), key=lambda plan: (plan.name, plan.id))


def own_extents(
    con: sqlite3.Connection, ids: Iterable[int]
) -> dict[int, tuple[datetime, datetime]]:
    """As ``extents``, of plans of the operator's own with all their turns."""
    rows = con.execute(
        "SELECT p.routine_id, min(due_at), max(due_at) FROM plan p JOIN step s ON s.plan_id=p.id"
        f" WHERE p.routine_id {IN_LIST} AND state<>'dropped' GROUP BY p.routine_id",
        (listed(ids),),
    )
    return {row[0]: (instant_of(row[1]), instant_of(row[2])) for row in rows}


def waiting(con: sqlite3.Connection, end: datetime, now: datetime) -> list[PlanLine]:
    """Steps not ticked that are due before a moment, in order of time, without checklists."""
    rows = con.execute(
        f"SELECT {_STEP} FROM step_shown s {OCCASION} WHERE s.id IN"
        " (SELECT id FROM step WHERE state IN ('floating', 'pinned') AND due_at < ?)"
        f" AND {GOES_ON} ORDER BY s.due_at, s.id",
        (instant_text(end),),
    )
    return [step_of(list(row), now) for row in rows]


# Whom an event's mails reach: its audience, where one was made of people, else who signed up.
_REACHED = (
    "SELECT c.person_id FROM roster r JOIN card c ON c.roster_id=r.id"
    " JOIN person_shown p ON p.id=c.person_id"
    " WHERE r.event_id=? AND c.state<>'withdrawn' AND r.kind=coalesce("
    " (SELECT a.kind FROM roster a WHERE a.event_id=r.event_id AND a.kind='audience' LIMIT 1),"
    " 'signup')"
)


def shared(con: sqlite3.Connection, one: int, other: int) -> int | None:
    """How many people two events reach both; None where one of them has no list yet."""
    for event_id in (one, other):
        if con.execute(f"{_REACHED} LIMIT 1", (event_id,)).fetchone() is None:
            return None
    row = con.execute(f"SELECT count(*) FROM ({_REACHED} INTERSECT {_REACHED})", (one, other))
    return int(row.fetchone()[0])


def aims(con: sqlite3.Connection, ids: Sequence[int]) -> tuple[dict[int, str], dict[int, str]]:
    """Whom each event is for in words, where that is not everybody, and where each stop is."""
    events = con.execute(
        f"SELECT id, segment FROM event WHERE audience='segment' AND segment<>'' AND id {IN_LIST}",
        (listed(ids),),
    )
    stops = con.execute(f"SELECT id, place FROM stop WHERE event_id {IN_LIST}", (listed(ids),))
    return {row[0]: row[1] for row in events}, {row[0]: row[1] for row in stops}


def callees(con: sqlite3.Connection, event_id: int) -> int:
    """How many are on an event's list; of one without, how many were hoped for."""
    row = con.execute(
        "SELECT (SELECT count(*) FROM signup r JOIN card c ON c.roster_id=r.id"
        " WHERE r.event_id=?1 AND c.state<>'withdrawn')",
        (event_id,),
    ).fetchone()
    return int(row[0] or targets.of(con, event_id).get("signups", 0))
