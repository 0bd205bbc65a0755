"""Rows of lists of any length, of which any stretch can be read."""

from __future__ import annotations

import sqlite3


class RowWindow:
    """The rows ``WHERE which`` (a condition on roster_row), of one list or of all.

    List after list, each in the order its rows came in. ``index`` is the one of roster_row to
    go by: of two that would do SQLite takes either.
    """

    def __init__(
        self, con: sqlite3.Connection, which: str, index: str, roster_id: int | None = None
    ) -> None:
        self._con = con
        self._rows = f"roster_row INDEXED BY {index}"
        self._where = which if roster_id is None else f"{which} AND roster_id=?"
        self._of = () if roster_id is None else (roster_id,)

    def count(self) -> int:
        return self._number("")

    def ids(self, start: int, stop: int) -> list[int]:
        """The rows at these positions."""
        rows = self._con.execute(
            f"SELECT id FROM {self._rows} WHERE {self._where} ORDER BY roster_id, id"
            " LIMIT ? OFFSET ?",
            (*self._of, max(stop - start, 0), start),
        )
        return [row[0] for row in rows]

    def position(self, row_id: int) -> int | None:
        """How many stand before this row; None for one that is not among them."""
        row = self._con.execute(
            f"SELECT roster_id FROM roster_row WHERE id=? AND {self._where}", (row_id, *self._of)
        ).fetchone()
        if row is None:
            return None
        return self._number(" AND (roster_id, id) < (?, ?)", row["roster_id"], row_id)

    def _number(self, more: str, *arguments: int) -> int:
        row = self._con.execute(
            f"SELECT count(*) FROM {self._rows} WHERE {self._where}{more}", (*self._of, *arguments)
        ).fetchone()
        return int(row[0])
