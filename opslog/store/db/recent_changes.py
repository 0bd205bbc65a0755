"""The changes since the last copy once more, in a file beside the database (``-changes``).

Whoever copies another file over the database, or empties it, takes what is in it from all who have
it open, too. So each change is also a line here, from the copy of the day on: with that copy all
is there again. A line is JSON, with the token that the change left in the file and the one before
(see ``same_file``); a copy knows the token it was made at. Lines of a commit that failed, or of
another state of the file, are not in that chain and count for nothing. A whole list is too much
for a line: it is only named, as a gap, and what comes after it needs a copy anew.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from opslog.store.db import journal, same_file, wal

ENDING = "-changes"
HALF = same_file.HALF

Line = dict[str, Any]
DO_NOT_FIT = (sqlite3.Error, ValueError, TypeError, LookupError)
_GAP = "gap"  # at, label and args of a change that has no rows here; no other key of this name


class Since(NamedTuple):
    """What follows a copy: the lines up to a gap, and those from it on. ``tokens``: of the copy and
    of each line, '' for what is no copy."""

    lines: list[Line]
    missing: list[Line]
    tokens: list[str]


def file_of(path: Path) -> Path:
    path = same_file.real(path)
    return path.with_name(path.name + ENDING)


def begin(con: sqlite3.Connection, path: Path) -> None:
    """From now on each change is noted; the caller makes a copy after this. Raises OSError."""
    with wal.alone(con):
        os.close(os.open(file_of(path), os.O_WRONLY | os.O_CREAT, 0o600))


def go_on_from(con: sqlite3.Connection, path: Path, copy: Path) -> None:
    """Only what came after this copy is still of use. Raises OSError."""
    from opslog.disk import temporary

    file = file_of(path)
    with wal.alone(con):
        if not file.exists():
            return  # forgotten meanwhile
        found = since(path, copy)
        with temporary.file(file.parent) as part:
            part.write_text("".join(map(_text, found.lines + found.missing)), encoding="utf-8")
            os.replace(part, file)


def state(path: Path) -> object:
    """Another thing after each line more."""
    try:
        found = file_of(path).stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def breaks_off(path: Path) -> bool:
    """Whether there is something that no line says."""
    try:
        return f'"{_GAP}": '.encode() in file_of(path).read_bytes()
    except OSError:
        return True


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
        with suppress(OSError):  # no room: the chain ends here, until there is a new copy
            os.write(descriptor, _text({"token": token, **what}).encode())
    finally:
        os.close(descriptor)


def _change(con: sqlite3.Connection, change_id: int) -> Line:
    if con.execute("SELECT 1 FROM change_range WHERE change_id=?", (change_id,)).fetchone():
        named = con.execute("SELECT at, label, args FROM change WHERE id=?", (change_id,))
        return {_GAP: list(named.fetchone())}
    change, rows = journal.as_it_is(con, change_id)
    return {"change": change, "rows": rows}


def _text(line: Line) -> str:
    return json.dumps(line, ensure_ascii=False) + "\n"


def _every(path: Path) -> Iterator[Line]:
    with suppress(OSError), file_of(path).open(encoding="utf-8", errors="replace") as file:
        for text in file:
            with suppress(ValueError):  # cut off in the middle
                line = json.loads(text)
                if isinstance(line, dict) and isinstance(line.get("token"), str):
                    yield line


def since(path: Path, copy: Path) -> Since:
    """What came after the state ``copy`` was made at."""
    made_at = same_file.in_file(copy)
    if made_at is None:
        return Since([], [], [""])
    # Where two follow the same state, the commit of the first failed.
    after = {line["token"][HALF:]: line for line in _every(path)}
    newest, before = made_at.newest, made_at.token[HALF:]
    # A copy made by opslog has a token of its own; one made with ``cp`` that of its newest change.
    known = newest in after or any(line["token"][:HALF] == newest for line in after.values())
    tokens = [newest if known else before]
    found: list[Line] = []
    while (line := after.pop(tokens[-1], None)) is not None:
        found.append(line)
        tokens.append(line["token"][:HALF])
    end = next((number for number, line in enumerate(found) if _GAP in line), len(found))
    return Since(found[:end], found[end:], tokens)


def last(path: Path) -> str:
    """The token of the newest line, '' where there is none."""
    token = ""
    for line in _every(path):
        token = line["token"][:HALF]
    return token


def changes_in(lines: Iterable[Line]) -> int:
    """How many of them are a change, an undo or a redo; others note what is none."""
    return sum(len(line) > 1 for line in lines)


def gap_in(missing: Sequence[Line]) -> tuple[str, str, str] | None:
    """When the first of them was made, and its label with its arguments."""
    return tuple(missing[0][_GAP]) if missing else None


def do_again(con: sqlite3.Connection, lines: Iterable[Line]) -> None:
    """Bring a copy up to the last line. Raises one of ``DO_NOT_FIT`` where they do not fit it."""
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
