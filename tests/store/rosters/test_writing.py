"""Rows of an import go in many a statement, by few different statements."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from opslog.services.book.book import Book
from opslog.store.rosters import writing as roster_writing


class Heard(sqlite3.Connection):
    """A connection that keeps what it was told to do."""

    told: set[str] = set()

    def execute(self, sql: str, values: Sequence[object] = (), /) -> sqlite3.Cursor:  # type: ignore[override]  # only the sequences that are used here
        self.told.add(sql)
        return super().execute(sql, values)


def test_rows_of_any_number_go_in_by_few_statements(book: Book) -> None:
    """Each stays compiled with its values: one a number of rows would fill the memory."""
    con = sqlite3.connect(book.path, factory=Heard, isolation_level=None)
    con.told = set()
    lines = iter(range(1_000_000))
    for number in range(1, 130):
        rows = [(None, next(lines), "[]", "problem", "") for _ in range(number)]
        roster_writing.put_rows(con, 1, 1, rows)
    written = [row[0] for row in con.execute("SELECT line FROM roster_row ORDER BY id")]
    assert written == list(range(129 * 130 // 2)), "every row once, in its order"
    assert len([sql for sql in con.told if sql.startswith("INSERT")]) == 8
    con.close()
