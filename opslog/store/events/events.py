"""Events, their plans and checklists: reading them and the statements that write them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.dates.wording import clock_of
from opslog.domain.events.events import (
    FLOATING,
    MISSED,
    EventCard,
    EventDraft,
    EventPlace,
    EventRow,
    PlanItem,
    PlanLine,
    closed,
)
from opslog.store.db import search
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.events import plans, targets
from opslog.store.events.plans import GOES_ON, OCCASION, OF_EVENT

# A floating step that can no longer be done, in SQL as in domain.events.closed. Steps are read
# from step_shown, where what is proven is done.
CLOSED = (
    "(s.state='floating' AND s.due_at < :now AND s.closes_at IS NOT NULL"
    " AND CASE s.phase WHEN 'after'"
    "   THEN max(s.closes_at, strftime('%Y-%m-%dT%H:%M:%SZ', s.due_at, '+1 day'))"
    "   ELSE s.closes_at END < :now)"
)
_ROWS = (
    "SELECT e.*, total(s.state<>'dropped') AS steps, total(s.state='done') AS done,"
    f" total(s.state='missed' OR {CLOSED}) AS missed,"
    f" total(s.state IN ('floating', 'pinned') AND s.due_at < :midnight AND NOT {CLOSED}) AS late"
    " FROM event e LEFT JOIN plan p ON p.event_id = e.id LEFT JOIN step_shown s ON s.plan_id = p.id"
)
_TICKED = (
    "(SELECT *, 0 AS proven, (SELECT event_id FROM plan WHERE id=step.plan_id) AS event_id"
    " FROM step)"
)


def order(con: sqlite3.Connection, now: datetime) -> list[EventPlace]:
    """Those to come by date, then those over, the last one first, then cancelled ones."""
    found = con.execute(
        "SELECT id, name || ' ' || tag || ' ' || place, starts_at <= :now, ends_at < :now,"
        " cancelled_at IS NOT NULL"
        " FROM event ORDER BY cancelled_at IS NOT NULL, ends_at < :now,"
        " CASE WHEN ends_at >= :now THEN starts_at END, starts_at DESC, id",
        {"now": instant_text(now)},
    )
    return [EventPlace(row[0], row[1], *map(bool, row[2:])) for row in found]


def rows(
    con: sqlite3.Connection, ids: Sequence[int], now: datetime, midnight: datetime
) -> list[EventRow]:
    """These events in this order; one that is gone is passed over.

    ``midnight`` is when today began: an open step due before it is late.
    """
    found = con.execute(
        f"{_ROWS} WHERE e.id IN (SELECT value FROM json_each(:ids)) GROUP BY e.id",
        {**_moments(now, midnight), "ids": listed(ids)},
    )
    rows = {row["id"]: _row(row) for row in found}
    return [rows[number] for number in ids if number in rows]


def card(
    con: sqlite3.Connection, event_id: int, now: datetime, midnight: datetime
) -> EventCard | None:
    row = con.execute(
        f"{_ROWS} WHERE e.id=:id GROUP BY e.id", {**_moments(now, midnight), "id": event_id}
    ).fetchone()
    if row is None:
        return None
    people = con.execute(
        "SELECT count(*) FROM card c JOIN signup r ON r.id = c.roster_id WHERE r.event_id=?",
        (event_id,),
    ).fetchone()[0]
    return EventCard(
        row=_row(row),
        segment=row["segment"],
        theme=row["theme"],
        budget_cents=row["budget_cents"],
        reach=row["reach"],
        views=row["views"],
        shares=row["shares"],
        note=row["note"],
        created_at=instant_of(row["created_at"]),
        targets=targets.of(con, event_id),
        people=people,
        reached=con.execute(f"SELECT {REACHED} FROM event e WHERE e.id=?", (event_id,)).fetchone()[
            0
        ],
    )


# Of an event e: the reach typed in with it, else what its channels add up to.
REACHED = "coalesce(e.reach, (SELECT sum(reach) FROM channel WHERE event_id=e.id))"


def names(con: sqlite3.Connection) -> list[tuple[int, str, str, str | None]]:
    """Id, name, tag and day of cancelling of every event, the newest date first."""
    found = con.execute(
        "SELECT id, name, tag, cancelled_at FROM event ORDER BY starts_at DESC, id DESC"
    )
    return [(row["id"], row["name"], row["tag"], row["cancelled_at"]) for row in found]


def lines(
    con: sqlite3.Connection, event_id: int, now: datetime, *, ticked: bool = False
) -> list[PlanLine]:
    """The plan in order of time. An open step that is no longer possible is read as missed.

    ``ticked``: as they are stored, for a move: what its evidence proves today may not be proven
    of another date.
    """
    return plan_lines(con, f"plan_id={OF_EVENT}", event_id, now, ticked=ticked)


def plan_lines(
    con: sqlite3.Connection, which: str, about: object, now: datetime, *, ticked: bool = False
) -> list[PlanLine]:
    """The steps of the plans that the condition ``which`` names, as ``lines``."""
    checklist = _items(con, f"WHERE step_id IN (SELECT id FROM step WHERE {which})", about)
    found = con.execute(
        f"SELECT * FROM {_TICKED if ticked else 'step_shown'} WHERE {which}"
        " ORDER BY due_at, coalesce(planned_at, due_at), id",
        (about,),
    )
    return [plan_line(row, now, checklist.get(row["id"], ())) for row in found]


def line(con: sqlite3.Connection, step_id: int, now: datetime) -> PlanLine | None:
    row = con.execute("SELECT * FROM step_shown WHERE id=?", (step_id,)).fetchone()
    if row is None:
        return None
    items = con.execute("SELECT * FROM check_item WHERE step_id=? ORDER BY id", (step_id,))
    return plan_line(row, now, [_item(item) for item in items])


def item(con: sqlite3.Connection, item_id: int) -> tuple[PlanItem, int] | None:
    """A line of a checklist and the step it belongs to."""
    row = con.execute("SELECT * FROM check_item WHERE id=?", (item_id,)).fetchone()
    return None if row is None else (_item(row), row["step_id"])


def due(
    con: sqlite3.Connection, now: datetime, end_of_today: datetime, with_list: Sequence[str]
) -> list[tuple[PlanLine, str, datetime | None]]:
    """Open steps inside their lead time with their event's name and start, or their routine's.

    ``with_list``: evidence of steps that other lists show as soon as the event has people.
    """
    found = con.execute(
        "SELECT s.*, 0 AS proven, p.event_id, coalesce(e.name, r.name) AS event_name,"
        " coalesce(o.starts_at, e.starts_at) AS event_starts_at FROM step s"
        f" {OCCASION} LEFT JOIN stop o ON o.id=s.stop_id"
        f" WHERE s.state IN ('floating', 'pinned') AND {GOES_ON}"
        " AND s.due_at <= strftime('%Y-%m-%dT%H:%M:%SZ', :end, '+' || s.lead_days || ' days')"
        " AND (s.snoozed_until IS NULL OR s.snoozed_until <= :now)"
        f" AND NOT {CLOSED}"
        " AND NOT EXISTS (SELECT 1 FROM step_proven p WHERE p.step_id = s.id)"
        " AND NOT (s.evidence IN (SELECT value FROM json_each(:with_list))"
        "   AND EXISTS (SELECT 1 FROM signup r JOIN card c ON c.roster_id = r.id"
        "     WHERE r.event_id = e.id AND (s.stop_id IS NULL OR r.stop_id = s.stop_id)))"
        " ORDER BY s.due_at, s.id",
        {
            "now": instant_text(now),
            "end": instant_text(end_of_today),
            "with_list": listed(with_list),
        },
    ).fetchall()
    items = _items(con, f"WHERE step_id {IN_LIST}", listed(row["id"] for row in found))
    return [
        (
            plan_line(row, now, items.get(row["id"], ())),
            row["event_name"],
            _instant(row["event_starts_at"]),
        )
        for row in found
    ]


def turn_due(con: sqlite3.Connection, today: str) -> bool:
    """Whether a plan of the operator's own has a turn to be made; each start asks."""
    row = con.execute(
        "SELECT 1 FROM routine r JOIN plan p ON p.id="
        " (SELECT id FROM plan WHERE routine_id=r.id ORDER BY anchor DESC LIMIT 1)"
        " WHERE r.paused_at IS NULL AND r.ended_at IS NULL AND p.next_on<>'' AND p.next_on<=?"
        " LIMIT 1",
        (today,),
    ).fetchone()
    return row is not None


def _items(con: sqlite3.Connection, which: str, about: object) -> dict[int, list[PlanItem]]:
    """Checklists by step."""
    checklist: dict[int, list[PlanItem]] = {}
    for item in con.execute(f"SELECT * FROM check_item {which} ORDER BY id", (about,)):
        checklist.setdefault(item["step_id"], []).append(_item(item))
    return checklist


def insert(con: sqlite3.Connection, draft: EventDraft, ends_at: datetime, now: datetime) -> int:
    cursor = con.execute(
        "INSERT INTO event(name, kind, host, list, starts_at, ends_at, audience, segment,"
        " theme, place, tag, budget_cents, note, search, created_at)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (*_values(draft, ends_at), _search(draft), instant_text(now)),
    )
    event_id = cursor.lastrowid
    assert event_id is not None
    targets.write_targets(con, event_id, draft.targets)
    return event_id


def update(con: sqlite3.Connection, event_id: int, draft: EventDraft, ends_at: datetime) -> None:
    con.execute(
        "UPDATE event SET name=?, kind=?, host=?, list=?, starts_at=?, ends_at=?, audience=?,"
        " segment=?, theme=?, place=?, tag=?, budget_cents=?, note=?, search=? WHERE id=?",
        (*_values(draft, ends_at), _search(draft), event_id),
    )


def insert_line(con: sqlite3.Connection, event_id: int, line: PlanLine) -> int:
    """A step of an event's plan with its checklist; its id."""
    return insert_into(con, plans.of_event(con, event_id), line)


def insert_into(con: sqlite3.Connection, plan_id: int, line: PlanLine) -> int:
    """A step of a plan with its checklist; its id."""
    values = _step_values(line)
    cursor = con.execute(
        "INSERT INTO step(plan_id, key, title, title_en, anchor, offset, offset_months, clock,"
        " workdays, rest, channel, phase, lead_days, note, evidence, owner, words, due_at,"
        " planned_at, closes_at, why, state, done_at, snoozed_until, dropped_why,"
        f" stop_id) VALUES ({','.join('?' * 26)})",
        (
            plan_id,
            line.key,
            line.title,
            line.title_en,
            *_timing(line),
            line.channel,
            line.phase,
            line.lead_days,
            line.note,
            line.evidence,
            line.owner,
            line.words,
            *values,
            line.stop_id,
        ),
    )
    step_id = cursor.lastrowid
    assert step_id is not None
    con.executemany(
        "INSERT INTO check_item(step_id, title, title_en, kind) VALUES (?,?,?,?)",
        [(step_id, one.title, one.title_en, one.kind) for one in line.items],
    )
    return step_id


def update_line(con: sqlite3.Connection, line: PlanLine) -> None:
    """Write where a step lies and how it stands; its title and checklist stay."""
    con.execute(
        "UPDATE step SET phase=?, anchor=?, offset=?, offset_months=?, clock=?, workdays=?,"
        " rest=?, due_at=?, planned_at=?, closes_at=?, why=?, state=?, done_at=?,"
        " snoozed_until=?, dropped_why=?, published_for=? WHERE id=?",
        (
            line.phase,
            *_timing(line),
            *_step_values(line),
            _text(line.published_for),
            line.id,
        ),
    )


def delete_line(con: sqlite3.Connection, step_id: int) -> None:
    con.execute("DELETE FROM check_item WHERE step_id=?", (step_id,))
    con.execute("DELETE FROM step WHERE id=?", (step_id,))


def _moments(now: datetime, midnight: datetime) -> dict[str, str]:
    return {"now": instant_text(now), "midnight": instant_text(midnight)}


def _values(draft: EventDraft, ends_at: datetime) -> tuple[object, ...]:
    return (
        draft.name,
        draft.kind,
        draft.host,
        draft.list,
        instant_text(draft.starts_at),
        instant_text(ends_at),
        draft.audience,
        draft.segment,
        draft.theme,
        draft.place,
        draft.tag,
        draft.budget_cents,
        draft.note,
    )


def _search(draft: EventDraft) -> str:
    return search.index_text(
        draft.name, draft.theme, draft.place, draft.tag, draft.segment, draft.note
    )


def _timing(line: PlanLine) -> tuple[object, ...]:
    clock = f"{line.clock:%H:%M}" if line.clock else ""
    return line.anchor, line.offset, line.offset_months, clock, line.workdays, line.rest


def _step_values(line: PlanLine) -> tuple[object, ...]:
    return (
        instant_text(line.due_at),
        _text(line.planned_at),
        _text(line.closes_at),
        ",".join(line.why),
        line.state,
        _text(line.done_at),
        _text(line.snoozed_until),
        line.dropped_why,
    )


def _text(instant: datetime | None) -> str | None:
    return None if instant is None else instant_text(instant)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else instant_of(text)


def _row(row: sqlite3.Row) -> EventRow:
    return EventRow(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        host=row["host"],
        list=row["list"],
        audience=row["audience"],
        starts_at=instant_of(row["starts_at"]),
        ends_at=instant_of(row["ends_at"]),
        place=row["place"],
        tag=row["tag"],
        cancelled_at=_instant(row["cancelled_at"]),
        steps=int(row["steps"]),
        done=int(row["done"]),
        late=int(row["late"]),
        missed=int(row["missed"]),
    )


def _item(row: sqlite3.Row) -> PlanItem:
    return PlanItem(
        row["id"],
        row["title"],
        row["title_en"],
        _instant(row["done_at"]),
        row["kind"],
        row["answer"],
    )


STEP_FIELDS = tuple(name for name in PlanLine._fields if name != "items")  # columns of a step
_INSTANTS = ("due_at", "planned_at", "closes_at", "done_at", "snoozed_until", "published_for")
_AT = {name: n for n, name in enumerate(STEP_FIELDS)}
_INSTANTS_AT = [_AT[name] for name in _INSTANTS]
_WHY, _CLOCK, _PROVEN, _EVENT = (_AT[name] for name in ("why", "clock", "proven", "event_id"))
_ITEMS = PlanLine._fields.index("items")


def plan_line(row: sqlite3.Row, now: datetime, items: Iterable[PlanItem]) -> PlanLine:
    return step_of([row[name] for name in STEP_FIELDS], now, items)


def step_of(values: list[Any], now: datetime, items: Iterable[PlanItem] = ()) -> PlanLine:
    """A step of its columns in the order of ``STEP_FIELDS``, which are written over: where there
    are hundreds, looking each up by its name takes the most time."""
    for n in _INSTANTS_AT:
        if values[n] is not None:
            values[n] = instant_of(values[n])
    why = values[_WHY]
    values[_WHY] = tuple(code for code in why.split(",") if code) if why else ()
    values[_CLOCK], values[_PROVEN] = clock_of(values[_CLOCK]), bool(values[_PROVEN])
    values[_EVENT] = values[_EVENT] or 0
    values.insert(_ITEMS, tuple(items))
    line = PlanLine._make(values)
    closes = line.closes_at if line.state == FLOATING else None
    if closes and closed(line.phase, line.due_at, closes, now):
        return line._replace(state=MISSED)
    return line


def came(con: sqlite3.Connection, event_id: int) -> int:
    """How many of its list are marked as having come."""
    row = con.execute(
        "SELECT count(*) FROM card c JOIN roster r ON r.id=c.roster_id"
        " WHERE r.kind='signup' AND r.event_id=? AND c.attended=1",
        (event_id,),
    ).fetchone()
    return int(row[0])
