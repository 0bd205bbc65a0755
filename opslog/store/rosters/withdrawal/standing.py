"""What stands of people and cards when a list is taken back, and what other lists say of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from opslog.domain.imports.row_reading import PERSON_FIELDS
from opslog.store.db.listed import IN_LIST, listed


def rows_of(con: sqlite3.Connection, card_id: int) -> list[int]:
    """The rows of a card, oldest first."""
    rows = con.execute("SELECT id FROM roster_row WHERE card_id=? ORDER BY id", (card_id,))
    return [row[0] for row in rows]


def rows_after(con: sqlite3.Connection, people: Iterable[int], file_id: int) -> list[sqlite3.Row]:
    """What lists that stand and came after a file say of people: their rows, oldest first."""
    return con.execute(
        "SELECT r.id, r.file_id, r.line, r.cells, r.card_id, c.person_id, f.file, f.profile,"
        " f.imported_at, f.columns, f.mapping, f.sections, f.roster_id, o.event_id"
        " FROM roster_row r JOIN card c ON c.id=r.card_id JOIN roster_file f ON f.id=r.file_id"
        " JOIN roster o ON o.id=f.roster_id"
        f" WHERE c.person_id {IN_LIST} AND f.id>? AND f.withdrawn_at IS NULL"
        " ORDER BY f.id, r.line, r.id",
        (listed(people), file_id),
    ).fetchall()


def people_of(con: sqlite3.Connection, cards: Iterable[int]) -> set[int]:
    rows = con.execute(f"SELECT person_id FROM card WHERE id {IN_LIST}", (listed(cards),))
    return {row[0] for row in rows}


def person(con: sqlite3.Connection, person_id: int) -> sqlite3.Row:
    """What lists say of a person, by the names of ``PERSON_FIELDS``."""
    names = ", ".join(PERSON_FIELDS)
    row: sqlite3.Row = con.execute(
        f"SELECT {names} FROM person WHERE id=?", (person_id,)
    ).fetchone()
    return row


def event_of(con: sqlite3.Connection, card_id: int) -> int:
    """0 of a card that is of no event, or of a list of one stop."""
    row = con.execute(
        "SELECT r.event_id FROM card c JOIN roster r ON r.id=c.roster_id"
        " WHERE c.id=? AND r.stop_id IS NULL",
        (card_id,),
    ).fetchone()
    return 0 if row is None else row[0] or 0


def put_stop(con: sqlite3.Connection, card_id: int, stop_id: int | None) -> None:
    con.execute("UPDATE card SET stop_id=?1 WHERE id=?2 AND stop_id IS NOT ?1", (stop_id, card_id))


class Marks(NamedTuple):
    """What rows say of a card."""

    signed_up_at: str | None
    attended: bool | None
    state: str
    minutes: int | None
    guests: int
    guests_more: bool
    way: str


def marks(con: sqlite3.Connection, card_id: int) -> Marks:
    row = con.execute(
        f"SELECT {', '.join(Marks._fields)} FROM card WHERE id=?", (card_id,)
    ).fetchone()
    attended = None if row["attended"] is None else bool(row["attended"])
    return Marks(*row)._replace(attended=attended, guests_more=bool(row["guests_more"]))


def mark_again(con: sqlite3.Connection, card_id: int, said: Marks, *, brought: bool) -> None:
    """What rows say of a card; who was put on the list by hand stays that. ``brought`` by what was
    taken back: so is when they came, and by which channel."""
    way = "CASE way WHEN 'hand' THEN way ELSE :way END"
    sets = ", ".join(f"{name}=:{name}" for name in Marks._fields[:-1])
    also = ", came_at=NULL, channel_id=NULL" if brought else ""
    con.execute(
        f"UPDATE card SET {sets}, way={way}{also} WHERE id=:card",
        {**said._asdict(), "card": card_id},
    )
