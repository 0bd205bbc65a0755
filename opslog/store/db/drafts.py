"""What was typed and not entered, a row a place."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any


def of(con: sqlite3.Connection, place: str) -> sqlite3.Row | None:
    """What was left in a place: place, text, at."""
    row: sqlite3.Row | None = con.execute("SELECT * FROM draft WHERE place=?", (place,)).fetchone()
    return row


def every(con: sqlite3.Connection) -> list[sqlite3.Row]:
    """The newest first."""
    return con.execute("SELECT * FROM draft ORDER BY at DESC, id DESC").fetchall()


def put(con: sqlite3.Connection, draft: Mapping[str, Any]) -> None:
    """place, text, at, person_id; over what the place holds, or if that is neither the same nor the
    draft ``before``, beside it."""
    place, number = draft["place"], 2
    while place != draft["before"]:
        there = of(con, place)
        if there is None or there["text"] == draft["text"]:
            break
        place, number = f"{draft['place']} ~{number}", number + 1
    con.execute(
        "INSERT OR REPLACE INTO draft(place, text, at, person_id) VALUES (?,?,?,?)",
        (place, draft["text"], draft["at"], draft["person_id"]),
    )


def delete(con: sqlite3.Connection, place: str) -> None:
    con.execute("DELETE FROM draft WHERE place=?", (place,))


def exchange(con: sqlite3.Connection, one: str, other: str) -> None:
    """What is in one place stands in the other, and the other way round."""
    for old, new in ((one, "~"), (other, one), ("~", other)):
        con.execute("UPDATE draft SET place=? WHERE place=?", (new, old))


def is_there(con: sqlite3.Connection, table: str, ref: int) -> bool:
    """Whether what a draft is about is in its table, or view."""
    return con.execute(f"SELECT 1 FROM {table} WHERE id=?", (ref,)).fetchone() is not None
