"""SQLite's log of writes (``-wal``): one writes at a time, and only then is it emptied.

SQLite 3.7.0 to 3.51.2 can lose a commit that another connection makes in the moment in which the
log is emptied into the file (https://sqlite.org/wal.html#walresetbug). So nobody empties it by
himself: whoever has written does, while a lock beside the file keeps all other opslogs from
writing. The lock is taken with every version, as two Pythons may bring two of them to one file.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from opslog.disk import locks
from opslog.store.db import connection

LOCK = "-lock"  # the lock's file, beside the database's; empty, and it stays
LONGEST = 1_000 * 4_120  # bytes of the log; what is longer is emptied, as SQLite does by itself
_PAUSES = (0.001, 0.02)  # seconds between two tries: the shortest, the longest


def touched(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> bool:
    """Whether that SQLite has the fault."""
    mended = (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return (3, 7, 0) <= version < (3, 51, 3) and not mended


def lock_of(path: Path) -> Path:
    path = path.resolve()  # as SQLite finds its own: one lock by whatever name it was opened
    return path.with_name(path.name + LOCK)


@contextmanager
def alone(con: sqlite3.Connection) -> Iterator[None]:
    """Every write of ``con`` goes in here: meanwhile nobody else writes or empties the log. What
    is still open at the end is rolled back. Within a transaction the lock is held already.

    Raises sqlite3.OperationalError, as SQLite does, where the lock can't be had within the time
    that ``con`` waits. It comes before every lock of SQLite: no two wait for each other.
    """
    path, within = con.execute("PRAGMA database_list").fetchone()[2], con.in_transaction
    if within or not path:
        yield
        return
    with _opened(path + LOCK) as lock:
        _wait(lock.fileno(), con.execute("PRAGMA busy_timeout").fetchone()[0] / 1000)
        try:
            yield
            _keep_short(con, path + "-wal")
        finally:
            if con.in_transaction:
                con.execute("ROLLBACK")


@contextmanager
def held(path: Path, seconds: float) -> Iterator[None]:
    """Nobody writes meanwhile: for a file that is looked at and then put back whole. Raises
    sqlite3.OperationalError where somebody goes on writing for so long."""
    with _opened(str(lock_of(path))) as lock:
        _wait(lock.fileno(), seconds)
        yield


def _opened(lock: str) -> FileIO:
    try:
        return FileIO(os.open(lock, os.O_RDWR | os.O_CREAT, 0o600), "r+")
    except OSError as error:
        full = error.errno == errno.ENOSPC
        code = sqlite3.SQLITE_FULL if full else sqlite3.SQLITE_CANTOPEN
        failed = _failed(code, error.strerror or str(error))
        failed.filename = lock  # type: ignore[attr-defined]  # SQLite's errors name no file
        raise failed from error


def _wait(descriptor: int, seconds: float) -> None:
    pause, longest = _PAUSES
    until = time.monotonic() + seconds
    while not locks.take(descriptor):
        left = until - time.monotonic()
        if left <= 0:
            raise _failed(sqlite3.SQLITE_BUSY, "database is locked")
        time.sleep(min(pause, left))
        pause = min(pause * 2, longest)


def _failed(code: int, reason: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(reason)
    error.sqlite_errorcode = code
    return error


def _keep_short(con: sqlite3.Connection, log: str) -> None:
    """Empty a log that has grown long. Who still reads an older state keeps it long till the next
    write; what was written is safe in it whatever becomes of this."""
    try:
        if os.stat(log).st_size <= LONGEST:
            return
    except OSError:
        return
    with suppress(sqlite3.Error), connection.waiting(con, 0):
        con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
