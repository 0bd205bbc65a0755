"""Which copies went out of this file: where somebody who is erased later may still stand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from opslog.disk import checksum


class CopyRow(NamedTuple):
    """``held``: JSON, ``person`` the highest id there was, and what else narrows it down."""

    path: str
    at: str
    kind: str
    held: str
    sha: str


def row_of(
    con: sqlite3.Connection, path: Path, at: str, kind: str, **held: str | int | None
) -> CopyRow:
    """What is to be remembered of the copy just written to ``path``."""
    last = con.execute("SELECT seq FROM sqlite_sequence WHERE name='person'").fetchone()
    what = {"person": last[0] if last else 0, **{k: v for k, v in held.items() if v is not None}}
    sha = ""
    with suppress(OSError):
        sha = checksum.sha256(path)
    return CopyRow(str(path.absolute()), at, kind, json.dumps(what), sha)


def put(con: sqlite3.Connection, rows: Iterable[CopyRow]) -> None:
    """Remember copies; one written over another takes its place."""
    con.executemany(
        "INSERT OR REPLACE INTO copy(path, at, kind, held, sha) VALUES (?,?,?,?,?)", rows
    )


def every(con: sqlite3.Connection) -> list[CopyRow]:
    return [CopyRow(*row) for row in con.execute("SELECT path, at, kind, held, sha FROM copy")]


def forget(con: sqlite3.Connection, paths: Iterable[Path]) -> None:
    """Copies that opslog itself took away."""
    con.executemany("DELETE FROM copy WHERE path=?", [(str(path.absolute()),) for path in paths])


def may_have_held(row: CopyRow, people: Iterable[int], events: Iterable[int]) -> bool:
    """Whether one of these people, who are on the lists of these events, may have stood in a copy
    when it was written."""
    try:
        held = json.loads(row.held)
        last = int(held["person"])
    except (ValueError, KeyError, TypeError):
        return True
    elsewhere = held.get("event") is not None and held["event"] not in set(events)
    return not elsewhere and any(id <= last for id in people)
