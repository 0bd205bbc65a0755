"""Whole copies of the file: made beside the work, verified, and brought back in one piece."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from opslog.disk import durable, temporary
from opslog.domain.base import foreign
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, msg
from opslog.store.db import connection, same_file

FOLDER = "backups"
DAILY, WEEKLY = 14, 8  # how many of each the rotation keeps
_BUSY_TRIES = 20  # of 250 ms each, before a restore gives up on a file in use


def folder_of(path: Path) -> Path:
    """Where the copies of the database at ``path`` lie."""
    return path.parent / FOLDER


def snapshot(con: sqlite3.Connection, path: Path, why: str, at: datetime) -> Path:
    """Copy the open database into its backups folder; the copy's path.

    The name says which file, ``why`` and when. Raises Refused where it can't be written or does
    not read back whole.
    """
    target = _free_name(path, why, at, ".db")
    write_copy(con, target)
    return target


def _free_name(path: Path, why: str, at: datetime, ending: str) -> Path:
    """Where a copy kept for good may go: no copy ever takes the place of another."""
    name = f"{path.stem}-{why}-{at:%Y-%m-%d-%H%M%S}"
    folder = folder_of(path)
    target = folder / f"{name}{ending}"
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{name}-{number}{ending}"
    return target


def write_copy(con: sqlite3.Connection, target: Path, said: Path | None = None) -> None:
    """Copy the open database to ``target``: whole, verified and private, or not at all.

    Writers are not held up meanwhile. Raises Refused, of ``said`` where ``target`` says nothing to
    the operator.
    """
    try:
        target.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        with temporary.file(target.parent) as part:
            con.execute("VACUUM INTO ?", (str(part),))
            same_file.stamp(con, part)
            with closing(open_read_only(part)) as copy:
                flaws = integrity(copy)
            if flaws:
                raise Refused(
                    msg(
                        N_("The copy does not read back whole ({reason}); nothing was kept of it"),
                        reason=flaws[0],
                    )
                )
            durable.sync_file(part)
            os.replace(part, target)
        durable.sync_folder(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise _unwritten(said or target, error) from error


def _unwritten(path: Path, error: OSError | sqlite3.Error) -> Refused:
    if isinstance(error, sqlite3.Error) and connection.is_full(path, error):
        return connection.unreadable(path, error)
    reason = foreign.reason(error)
    text = N_("{path} can't be written ({reason}); nothing was changed")
    return Refused(msg(text, path=path, reason=reason))


def open_read_only(path: Path) -> sqlite3.Connection:
    """A connection that can't change ``path``; sqlite3.Error where it is no database.

    A file in WAL mode on a medium that can't be written has no place for its index and is read
    as it stands.
    """
    address = path.absolute().as_uri() + "?mode=ro"
    con = sqlite3.connect(address, uri=True, isolation_level=None)
    try:
        with connection.said_as_text():
            con.execute("SELECT count(*) FROM sqlite_schema")
    except sqlite3.OperationalError:
        con.close()
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:  # the newest would be missing
            raise
        con = sqlite3.connect(address + "&immutable=1", uri=True, isolation_level=None)
    con.row_factory = sqlite3.Row
    con.text_factory = connection.shown_text
    return con


def integrity(con: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong with the pages, indexes and references; empty where all is well."""
    try:
        found = [str(row[0]) for row in con.execute("PRAGMA integrity_check(20)")]
        if found == ["ok"]:
            found = []
        for row in con.execute("PRAGMA foreign_key_check"):
            found.append(f"{row[0]} {row[1]} → {row[2]}")
    except sqlite3.DatabaseError as error:
        return [connection.flaw_of(error)]
    return found


def is_whole(path: Path) -> bool:
    """Whether a copy is a database of opslog that reads from end to end."""
    try:
        with closing(open_read_only(path)) as con:
            known = con.execute("PRAGMA application_id").fetchone()[0] == connection.APPLICATION_ID
            return known and not integrity(con)
    except sqlite3.Error:
        return False


def put_back(staged: Path, path: Path, source: Path, kept: Path | None) -> None:
    """Make the database at ``path`` say what ``staged`` says, in one durable transaction.

    Another opslog that has it open sees the new state as it would any change. The caller has
    seen to it that none writes (``wal.held``). Raises Refused where another program does.
    """
    tries = 0

    def patience(status: int, _remaining: int, _total: int) -> None:
        nonlocal tries
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            tries += 1
            if tries > _BUSY_TRIES:
                raise sqlite3.OperationalError("database is locked")

    connection.prepare_file(path)
    with closing(open_read_only(staged)) as copy, closing(connection.connect(path)) as target:
        target.execute("PRAGMA busy_timeout=0")  # patience does the waiting
        try:
            before = same_file.identity(target)
            copy.backup(target, progress=patience)
            same_file.note_restored(target, before.newest if before else "", source, kept)
        except sqlite3.Error as error:
            raise connection.unreadable(path, error) from error


def replace_damaged(staged: Path, path: Path, why: str, at: datetime) -> Path:
    """Put ``staged`` in the place of a file that can't be read; where that is kept, byte for byte.

    Its leftovers (``-wal``, ``-shm``) are kept with it: they would spoil the new file.
    """
    kept = _free_name(path, why, at, ".damaged")
    path = same_file.real(path)  # its leftovers lie beside it, not beside a link
    try:
        kept.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        shutil.copy2(path, kept)
        durable.sync_file(kept)
        for ending in ("-wal", "-shm"):
            extra = path.with_name(path.name + ending)
            if extra.exists():
                shutil.copy2(extra, kept.with_name(kept.name + ending))
                extra.unlink()
        durable.sync_folder(kept.parent)
        os.replace(staged, path)
        durable.sync_folder(path.parent)
    except OSError as error:
        raise _unwritten(path, error) from error
    return kept


def put_aside(log: Path, path: Path, at: datetime) -> Path:
    """Move a log of writes that does not fit the file into the backups; where it lies then."""
    kept = _free_name(path, "stray-log", at, ".wal")
    kept.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
    os.replace(log, kept)
    log.with_name(log.name.removesuffix("-wal") + "-shm").unlink(missing_ok=True)
    return kept


def copy_aside(changes: Path, path: Path, at: datetime) -> Path:
    """Keep the notes of changes that fit no copy in the backups; where they lie there."""
    kept = _free_name(path, "changes", at, ".jsonl")
    try:
        shutil.copy2(changes, kept)
        durable.sync_file(kept)
    except OSError as error:
        raise _unwritten(kept, error) from error
    return kept


def daily_path(path: Path, day: date) -> Path:
    return folder_of(path) / f"{path.stem}-daily-{day.isoformat()}.db"


def outdated(folder: Path, stem: str) -> list[Path]:
    """Daily copies the rotation lets go: neither of the newest 14, nor the last of one of the
    8 weeks before those. Nothing that was not named by ``daily_path`` is ever among them."""
    pattern = re.compile(re.escape(stem) + r"-daily-(\d{4}-\d\d-\d\d)\.db")
    found: dict[date, Path] = {}
    for file in folder.iterdir() if folder.is_dir() else ():
        match = pattern.fullmatch(file.name)
        if match and file.is_file() and not file.is_symlink():
            with suppress(ValueError):  # 2026-02-31: not a name given here
                found[date.fromisoformat(match[1])] = file
    days = sorted(found, reverse=True)
    weeks: set[date] = set()
    gone = []
    for day in days[DAILY:]:
        monday = day - timedelta(days=day.weekday())
        if monday in weeks or len(weeks) == WEEKLY:
            gone.append(found[day])
        else:
            weeks.add(monday)
    return gone
