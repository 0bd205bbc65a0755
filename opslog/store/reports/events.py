"""The events of a stretch of days with what they brought, as a report counts it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime

from opslog.domain.base.clock import instant_of
from opslog.domain.calls.outcomes import CALLBACK
from opslog.domain.events.measures import MEASURES, by_measure
from opslog.domain.reports.ledger import EventLead, Held, Invited
from opslog.store.calls import attendance
from opslog.store.calls.conditions import flag
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.events import targets
from opslog.store.events.events import REACHED
from opslog.store.reports.ledger import Wanted

_TYPED = ("reach", "views", "shares", "signups")
# Of an event e, by measure, what somebody has from elsewhere, each as it was typed in last.
_FIGURES = """(SELECT json_group_object(measure, value) FROM
  (SELECT measure, value, max(id) FROM figure
    WHERE event_id=e.id AND value IS NOT NULL GROUP BY measure))"""


def events(con: sqlite3.Connection, wanted: Wanted, *, ended: bool) -> tuple[Held, ...]:
    """Those that end in the stretch, or begin in it, none that was cancelled."""
    moment = "ends_at" if ended else "starts_at"
    rows = con.execute(
        "SELECT e.id, e.name, e.starts_at, e.ends_at, e.views, e.shares,"
        f" {REACHED} AS reach, {_FIGURES} AS figures,"
        " (SELECT sum(signups) FROM channel WHERE event_id=e.id) AS signups,"
        " (SELECT json_group_object(measure, value) FROM target WHERE event_id=e.id) AS targets,"
        " e.list='form' AS asks,"
        " EXISTS (SELECT 1 FROM signup WHERE event_id=e.id) AS has_list,"
        f" EXISTS (SELECT 1 FROM touch WHERE event_id=e.id AND purpose GLOB '{CALLBACK}*')"
        " AS called_back"
        f" FROM event e WHERE e.cancelled_at IS NULL AND e.{moment} >= :start"
        f" AND e.{moment} < :end{wanted.only('e.id')} ORDER BY e.starts_at, e.id",
        wanted.values(),
    )
    return tuple(
        Held(
            row["id"],
            row["name"],
            instant_of(row["starts_at"]),
            instant_of(row["ends_at"]),
            by_measure(json.loads(row["targets"])),
            {name: row[name] for name in _TYPED if row[name] is not None},
            _whole(json.loads(row["figures"])),
            bool(row["asks"]),
            bool(row["has_list"]),
            bool(row["called_back"]),
        )
        for row in rows
    )


def _whole(figures: dict[str, float]) -> dict[str, int]:
    return {name: round(value) for name, value in figures.items() if name in MEASURES}


def starts(con: sqlite3.Connection, event_ids: Sequence[int]) -> dict[int, datetime]:
    rows = con.execute(f"SELECT id, starts_at FROM event WHERE id {IN_LIST}", [listed(event_ids)])
    return {id: instant_of(at) for id, at in rows}


def target(con: sqlite3.Connection, event_id: int, measure: str) -> int:
    """0: none was set."""
    return round(targets.of(con, event_id).get(measure, 0))


def invited(con: sqlite3.Connection, event_ids: Sequence[int]) -> Iterator[Invited]:
    """Everybody the attendance lists of these events count."""
    for row in attendance.of_events(con, event_ids):
        attended = flag(row["attended"])
        yield Invited(row["id"], row["event_id"], row["outcome"], attended, row["guests"])


def leads(con: sqlite3.Connection, event_ids: Sequence[int]) -> Iterator[EventLead]:
    """Their leads, as each stands now."""
    rows = con.execute(
        "SELECT max(s.id), h.event_id, s.state FROM handover h"
        " JOIN handover_state s ON s.handover_id=h.id"
        f" WHERE h.event_id {IN_LIST} GROUP BY h.id ORDER BY 1",
        [listed(event_ids)],
    )
    return (EventLead(*row) for row in rows)
