"""Calls and messages as they leave in files, a row at a time."""

from __future__ import annotations

import sqlite3

from opslog.store.people.export import PERSON


def touches(con: sqlite3.Connection, event_id: int | None) -> sqlite3.Cursor:
    """Every attempt to reach somebody, by person, oldest first."""
    return con.execute(
        f"SELECT touch.*, event.name AS event, {PERSON}"
        " FROM touch JOIN person ON person.id=touch.person_id"
        " LEFT JOIN event ON event.id=touch.event_id WHERE ?1 IS NULL OR touch.event_id=?1"
        " ORDER BY event.starts_at, event.id, touch.card_id, touch.person_id, touch.id",
        (event_id,),
    )
