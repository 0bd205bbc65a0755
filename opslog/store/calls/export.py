"""Calls and messages as they leave in files, a row at a time."""

from __future__ import annotations

import sqlite3

from opslog.store.people.export import PERSON


def touches(con: sqlite3.Connection, event_id: int | None) -> sqlite3.Cursor:
    """Every attempt to reach somebody, by person, oldest first."""
    return con.execute(
        "SELECT touch.*, roster.event_id, event.name AS event, card.person_id,"
        f" {PERSON}"
        " FROM touch JOIN card ON card.id=touch.card_id JOIN roster ON roster.id=card.roster_id"
        " JOIN event ON event.id=roster.event_id JOIN person ON person.id=card.person_id"
        " WHERE ?1 IS NULL OR roster.event_id=?1"
        " ORDER BY event.starts_at, event.id, touch.card_id, touch.id",
        (event_id,),
    )
