"""What the operator prefers, a row a key: no part of the journal."""

from __future__ import annotations

import sqlite3


def get(con: sqlite3.Connection, key: str) -> str | None:
    """None where it was never set."""
    row = con.execute("SELECT value FROM setting WHERE key=?", (key,)).fetchone()
    return None if row is None else str(row[0])


def put(con: sqlite3.Connection, key: str, value: str) -> None:
    con.execute(
        "INSERT INTO setting(key, value) VALUES (?,?)"
        " ON CONFLICT(key) DO UPDATE SET value=excluded.value",
        (key, value),
    )


def delete(con: sqlite3.Connection, key: str) -> None:
    con.execute("DELETE FROM setting WHERE key=?", (key,))
