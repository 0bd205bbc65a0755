"""From schema 9 to 10: a step says whose it is, in what words, why it is not done, what it told."""

from __future__ import annotations

import sqlite3

_COLUMNS = (
    "owner VARCHAR DEFAULT '' NOT NULL",
    "words VARCHAR DEFAULT '' NOT NULL",
    "dropped_why VARCHAR DEFAULT '' NOT NULL",
    "published_for VARCHAR",
    "workdays INTEGER DEFAULT 0 NOT NULL",
    "rest VARCHAR DEFAULT '' NOT NULL",
)


def run(con: sqlite3.Connection) -> None:
    """Add the columns, and show them where steps are read."""
    from opslog.store.calls.proving.proofs import VIEW

    for column in _COLUMNS:
        con.execute(f"ALTER TABLE step ADD COLUMN {column}")
    con.execute("DROP VIEW step_shown")
    con.execute(VIEW)
