"""The lists a person is on, for their time line."""

from __future__ import annotations

import sqlite3

from opslog.store.rosters.occasions import OF_CARDS
from opslog.store.rosters.rosters import called_on


def cards(con: sqlite3.Connection, person_id: int) -> list[sqlite3.Row]:
    """The lists a person is on, with the event."""
    return con.execute(
        "SELECT c.id, c.signed_up_at, c.attended, c.state, c.guests, c.guests_more, c.way,"
        f" {called_on('o.id=c.instead_of')} AS instead_of,"
        f" {called_on('o.instead_of=c.id')} AS replaced_by,"
        " r.created_at, r.name AS roster,"
        " r.kind AS list, r.made_from, e.event_id, e.name AS event, e.starts_at"
        f" FROM card c JOIN roster r ON r.id=c.roster_id JOIN {OF_CARDS} e"
        " WHERE e.card_id=c.id AND c.person_id=? ORDER BY e.starts_at",
        (person_id,),
    ).fetchall()


def earliest_import(con: sqlite3.Connection, card_id: int) -> str | None:
    """When the first file with this card came in."""
    row = con.execute(
        "SELECT min(f.imported_at) FROM roster_row r JOIN roster_file f ON f.id=r.file_id"
        " WHERE r.card_id=?",
        (card_id,),
    ).fetchone()
    return None if row[0] is None else str(row[0])
