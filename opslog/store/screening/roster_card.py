"""A whole roster with its ledger: every line in the order it came in, and what was decided."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from opslog.domain.base import damaged
from opslog.domain.screening.roster_card import RosterEntry, RosterPerson
from opslog.domain.screening.rounds import Decision, standing
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.rosters.sections import section_of
from opslog.store.screening.lines import by_hand
from opslog.store.screening.rounds import decision


def entries(con: sqlite3.Connection, roster_id: int) -> Iterator[RosterEntry]:
    """Every line of a roster in the order it came in, then who came onto it without one, with
    their person and their ledger."""
    ledger = _ledger(con, roster_id)
    rows = con.execute(
        "SELECT r.id, r.file_id, f.file, f.sheet, f.columns, f.mapping, f.sections,"
        " r.line, r.cells, r.result, r.problems, r.card_id, r.mended,"
        " c.attended, c.state, c.minutes,"
        " p.id AS person_id, p.name, p.company, p.title,"
        " p.phone, p.email, p.city FROM roster_row r JOIN roster_file f ON f.id=r.file_id"
        " LEFT JOIN card c ON c.id=r.card_id LEFT JOIN person p ON p.id=c.person_id"
        " WHERE r.roster_id=? ORDER BY r.id",
        (roster_id,),
    )
    for row in rows:
        decisions = ledger.get(row["card_id"], ())
        yield RosterEntry(
            id=row["id"],
            file=row["file"],
            sheet=row["sheet"],
            line=row["line"],
            columns=tuple(section_of(row).columns),
            cells=tuple(damaged.listed(row["cells"])),
            result=row["result"],
            problems=tuple(damaged.listed(row["problems"])) if row["problems"] else (),
            card_id=row["card_id"],
            person=_person(row),
            verdict=standing(decisions).verdict if decisions else "",
            decisions=tuple(decisions),
            mended=damaged.mapping(row["mended"]) if row["mended"] else {},
            attended=None if row["attended"] is None else bool(row["attended"]),
            state=row["state"],
            minutes=row["minutes"],
            file_id=row["file_id"],
        )

    for row in con.execute(
        "SELECT c.id, c.way, c.attended, c.state, c.minutes, p.id AS person_id, p.name, p.company,"
        " p.title, p.phone, p.email, p.city FROM card c JOIN person p ON p.id=c.person_id"
        f" WHERE c.id {IN_LIST} ORDER BY c.id",
        (listed(by_hand(con, roster_id)),),
    ):
        decisions = ledger.get(row["id"], ())
        yield RosterEntry(
            id=-row["id"],
            file="",
            sheet="",
            line=0,
            columns=(),
            cells=(),
            result=row["way"],
            problems=(),
            card_id=row["id"],
            person=_person(row),
            verdict=standing(decisions).verdict if decisions else "",
            decisions=tuple(decisions),
            attended=None if row["attended"] is None else bool(row["attended"]),
            state=row["state"],
            minutes=row["minutes"],
        )


def _person(row: sqlite3.Row) -> RosterPerson | None:
    if row["person_id"] is None:
        return None
    return RosterPerson(
        row["person_id"],
        row["name"],
        row["company"],
        row["title"],
        row["phone"],
        row["email"],
        row["city"],
    )


def _ledger(con: sqlite3.Connection, roster_id: int) -> dict[int, list[Decision]]:
    """The decisions on each card of a roster, oldest first."""
    found: dict[int, list[Decision]] = {}
    for row in con.execute(
        "SELECT d.id, d.card_id, n.number, d.verdict, d.reason, d.decided_by, d.at FROM round n"
        " JOIN decision d ON d.round_id=n.id WHERE n.roster_id=? ORDER BY d.id",
        (roster_id,),
    ):
        found.setdefault(row["card_id"], []).append(decision(row))
    return found
