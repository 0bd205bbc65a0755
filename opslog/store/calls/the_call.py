"""What was said in one call: an attempt for each thing that it was for."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_of


class Part(NamedTuple):
    """One attempt of a call."""

    id: int
    person_id: int
    card_id: int | None
    event_id: int | None
    purpose: str
    lane: str
    outcome: str
    direction: str
    at: datetime


def newest(con: sqlite3.Connection, person_id: int) -> list[Part]:
    """The call that was logged last with somebody, by its attempts, the first one first."""
    row = con.execute(
        "SELECT id FROM touch WHERE person_id=? ORDER BY at DESC, id DESC", (person_id,)
    ).fetchone()
    return of(con, row[0]) if row else []


def of(con: sqlite3.Connection, attempt: int) -> list[Part]:
    """The call that an attempt is of."""
    rows = con.execute(
        "SELECT t.id, t.person_id, t.card_id, t.event_id, t.purpose, t.lane, t.outcome,"
        " t.direction, t.at FROM touch mine JOIN touch t"
        " ON coalesce(mine.call_id, mine.id) IN (t.id, t.call_id)"
        " WHERE mine.id=? AND t.person_id=mine.person_id ORDER BY t.id",
        (attempt,),
    )
    return [Part(*row)._replace(at=instant_of(row["at"])) for row in rows]
