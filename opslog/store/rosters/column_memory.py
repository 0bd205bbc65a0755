"""Which heading meant what in the files that came before."""

from __future__ import annotations

import sqlite3


def every(con: sqlite3.Connection) -> list[tuple[str, str]]:
    """Headings and what they mean, both as JSON."""
    rows = con.execute("SELECT headings, mapping FROM column_memory")
    return [(row["headings"], row["mapping"]) for row in rows]


def mapping(con: sqlite3.Connection, headings: str) -> str | None:
    """What these headings mean; None where no file had them."""
    row = con.execute("SELECT mapping FROM column_memory WHERE headings=?", (headings,)).fetchone()
    return None if row is None else str(row["mapping"])


def put(con: sqlite3.Connection, headings: str, mapping: str, at: str) -> None:
    """Map files with these headings like this from now on."""
    if con.execute("SELECT 1 FROM column_memory WHERE headings=?", (headings,)).fetchone():
        con.execute(
            "UPDATE column_memory SET mapping=?, used_at=? WHERE headings=?",
            (mapping, at, headings),
        )
    else:
        con.execute(
            "INSERT INTO column_memory(headings, mapping, used_at) VALUES (?,?,?)",
            (headings, mapping, at),
        )
