"""Who is put off, and until when; of two people who became one the later time holds."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from opslog.domain.base.clock import instant_of, instant_text


def put(con: sqlite3.Connection, person_id: int, until: datetime) -> None:
    end(con, person_id)
    values = (person_id, instant_text(until))
    con.execute("INSERT INTO not_now(person_id, until) VALUES (?,?)", values)


def end(con: sqlite3.Connection, person_id: int) -> None:
    con.execute("DELETE FROM not_now WHERE person_id=?", (person_id,))


def until(
    con: sqlite3.Connection, now: datetime, person_id: int | None = None
) -> dict[int, datetime]:
    """Person → until when, of those for whom that is still to come."""
    rows = con.execute(
        "SELECT person_id, max(until) AS until FROM not_now"
        " WHERE until>?1 AND (?2 IS NULL OR person_id=?2) GROUP BY person_id",
        (instant_text(now), person_id),
    )
    return {row["person_id"]: instant_of(row["until"]) for row in rows}
