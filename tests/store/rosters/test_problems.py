"""Rows still to be looked at are found by an index, however many rows there are."""

from __future__ import annotations

import sqlite3

import pytest

from opslog.services.book.book import Book
from opslog.store.rosters.problems import waiting
from tests.services.lists import make_list

ROWS = 2_000
EVERY = 10  # each so many is marked


@pytest.fixture
def con(book: Book) -> sqlite3.Connection:
    """Two lists, their rows taken in by turns."""
    sheets = [make_list(book, [], event=name) for name in ("上海沙龙", "北京沙龙")]
    book.con.executemany(
        "INSERT INTO roster_row(roster_id, file_id, line, cells, result, problems)"
        " VALUES (?,?,?,'[]','problem',?)",
        [
            (
                *(sheets[n % 2].roster_id, sheets[n % 2].file_id, n),
                '["nobody"]' if n // 2 % EVERY == 0 else '["staff"]' if n // 2 % EVERY == 1 else "",
            )
            for n in range(ROWS)
        ],
    )
    return book.con


@pytest.mark.parametrize("roster_id", [None, 2])
def test_a_stretch_is_what_a_look_at_all_rows_finds(
    con: sqlite3.Connection, roster_id: int | None
) -> None:
    all = [
        row["id"]
        for row in con.execute("SELECT * FROM roster_row ORDER BY roster_id, id")
        if row["problems"] == '["nobody"]' and roster_id in (None, row["roster_id"])
    ]
    window = waiting(con, roster_id)
    assert window.count() == len(all) == ROWS // EVERY // (1 if roster_id is None else 2)
    assert window.ids(64, 128) == all[64:128]
    assert window.ids(0, ROWS) == all
    assert window.ids(len(all), len(all) + 64) == []
    assert [window.position(id) for id in all] == list(range(len(all)))
    con.execute("UPDATE roster_row SET mended='{}' WHERE id=?", (all[3],))
    assert window.position(all[3]) is None
    assert window.position(all[4]) == 3


@pytest.mark.parametrize("roster_id", [None, 1])
def test_nothing_is_looked_through(con: sqlite3.Connection, roster_id: int | None) -> None:
    asked: list[str] = []
    con.set_trace_callback(asked.append)
    window = waiting(con, roster_id)
    window.count()
    position = window.position(window.ids(50, 51)[0])
    con.set_trace_callback(None)
    assert position == 50
    for sql in asked:
        (plan,) = (row["detail"] for row in con.execute("EXPLAIN QUERY PLAN " + sql))
        assert "USING INDEX roster_row_open" in plan or "INTEGER PRIMARY KEY" in plan, sql
