"""The texts of the operator's own files, a row each, by their place below the database's folder."""

from __future__ import annotations

import sqlite3


def texts(con: sqlite3.Connection) -> dict[str, str]:
    return {row["name"]: row["text"] for row in con.execute("SELECT name, text FROM own_file")}


def text(con: sqlite3.Connection, name: str) -> str | None:
    row = con.execute("SELECT text FROM own_file WHERE name=?", (name,)).fetchone()
    return None if row is None else str(row["text"])


def version(con: sqlite3.Connection, name: str) -> int | None:
    """How often the text was written; None where there is none."""
    row = con.execute("SELECT version FROM own_file WHERE name=?", (name,)).fetchone()
    return None if row is None else int(row["version"])


def names(con: sqlite3.Connection, folder: str) -> set[str]:
    """Those of one folder."""
    rows = con.execute(
        "SELECT name FROM own_file WHERE substr(name, 1, ?) = ?", (len(folder) + 1, f"{folder}/")
    )
    return {row["name"] for row in rows}


def in_journal(con: sqlite3.Connection, name: str, text: str) -> bool:
    """Whether a change still knows that this stood there."""
    found = con.execute(
        "SELECT 1 FROM change_row WHERE tbl='own_file' AND json_extract(image, '$.name')=?"
        " AND json_extract(image, '$.text')=? LIMIT 1",
        (name, text),
    )
    return found.fetchone() is not None


def put(con: sqlite3.Connection, name: str, text: str, at: str) -> None:
    # No ON CONFLICT here: it would hold in the triggers of the table, too, against their own.
    update = "UPDATE own_file SET text=?, version=version + 1, at=? WHERE name=?"
    if not con.execute(update, (text, at, name)).rowcount:
        con.execute(
            "INSERT INTO own_file(name, text, version, at) VALUES (?, ?, 1, ?)", (name, text, at)
        )


def delete(con: sqlite3.Connection, name: str) -> None:
    con.execute("DELETE FROM own_file WHERE name=?", (name,))
