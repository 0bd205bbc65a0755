"""What an event should bring, written."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping


def write_targets(
    con: sqlite3.Connection,
    event_id: int,
    old: Mapping[str, float],
    new: Mapping[str, float],
) -> None:
    """Make the targets ``new``, touching only rows that differ."""
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
