"""What an event should bring, by measure.

What was typed before its words were known stands under them in the file: it is read as the
measure that they mean, and written under its name with the next change.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from opslog.domain.events.measures import by_measure


def of(con: sqlite3.Connection, event_id: int) -> dict[str, float]:
    """In the order they were set."""
    return by_measure(_stored(con, event_id))


def _stored(con: sqlite3.Connection, event_id: int) -> dict[str, float]:
    rows = con.execute(
        "SELECT measure, value FROM target WHERE event_id=? ORDER BY id", (event_id,)
    )
    return {row[0]: row[1] for row in rows}


def write_targets(con: sqlite3.Connection, event_id: int, new: Mapping[str, float]) -> None:
    """Make the targets ``new``, touching only rows that differ."""
    old = _stored(con, event_id)
    for measure, value in new.items():
        if measure not in old:
            con.execute(
                "INSERT INTO target(event_id, measure, value) VALUES (?,?,?)",
                (event_id, measure, value),
            )
        elif old[measure] != value:
            con.execute(
                "UPDATE target SET value=? WHERE event_id=? AND measure=?",
                (value, event_id, measure),
            )
    for measure in old.keys() - new.keys():
        con.execute("DELETE FROM target WHERE event_id=? AND measure=?", (event_id, measure))
