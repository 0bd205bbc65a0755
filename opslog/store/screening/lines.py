"""The rows and the ledger of a roster by pages: ids first, then what is on screen."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from opslog.domain.screening import rounds
from opslog.domain.screening.card import LedgerEntry, ListedRow
from opslog.domain.screening.rounds import Decision
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.rosters.problems import waiting
from opslog.store.rosters.row_window import RowWindow
from opslog.store.screening.rounds import decision, imported_row


def lines(con: sqlite3.Connection, roster_id: int, *, problems: bool = False) -> RowWindow:
    """Every line of a roster in the order it came in, or those with something to look at."""
    if problems:
        return waiting(con, roster_id)
    return RowWindow(con, "true", "roster_row_roster", roster_id)


def rows(con: sqlite3.Connection, ids: Sequence[int]) -> list[ListedRow]:
    """The lines of these ids, in the order of the file."""
    found = con.execute(
        "SELECT r.id, f.file, f.sheet, f.columns, f.mapping, f.sections, r.line, r.cells,"
        " r.problems, r.result, r.card_id, p.id AS person_id, p.name, p.company FROM roster_row r"
        " JOIN roster_file f ON f.id=r.file_id LEFT JOIN card c ON c.id=r.card_id"
        f" LEFT JOIN person p ON p.id=c.person_id WHERE r.id {IN_LIST} ORDER BY r.id",
        (listed(ids),),
    ).fetchall()
    ledger = _ledger(con, [row["card_id"] for row in found if row["card_id"] is not None])
    return [
        ListedRow(
            row["id"],
            imported_row(row),
            row["result"],
            row["person_id"],
            row["name"] or "",
            row["company"] or "",
            rounds.standing(ledger.get(row["card_id"], ())),
        )
        for row in found
    ]


def _ledger(con: sqlite3.Connection, card_ids: Sequence[int]) -> dict[int, list[Decision]]:
    """The decisions on these cards, oldest first."""
    found: dict[int, list[Decision]] = {}
    for row in con.execute(
        "SELECT d.id, d.card_id, n.number, d.verdict, d.reason, d.decided_by, d.at"
        " FROM decision d JOIN round n ON n.id=d.round_id"
        f" WHERE d.card_id {IN_LIST} ORDER BY d.id",
        (listed(card_ids),),
    ):
        found.setdefault(row["card_id"], []).append(decision(row))
    return found


def decision_ids(con: sqlite3.Connection, roster_id: int) -> list[int]:
    """The ledger of a roster, newest first."""
    rows = con.execute(
        "SELECT d.id FROM round n JOIN decision d ON d.round_id=n.id WHERE n.roster_id=?"
        " ORDER BY d.id DESC",
        (roster_id,),
    )
    return [row[0] for row in rows]


def decisions(con: sqlite3.Connection, ids: Sequence[int]) -> list[LedgerEntry]:
    """The entries of these ids, newest first."""
    rows = con.execute(
        "SELECT d.id, d.card_id, n.number, d.verdict, d.reason, d.decided_by, d.at,"
        " p.id AS person_id, p.name, p.company FROM decision d JOIN round n ON n.id=d.round_id"
        " JOIN card c ON c.id=d.card_id JOIN person p ON p.id=c.person_id"
        f" WHERE d.id {IN_LIST} ORDER BY d.id DESC",
        (listed(ids),),
    )
    return [
        LedgerEntry(decision(row), row["person_id"], row["name"], row["company"]) for row in rows
    ]
