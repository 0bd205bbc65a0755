"""Rosters, read: which there are, what each line said, and what was decided about it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from opslog.domain.base.clock import instant_of
from opslog.domain.rosters.rosters import RosterEntry, RosterFile, RosterPerson
from opslog.domain.screening.rounds import Decision
from opslog.store.rosters.sections import section_of


def of_event(con: sqlite3.Connection, event_id: int) -> int:
    """The roster of an event, 0 where it has none yet."""
    row = con.execute("SELECT id FROM roster WHERE event_id=?", (event_id,)).fetchone()
    return 0 if row is None else int(row[0])


def names(con: sqlite3.Connection) -> list[tuple[int, str, str, str | None]]:
    """Every roster: its number, its name, its event, and when the event was cancelled."""
    rows = con.execute(
        "SELECT r.id, r.name, e.name, e.cancelled_at FROM roster r JOIN event e ON e.id=r.event_id"
        " ORDER BY e.starts_at DESC, r.id DESC"
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def files(con: sqlite3.Connection, roster_id: int) -> list[RosterFile]:
    """The files a roster came in, the first one first."""
    rows = con.execute(
        "SELECT id, file, sheet, encoding, header_row, columns, read, imported_at, kind, profile,"
        " withdrawn_at FROM roster_file WHERE roster_id=? ORDER BY id",
        (roster_id,),
    )
    return [
        RosterFile(
            row["id"],
            row["file"],
            row["sheet"],
            row["encoding"],
            row["header_row"],
            tuple(json.loads(row["columns"])),
            row["read"],
            instant_of(row["imported_at"]),
            row["kind"],
            row["profile"],
            instant_of(row["withdrawn_at"]) if row["withdrawn_at"] else None,
        )
        for row in rows
    ]


def entries(con: sqlite3.Connection, roster_id: int) -> Iterator[RosterEntry]:
    """Every line of a roster in the order it came in, with its person and its ledger."""
    ledger = _ledger(con, roster_id)
    rows = con.execute(
        "SELECT r.id, r.file_id, f.file, f.sheet, f.columns, f.mapping, f.sections,"
        " r.line, r.cells, r.result, r.problems, r.card_id, r.mended,"
        " c.attended, c.state='withdrawn' AS withdrawn, c.minutes,"
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
            cells=tuple(json.loads(row["cells"])),
            result=row["result"],
            problems=tuple(json.loads(row["problems"])) if row["problems"] else (),
            card_id=row["card_id"],
            person=_person(row),
            verdict=_standing(decisions),
            decisions=decisions,
            mended=json.loads(row["mended"]) if row["mended"] else {},
            attended=None if row["attended"] is None else bool(row["attended"]),
            withdrawn=bool(row["withdrawn"]),
            minutes=row["minutes"],
            file_id=row["file_id"],
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


def _ledger(con: sqlite3.Connection, roster_id: int) -> dict[int, tuple[Decision, ...]]:
    found: dict[int, list[Decision]] = {}
    for row in con.execute(
        "SELECT d.id, d.card_id, n.number, d.verdict, d.reason, d.decided_by, d.at FROM round n"
        " JOIN decision d ON d.round_id=n.id WHERE n.roster_id=? ORDER BY d.id",
        (roster_id,),
    ):
        found.setdefault(row["card_id"], []).append(
            Decision(
                row["id"],
                row["card_id"],
                row["number"],
                row["verdict"],
                row["reason"],
                row["decided_by"],
                instant_of(row["at"]),
            )
        )
    return {card: tuple(decisions) for card, decisions in found.items()}


def _standing(decisions: tuple[Decision, ...]) -> str:
    """What it comes to: dropped in any round is dropped, else the newest of the latest round."""
    newest: dict[int, str] = {}
    for decision in decisions:
        newest[decision.round] = decision.verdict
    if "drop" in newest.values():
        return "drop"
    return newest[max(newest)] if newest else ""
