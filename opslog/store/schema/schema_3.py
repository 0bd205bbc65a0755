"""From schema 2 to 3: rows under their own headings, quicker imports."""

from __future__ import annotations

import sqlite3

from opslog.store.db import person_index

_CHANGES = [
    "ALTER TABLE roster_file ADD COLUMN sections VARCHAR DEFAULT '' NOT NULL",
    "CREATE INDEX roster_row_open ON roster_row (roster_id)"
    " WHERE problems NOT IN ('', '[\"staff\"]', '[\"more_phones\"]') AND mended=''",
]


def run(con: sqlite3.Connection) -> None:
    """Add what is new, and lay the indexes of people in their smaller form."""
    for change in _CHANGES:
        con.execute(change)
    person_index.lay(con)
