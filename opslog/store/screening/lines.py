"""The rows and the ledger of a roster by pages: ids first, then what is on screen."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from opslog.domain.screening import rounds
from opslog.domain.screening.card import ImportedRow, LedgerEntry, ListedRow
from opslog.domain.screening.rounds import Decision
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.rosters.problems import waiting
from opslog.store.rosters.row_window import RowWindow
from opslog.store.screening.rounds import decision, imported_row


class Lines:
    """Every line of a roster in the order it came in, then who came onto it without one: these
    have the number of their card, negative."""

    def __init__(self, con: sqlite3.Connection, roster_id: int) -> None:
        self._rows = RowWindow(con, "true", "roster_row_roster", roster_id)
        self._by_hand = [-card for card in by_hand(con, roster_id)]

    def count(self) -> int:
        return self._rows.count() + len(self._by_hand)

    def ids(self, start: int, stop: int) -> list[int]:
        """The lines at these positions."""
        found = self._rows.ids(start, stop)
        if len(found) == max(stop - start, 0) or not self._by_hand:
            return found
        rows = self._rows.count()
        return [*found, *self._by_hand[max(start - rows, 0) : max(stop - rows, 0)]]

    def position(self, id: int) -> int | None:
        """How many stand before this one; None for one that is not among them."""
        if id > 0:
            return self._rows.position(id)
        return self._rows.count() + self._by_hand.index(id) if id in self._by_hand else None


def by_hand(con: sqlite3.Connection, roster_id: int) -> list[int]:
    """The cards of who came onto a list without a line in a file."""
    rows = con.execute(
        "SELECT id FROM card WHERE roster_id=?"
        " AND NOT EXISTS (SELECT 1 FROM roster_row r WHERE r.card_id=card.id) ORDER BY id",
        (roster_id,),
    )
    return [row[0] for row in rows]


def lines(con: sqlite3.Connection, roster_id: int, *, problems: bool = False) -> RowWindow | Lines:
    """Every line of a roster, or those with something to look at."""
    return waiting(con, roster_id) if problems else Lines(con, roster_id)


def rows(con: sqlite3.Connection, ids: Sequence[int]) -> list[ListedRow]:
    """The lines of these ids (see ``Lines``), in its order."""
    return _of_files(con, [id for id in ids if id > 0]) + _by_hand(
        con, [-id for id in ids if id < 0]
    )


def _by_hand(con: sqlite3.Connection, card_ids: Sequence[int]) -> list[ListedRow]:
    found = con.execute(
        "SELECT c.id, c.way, p.id AS person_id, p.name, p.company FROM card c"
        f" JOIN person p ON p.id=c.person_id WHERE c.id {IN_LIST} ORDER BY c.id",
        (listed(card_ids),),
    ).fetchall()
    ledger = _ledger(con, card_ids)
    return [
        ListedRow(
            -row["id"],
            ImportedRow("", "", 0, (), ()),
            row["way"],
            row["person_id"],
            row["name"],
            row["company"],
            rounds.standing(ledger.get(row["id"], ())),
        )
        for row in found
    ]


def _of_files(con: sqlite3.Connection, ids: Sequence[int]) -> list[ListedRow]:
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
