"""The changes since the last copy once more, in a file beside the database (``-changes``).

Whoever copies another file over the database, or empties it, takes what is in it from all who have
it open, too. So each change is also a line here, from the copy of the day on: with that copy all
is there again. A line is JSON, with the token that the change left in the file and the one before
(see ``same_file``); a copy knows the token it was made at. Lines of a commit that failed, or of
another state of the file, are not in that chain and count for nothing.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from opslog.store.db import journal, same_file, wal

ENDING = "-changes"
HALF = same_file.HALF

Lines = list[dict[str, Any]]


def file_of(path: Path) -> Path:
    path = same_file.real(path)
    return path.with_name(path.name + ENDING)


def begin(con: sqlite3.Connection, path: Path) -> None:
    """Begin anew; the caller makes a copy after this. Raises OSError, sqlite3.Error."""
    with wal.alone(con):
        os.close(os.open(file_of(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))


def forget(path: Path) -> None:
    """What the lines say may not be kept any longer, or they fit no copy any more."""
    with suppress(OSError):
        file_of(path).unlink(missing_ok=True)


def note(
    con: sqlite3.Connection, path: Path, token: str, change_id: int, replayed: dict[str, int]
) -> None:
    """One line more, where they were begun; before the commit, so that they stand in order.

    ``replayed``: which change was undone or redone, where one was.
    """
    try:
        descriptor = os.open(file_of(path), os.O_WRONLY | os.O_APPEND)
    except OSError:
        return
    try:
        what = replayed or (_change(con, change_id) if change_id else {})
        line = json.dumps({"token": token, **what}, ensure_ascii=False) + "\n"
        with suppress(OSError):  # no room: the chain ends here, until there is a new copy
            os.write(descriptor, line.encode())
    finally:
        os.close(descriptor)


def _change(con: sqlite3.Connection, change_id: int) -> dict[str, Any]:
    if con.execute("SELECT 1 FROM change_range WHERE change_id=?", (change_id,)).fetchone():
        return {"token": ""}  # a whole list: the chain ends here, until there is a new copy
    change, rows = journal.as_it_is(con, change_id)
    return {"change": change, "rows": rows}


def since(path: Path, copy: Path) -> tuple[Lines, str]:
    """The lines after the state ``copy`` was made at, and the token they lead to."""
    made_at = same_file.in_file(copy)
    found: Lines = []
    if made_at is None or not made_at.token:
        return found, ""
    at = made_at.token[HALF:]
    with suppress(OSError, ValueError), file_of(path).open(encoding="utf-8") as file:
        for text in file:
            line = json.loads(text)
            if line["token"][HALF:] == at:
                found.append(line)
                at = line["token"][:HALF]
    return found, at


def do_again(con: sqlite3.Connection, lines: Lines) -> None:
    """Bring a copy up to the last line. Raises sqlite3.Error where they do not fit it."""
    with wal.alone(con):
        con.execute("BEGIN IMMEDIATE")
        for line in lines:
            if "change" in line:
                journal.take_in(con, line["change"], line["rows"])
            elif "undo" in line:
                journal.undo(con, line["undo"])
            elif "redo" in line:
                journal.redo(con, line["redo"])
        con.execute("COMMIT")
