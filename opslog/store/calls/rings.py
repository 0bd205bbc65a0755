"""Calls promised to somebody on no list: they wait as follow-ups of the line of their call."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_of
from opslog.store.people.suppressed import barred


class OffList(NamedTuple):
    """``due`` is ``promised``, or until when it was put off."""

    follow_up_id: int
    person_id: int
    person: str
    company: str
    phone: str
    promised: datetime
    due: datetime


def off_list(con: sqlite3.Connection) -> list[OffList]:
    rows = con.execute(
        "SELECT f.id, f.due_at, max(f.due_at, coalesce(f.snoozed_until, '')) AS due,"
        " p.id AS person_id, p.name, p.company, p.phone"
        " FROM follow_up f JOIN log l ON l.id=f.log_id JOIN person_shown p ON p.id=f.person_id"
        " WHERE f.done_at IS NULL AND f.timed AND l.source='call'"
        f" AND NOT {barred('p')}"
    )
    return [
        OffList(
            row["id"],
            row["person_id"],
            row["name"],
            row["company"],
            row["phone"],
            instant_of(row["due_at"]),
            instant_of(row["due"]),
        )
        for row in rows
    ]
