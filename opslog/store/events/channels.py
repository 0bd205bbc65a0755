"""The channels of an event: reading them and the statements that write them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from opslog.domain.events.channels import Channel
from opslog.store.db.listed import IN_LIST, listed

_NAMES = ", ".join(Channel._fields)
_WRITTEN = Channel._fields[1:]


def of(con: sqlite3.Connection, event_id: int) -> list[Channel]:
    """In the order they were entered."""
    rows = con.execute(f"SELECT {_NAMES} FROM channel WHERE event_id=? ORDER BY id", (event_id,))
    return [Channel(*row) for row in rows]


def insert(con: sqlite3.Connection, event_id: int, one: Channel) -> int:
    cursor = con.execute(
        f"INSERT INTO channel(event_id, {', '.join(_WRITTEN)})"
        f" VALUES ({', '.join('?' * (1 + len(_WRITTEN)))})",
        (event_id, *one[1:]),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def update(con: sqlite3.Connection, one: Channel) -> None:
    sets = ", ".join(f"{name}=?" for name in _WRITTEN)
    con.execute(f"UPDATE channel SET {sets} WHERE id=?", (*one[1:], one.id))


def people(con: sqlite3.Connection, event_id: int) -> dict[int, int]:
    """How many stand on the event's list by each channel."""
    rows = con.execute(
        "SELECT c.channel_id, count(*) FROM card c JOIN signup s ON s.id=c.roster_id"
        " WHERE s.event_id=? AND c.channel_id IS NOT NULL GROUP BY c.channel_id",
        (event_id,),
    )
    return {row[0]: row[1] for row in rows}


def unsaid(con: sqlite3.Connection, roster_id: int) -> set[int]:
    """The cards of a list of which nothing says by which channel."""
    rows = con.execute("SELECT id FROM card WHERE roster_id=? AND channel_id IS NULL", (roster_id,))
    return {row[0] for row in rows}


def assign(con: sqlite3.Connection, channel_id: int, cards: Iterable[int]) -> None:
    con.execute(f"UPDATE card SET channel_id=? WHERE id {IN_LIST}", (channel_id, listed(cards)))


def delete(con: sqlite3.Connection, channel_id: int) -> None:
    """With what cards say of it."""
    con.execute("UPDATE card SET channel_id=NULL WHERE channel_id=?", (channel_id,))
    con.execute("DELETE FROM channel WHERE id=?", (channel_id,))
