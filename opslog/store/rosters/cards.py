"""One card of a list, or a few: who it is of, and what is said on it by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from opslog.domain.rosters.rosters import WITHDRAWN


def of_person(con: sqlite3.Connection, roster_id: int, person_id: int) -> int:
    """Somebody's card on a list; 0 where they are not on it."""
    row = con.execute(
        "SELECT id FROM card WHERE roster_id=? AND person_id=?", (roster_id, person_id)
    ).fetchone()
    return 0 if row is None else int(row["id"])


def person_of(con: sqlite3.Connection, card_id: int) -> int:
    row = con.execute("SELECT person_id FROM card WHERE id=?", (card_id,)).fetchone()
    return int(row["person_id"])


def event_of(con: sqlite3.Connection, card_id: int) -> int:
    """The event whose list a card is on."""
    row = con.execute(
        "SELECT r.event_id FROM card c JOIN roster r ON r.id=c.roster_id WHERE c.id=?", (card_id,)
    ).fetchone()
    return int(row["event_id"])


def came(con: sqlite3.Connection, card_id: int) -> bool:
    """Whether they are marked as having come."""
    row = con.execute("SELECT 1 FROM card WHERE id=? AND attended=1", (card_id,)).fetchone()
    return row is not None


def replaced(con: sqlite3.Connection, card_id: int) -> bool:
    """Whether somebody comes instead."""
    row = con.execute("SELECT 1 FROM card WHERE instead_of=?", (card_id,)).fetchone()
    return row is not None


def insert(
    con: sqlite3.Connection, roster_id: int, person_id: int, at: str, way: str, guests: int
) -> int:
    """Somebody signed up at this instant, by no file; the card."""
    cursor = con.execute(
        "INSERT INTO card(roster_id, person_id, signed_up_at, way, guests) VALUES (?,?,?,?,?)",
        (roster_id, person_id, at, way, guests),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def put_coming(con: sqlite3.Connection, card_id: int, guests: int) -> None:
    """Who is entered again is coming, with so many guests at least."""
    con.execute(
        "UPDATE card SET state='coming', guests=max(guests, ?2) WHERE id=?1"
        " AND (state<>'coming' OR guests<?2)",
        (card_id, guests),
    )


def set_guests(con: sqlite3.Connection, card_id: int, guests: int, or_more: bool) -> None:
    con.execute("UPDATE card SET guests=?, guests_more=? WHERE id=?", (guests, or_more, card_id))


def put_state(con: sqlite3.Connection, card_id: int, state: str) -> None:
    con.execute("UPDATE card SET state=? WHERE id=?", (state, card_id))


def put_came(con: sqlite3.Connection, card_id: int) -> None:
    con.execute("UPDATE card SET attended=1 WHERE id=?", (card_id,))


def put_instead(con: sqlite3.Connection, card_id: int, replaced: int, *, came: bool) -> None:
    """Who is on this card comes instead of the one on another; ``came``: is there already."""
    con.execute(
        "UPDATE card SET instead_of=?, attended=coalesce(?, attended) WHERE id=?",
        (replaced, True if came else None, card_id),
    )


def put_replaced(con: sqlite3.Connection, card_id: int, *, came: bool) -> None:
    """Who is on this card does not come, since somebody does instead; ``came``: who does is there
    already."""
    con.execute(
        "UPDATE card SET state=?, attended=?, came_at=NULL WHERE id=?",
        (WITHDRAWN, False if came else None, card_id),
    )


def mark_attended(con: sqlite3.Connection, said: Mapping[int, bool | None]) -> int:
    """Whether these came, by card (None: open again); how many marks that changed."""
    return con.executemany(
        "UPDATE card SET attended=?2, came_at=CASE WHEN ?2 THEN came_at END"
        " WHERE id=?1 AND attended IS NOT ?2",
        said.items(),
    ).rowcount
