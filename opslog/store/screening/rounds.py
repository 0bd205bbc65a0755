"""Rounds, decks and decisions as SQL: few statements, each on an index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from opslog.domain.base import damaged
from opslog.domain.base.clock import instant_of
from opslog.domain.imports.mapping import meanings
from opslog.domain.screening.card import Brief, CompanyHistory, ImportedRow
from opslog.domain.screening.rounds import Decision, DeckLine, LedgerLine, Round
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.rosters.occasions import OF_CARDS
from opslog.store.rosters.sections import section_of
from opslog.store.rosters.states import instant

_ROUND = "id, roster_id, number, opened_at, closed_at"
MOST_COLLEAGUES = 500  # people of one company that are looked at


def _round(row: sqlite3.Row) -> Round:
    return Round(
        row["id"],
        row["roster_id"],
        row["number"],
        instant_of(row["opened_at"]),
        instant(row["closed_at"]),
    )


def round_of(con: sqlite3.Connection, round_id: int) -> Round | None:
    row = con.execute(f"SELECT {_ROUND} FROM round WHERE id=?", (round_id,)).fetchone()
    return None if row is None else _round(row)


def rounds(con: sqlite3.Connection, roster_id: int) -> list[Round]:
    """The rounds of a roster, in order."""
    rows = con.execute(
        f"SELECT {_ROUND} FROM round WHERE roster_id=? ORDER BY number", (roster_id,)
    )
    return [_round(row) for row in rows]


def roster(con: sqlite3.Connection, roster_id: int) -> tuple[str, int | None] | None:
    """What a roster is called, and its event, where it is of one."""
    row = con.execute(
        "SELECT name, event_id FROM occasion WHERE roster_id=?", (roster_id,)
    ).fetchone()
    return None if row is None else (row["name"], row["event_id"])


def ledger(con: sqlite3.Connection, roster_id: int) -> list[LedgerLine]:
    """Every decision on a roster, oldest first."""
    rows = con.execute(
        "SELECT n.number, d.card_id, d.verdict, d.reason FROM round n"
        " JOIN decision d ON d.round_id=n.id WHERE n.roster_id=? ORDER BY d.id",
        (roster_id,),
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def deck_lines(con: sqlite3.Connection, roster_id: int) -> list[tuple[DeckLine, bool]]:
    """Every card of a roster, and whether its person was erased.

    Reached privately: on WeCom, or a message there was answered.
    """
    rows = con.execute(
        "SELECT c.id, c.person_id, p.company_key, coalesce(p.wecom, 0) OR EXISTS ("
        "SELECT 1 FROM touch t WHERE t.person_id=c.person_id AND t.lane='wecom'"
        " AND t.outcome IN ('replied', 'interested', 'hand_over')), p.erased_at IS NOT NULL"
        " FROM card c JOIN person p ON p.id=c.person_id WHERE c.roster_id=?",
        (roster_id,),
    )
    return [(DeckLine(row[0], row[1], row[2], bool(row[3])), bool(row[4])) for row in rows]


def put_round(con: sqlite3.Connection, roster_id: int, number: int, at: str) -> int:
    cursor = con.execute(
        "INSERT INTO round(roster_id, number, opened_at) VALUES (?,?,?)", (roster_id, number, at)
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def close_round(con: sqlite3.Connection, round_id: int, at: str) -> None:
    con.execute("UPDATE round SET closed_at=? WHERE id=?", (at, round_id))


def open_again(con: sqlite3.Connection, round_id: int) -> None:
    con.execute("UPDATE round SET closed_at=NULL WHERE id=?", (round_id,))


def put_decisions(
    con: sqlite3.Connection,
    round_id: int,
    card_ids: Iterable[int],
    entry: tuple[str, str, str, str],
    *,
    closed: bool = False,
) -> int:
    """Enter (verdict, reason, by, at) for these cards; how many were entered.

    A round closed meanwhile, from another window, takes none, unless ``closed`` allows it.
    """
    return sum(
        con.execute(
            "INSERT INTO decision(round_id, card_id, verdict, reason, decided_by, at)"
            " SELECT id, ?, ?, ?, ?, ? FROM round WHERE id=? AND (? OR closed_at IS NULL)",
            (card_id, *entry, round_id, closed),
        ).rowcount
        for card_id in card_ids
    )


def standing(con: sqlite3.Connection, round_id: int, card_id: int) -> sqlite3.Row | None:
    """What a verdict on one card needs to know, in one statement; None where either is gone.

    ``verdict`` and ``reason`` are what holds now; ``out`` whether the newest verdict of the
    earlier rounds dropped it.
    """
    row: sqlite3.Row | None = con.execute(
        "SELECT n.number, n.closed_at, n.roster_id, c.roster_id AS card_roster, p.name, p.company,"
        " p.company_key, p.phone, p.email, p.id AS person_id, d.verdict, d.reason,"
        " (SELECT x.verdict FROM round b JOIN decision x ON x.id="
        "(SELECT max(id) FROM decision WHERE round_id=b.id AND card_id=c.id)"
        " WHERE b.roster_id=n.roster_id AND b.number < n.number AND x.verdict<>'undecided'"
        " ORDER BY x.id DESC LIMIT 1) IS 'drop' AS out"
        " FROM round n JOIN card c JOIN person p ON p.id=c.person_id"
        " LEFT JOIN decision d ON d.id="
        "(SELECT max(id) FROM decision WHERE round_id=n.id AND card_id=c.id)"
        " WHERE n.id=? AND c.id=?",
        (round_id, card_id),
    ).fetchone()
    return row


def card(con: sqlite3.Connection, card_id: int) -> sqlite3.Row | None:
    row: sqlite3.Row | None = con.execute(
        "SELECT roster_id, person_id, signed_up_at, attended, minutes, state FROM card WHERE id=?",
        (card_id,),
    ).fetchone()
    return row


def imported(con: sqlite3.Connection, card_id: int) -> tuple[ImportedRow, ...]:
    """Every line that became this card, oldest first, headings beside the cells."""
    rows = con.execute(
        "SELECT f.file, f.sheet, f.columns, f.mapping, f.sections, r.line, r.cells, r.problems"
        " FROM roster_row r"
        " JOIN roster_file f ON f.id=r.file_id WHERE r.card_id=? ORDER BY r.id",
        (card_id,),
    )
    return tuple(imported_row(row) for row in rows)


def imported_row(row: sqlite3.Row) -> ImportedRow:
    section = section_of(row)
    headings, meant = list(section.columns), meanings(section.mapping)
    cells: list[str] = damaged.listed(row["cells"])
    # A line may hold more cells than there are headings, or fewer; none is left out.
    headings += [""] * (len(cells) - len(headings))
    cells += [""] * (len(headings) - len(cells))
    problems = tuple(damaged.listed(row["problems"])) if row["problems"] else ()
    pairs = tuple(zip(headings, cells, strict=True))
    fields = tuple(meant.get(at, "") for at in range(len(pairs)))
    return ImportedRow(row["file"], row["sheet"], row["line"], pairs, problems, fields)


def briefs(con: sqlite3.Connection, card_ids: Iterable[int]) -> list[Brief]:
    """Who these cards are of; one that is gone is left out."""
    rows = con.execute(
        "SELECT c.id, p.name, p.company, p.company_key, p.title FROM card c"
        f" JOIN person p ON p.id=c.person_id WHERE c.id {IN_LIST}",
        (listed(card_ids),),
    )
    return [Brief(*row) for row in rows]


def decided_at(con: sqlite3.Connection, round_id: int, number: int) -> list[datetime]:
    """When the newest decisions of a round were entered, oldest first."""
    rows = con.execute(
        "SELECT at FROM decision WHERE round_id=? ORDER BY id DESC LIMIT ?", (round_id, number)
    )
    return [instant_of(row["at"]) for row in rows][::-1]


def decisions_of(con: sqlite3.Connection, card_id: int) -> tuple[Decision, ...]:
    """The ledger of a card, oldest first."""
    rows = con.execute(
        "SELECT d.id, d.card_id, n.number, d.verdict, d.reason, d.decided_by, d.at"
        " FROM decision d JOIN round n ON n.id=d.round_id WHERE d.card_id=? ORDER BY d.id",
        (card_id,),
    )
    return tuple(decision(row) for row in rows)


def decision(row: sqlite3.Row) -> Decision:
    return Decision(
        row["id"],
        row["card_id"],
        row["number"],
        row["verdict"],
        row["reason"],
        row["decided_by"],
        instant_of(row["at"]),
    )


def other_cards(
    con: sqlite3.Connection, person_id: int, card_id: int, limit: int
) -> list[sqlite3.Row]:
    """The person's cards on other lists, the latest event first."""
    return con.execute(
        "SELECT c.id, c.attended, e.event_id, e.name AS event, e.starts_at"
        f" FROM card c JOIN {OF_CARDS} e"
        " WHERE e.card_id=c.id AND c.person_id=? AND c.id<>? ORDER BY e.starts_at DESC LIMIT ?",
        (person_id, card_id, limit),
    ).fetchall()


def company_history(
    con: sqlite3.Connection, company_key: str, person_id: int
) -> CompanyHistory | None:
    """What became of the other people of a company; None where nobody else is known.

    Each counts with the newest verdict on any list; of a very large company, the first
    MOST_COLLEAGUES people.
    """
    if not company_key:
        return None
    people = "SELECT id FROM person_counted WHERE company_key=? AND id<>? LIMIT ?"
    values = (company_key, person_id, MOST_COLLEAGUES)
    known = con.execute(f"SELECT count(*) FROM ({people})", values).fetchone()[0]
    if not known:
        return None
    rows = con.execute(
        "SELECT d.verdict, d.reason, count(*) AS people FROM ("
        f"SELECT (SELECT max(x.id) FROM card c JOIN decision x ON x.card_id=c.id"
        f" WHERE c.person_id=p.id) AS newest FROM ({people}) p"
        ") n JOIN decision d ON d.id=n.newest WHERE d.verdict IN ('keep', 'drop')"
        " GROUP BY d.verdict, d.reason ORDER BY people DESC",
        values,
    ).fetchall()
    kept = sum(row["people"] for row in rows if row["verdict"] == "keep")
    dropped = tuple((row["reason"], row["people"]) for row in rows if row["verdict"] == "drop")
    return CompanyHistory(known, kept, dropped)


def namesake_line(con: sqlite3.Connection, card_id: int) -> int | None:
    """The line of an earlier card of the list with the same name and company; None if none is.

    The later of two is the duplicate, and none is once the other was dropped: one always stays.
    """
    row = con.execute(
        "SELECT (SELECT min(line) FROM roster_row WHERE card_id=o.id) AS line FROM card c"
        " JOIN person p ON p.id=c.person_id JOIN person q ON q.company_key=p.company_key"
        " AND q.name=p.name AND q.id<>p.id JOIN card o ON o.roster_id=c.roster_id"
        " AND o.person_id=q.id AND o.id<c.id WHERE c.id=? AND p.name<>'' AND p.company_key<>''"
        " AND NOT EXISTS (SELECT 1 FROM decision x WHERE x.verdict='drop'"
        " AND x.id=(SELECT max(id) FROM decision WHERE card_id=o.id))"
        " ORDER BY o.id LIMIT 1",
        (card_id,),
    ).fetchone()
    return None if row is None else int(row["line"] or 0)
