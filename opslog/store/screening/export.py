"""A roster with its ledger as it leaves in files, a row at a time."""

from __future__ import annotations

import sqlite3

from opslog.store.db.listed import IN_LIST, listed
from opslog.store.people.export import PERSON
from opslog.store.rosters.sections import section_of
from opslog.store.screening.lines import by_hand

# What the newest reminder brought: ``phone coming``.
_REMINDED = (
    "(SELECT lane || ' ' || outcome FROM touch WHERE card_id=card.id AND purpose='reminder'"
    " ORDER BY id DESC LIMIT 1) AS reminded"
)


def rosters(con: sqlite3.Connection, event_id: int | None) -> sqlite3.Cursor:
    return con.execute(
        "SELECT id, name FROM signup WHERE ?1 IS NULL OR event_id=?1 ORDER BY id", (event_id,)
    )


def roster(con: sqlite3.Connection, roster_id: int) -> sqlite3.Cursor:
    """One list, of sign-ups or made of people, as ``rosters``."""
    return con.execute(
        "SELECT r.id, o.name FROM roster r JOIN occasion o ON o.roster_id=r.id WHERE r.id=?",
        (roster_id,),
    )


def sections(con: sqlite3.Connection, roster_id: int) -> dict[tuple[int, int], list[str]]:
    """The headings over the lines of a roster, by file and the line they stand on.

    Some lines have more cells than there are headings, so there are as many as the longest has.
    """
    rows = con.execute(
        "SELECT f.id, f.columns, f.mapping, f.sections, r.line,"
        " max(json_array_length(r.cells)) AS cells"
        " FROM roster_file f JOIN roster_row r ON r.file_id=f.id WHERE r.roster_id=?"
        " GROUP BY f.id, CASE WHEN f.sections='' THEN 0 ELSE r.line END",
        (roster_id,),
    )
    found: dict[tuple[int, int], list[str]] = {}
    for row in rows:
        section = section_of(row)
        headings = found.setdefault((row["id"], section.header_row), list(section.columns))
        headings += [""] * (row["cells"] - len(headings))
    return found


def rounds(con: sqlite3.Connection, roster_id: int) -> sqlite3.Cursor:
    return con.execute(
        "SELECT id, number FROM round WHERE roster_id=? ORDER BY number", (roster_id,)
    )


def decisions(con: sqlite3.Connection, roster_id: int) -> sqlite3.Cursor:
    """The ledger of a roster, oldest first."""
    return con.execute(
        "SELECT round.number, decision.card_id, decision.verdict, decision.reason,"
        " decision.decided_by, decision.at"
        " FROM decision JOIN round ON round.id=decision.round_id"
        " WHERE round.roster_id=? ORDER BY decision.id",
        (roster_id,),
    )


def roster_rows(con: sqlite3.Connection, roster_id: int) -> sqlite3.Cursor:
    """Every line that came in, with whoever it was understood to be; those of one card together,
    where the first of them stands."""
    return con.execute(
        "SELECT roster_row.id, roster_row.file_id, f.file, f.sheet, f.columns, f.mapping,"
        " f.sections, roster_row.line, roster_row.cells, roster_row.result,"
        " roster_row.problems, roster_row.card_id, card.person_id, card.signed_up_at,"
        f" card.attended, card.state, {_REMINDED}, {PERSON}"
        " FROM roster_row JOIN roster_file f ON f.id=roster_row.file_id"
        " LEFT JOIN card ON card.id=roster_row.card_id LEFT JOIN person ON person.id=card.person_id"
        " WHERE roster_row.roster_id=? ORDER BY"
        " min(roster_row.id) OVER (PARTITION BY coalesce(card_id, -roster_row.id)), roster_row.id",
        (roster_id,),
    )


def without_line(con: sqlite3.Connection, roster_id: int) -> sqlite3.Cursor:
    """Who came onto a list without a line in a file, as ``roster_rows``; ``result`` is how."""
    return con.execute(
        "SELECT -card.id AS id, '' AS file, '' AS sheet, NULL AS line, card.way AS result,"
        " '' AS problems, card.id AS card_id, card.person_id, card.signed_up_at, card.attended,"
        f" card.state, {_REMINDED}, {PERSON} FROM card JOIN person ON person.id=card.person_id"
        f" WHERE card.id {IN_LIST} ORDER BY card.id",
        (listed(by_hand(con, roster_id)),),
    )
