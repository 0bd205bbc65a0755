"""Rows with marks that nobody has looked at yet."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from opslog.store.db.listed import IN_LIST, listed
from opslog.store.rosters.row_window import RowWindow

# Marks that only tell are no problem: both numbers are kept, and hosts are no guests. A partial
# index must say exactly this to be of use.
OPEN = "problems NOT IN ('', '[\"staff\"]', '[\"more_phones\"]') AND mended=''"
_CLASSES = frozenset({"new", "updated", "unchanged", "duplicate", "problem"})


def waiting(con: sqlite3.Connection, roster_id: int | None = None) -> RowWindow:
    """The rows still to be looked at, of one list or of all."""
    return RowWindow(con, OPEN, "roster_row_open", roster_id)


def kinds(con: sqlite3.Connection, roster_id: int) -> list[tuple[str, int]]:
    """What is wrong with the rows still to be looked at: its code, and how many; most first."""
    found = con.execute(
        "SELECT j.value, count(*) FROM roster_row INDEXED BY roster_row_open, json_each(problems) j"
        f" WHERE roster_id=? AND {OPEN} GROUP BY 1 ORDER BY 2 DESC, 1",
        (roster_id,),
    )
    return [(code, number) for code, number in found]


def rows(con: sqlite3.Connection, row_ids: Sequence[int]) -> list[sqlite3.Row]:
    """The rows of these ids in their order, with file, event and person."""
    rows = con.execute(
        "SELECT r.id, r.roster_id, r.file_id, r.line, r.cells, r.result, r.problems, r.card_id,"
        " r.mended, f.kind, f.profile, f.min_minutes, f.file, f.sheet,"
        " f.columns, f.mapping, f.sections, o.name AS event,"
        " p.id AS person_id, p.name, p.phone, p.email, p.company, p.title, p.city"
        " FROM roster_row r JOIN roster_file f ON f.id=r.file_id"
        " JOIN occasion o ON o.roster_id=r.roster_id"
        " LEFT JOIN card c ON c.id=r.card_id LEFT JOIN person p ON p.id=c.person_id"
        f" WHERE r.id {IN_LIST}",
        (listed(row_ids),),
    )
    found = {row["id"]: row for row in rows}
    return [found[id] for id in row_ids if id in found]


def put_looked_at(con: sqlite3.Connection, row_id: int, mended: str) -> None:
    con.execute("UPDATE roster_row SET mended=? WHERE id=?", (mended, row_id))


def put_mended(
    con: sqlite3.Connection, row_id: int, mended: str, card_id: int, result: str
) -> None:
    """What was typed in place of cells (JSON), and whose card the row became by it."""
    con.execute(
        "UPDATE roster_row SET mended=?, card_id=?, result=? WHERE id=?",
        (mended, card_id, result, row_id),
    )


def move_sum(con: sqlite3.Connection, file_id: int, old: str, new: str) -> None:
    """A row of the file is of another class now; the sum stays what it is."""
    if old == new or not {old, new} <= _CLASSES:
        return
    con.execute(f"UPDATE roster_file SET {old}={old}-1, {new}={new}+1 WHERE id=?", (file_id,))
