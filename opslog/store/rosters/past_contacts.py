"""What a list told of earlier contacts with people."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable


def put(con: sqlite3.Connection, file_id: int, told: Iterable[tuple[int, str, str]]) -> None:
    """Keep (person id, instant, text), each once, whatever number of files tell it."""
    con.executemany(
        "INSERT OR IGNORE INTO past_contact(person_id, at, text, file_id) VALUES (?,?,?,?)",
        [(*one, file_id) for one in told],
    )


def known(con: sqlite3.Connection) -> set[tuple[int, str]]:
    """Person and text of all there are, for what comes without a day."""
    return {(row[0], row[1]) for row in con.execute("SELECT person_id, text FROM past_contact")}


def of_person(con: sqlite3.Connection, person_id: int) -> list[sqlite3.Row]:
    """The earlier contacts of a person, oldest first, with the file that told them."""
    return con.execute(
        "SELECT p.at, p.text, f.file FROM past_contact p JOIN roster_file f ON f.id=p.file_id"
        " WHERE p.person_id=? ORDER BY p.at, p.id",
        (person_id,),
    ).fetchall()
