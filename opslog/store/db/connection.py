"""The one factory for connections, and what every connection must be set to."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from opslog.domain.base import foreign
from opslog.domain.base.refusal import Refused, Unwritable
from opslog.locale import N_, msg

APPLICATION_ID = 0x6F70736C  # "opsl"
BUSY_MS = 5_000
BULK_CACHE = 8_000  # KiB
ROOM = 64 << 10  # bytes; with less free, a write or SQLite's shared index may not fit

# What makes a power cut survivable; read back on every connection. fullfsync matters on macOS
# only, where a plain fsync does not reach the disk.
PRAGMAS: dict[str, int | str] = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "busy_timeout": BUSY_MS,
    "fullfsync": int(sys.platform == "darwin"),
    "checkpoint_fullfsync": int(sys.platform == "darwin"),
    "secure_delete": 0,
    "temp_store": 2,  # memory
    "wal_autocheckpoint": 0,  # store/db/wal.py says when
}
_OF_THE_FILE = frozenset(
    (
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY),
        *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL),
        *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_PERM),
        *(sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOLFS, sqlite3.SQLITE_AUTH),
    )
)


def connect(path: Path) -> sqlite3.Connection:
    """Open ``path`` in autocommit mode with PRAGMAS set and verified.

    Raises Refused where the file is no database or another program's, can't be reached or can't
    be written safely.
    """
    try:
        con = sqlite3.connect(path, isolation_level=None, timeout=BUSY_MS / 1000)
    except sqlite3.Error as error:
        raise unreadable(path, error) from error
    con.row_factory = sqlite3.Row
    con.text_factory = shown_text
    try:
        with said_as_text():
            strange = of_another_program(con)
            for name, value in PRAGMAS.items() if not strange else ():  # its file would keep them
                con.execute(f"PRAGMA {name}={value}")
            found = {name: con.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
    except sqlite3.Error as error:
        con.close()
        raise unreadable(path, error) from error
    if strange:
        con.close()
        raise stranger(path)
    wrong = [name for name, value in PRAGMAS.items() if found[name] != value]
    if wrong:
        con.close()
        raise Refused(
            msg(
                N_(
                    "{path}: this file system does not keep data safe ({pragmas} can't be set); "
                    "choose a folder on a local disk with --db"
                ),
                path=path,
                pragmas=", ".join(wrong),
            )
        )
    return con


@contextmanager
def waiting(con: sqlite3.Connection, ms: int) -> Iterator[None]:
    """Meanwhile a write waits so long for another program before it gives up."""
    before = con.execute("PRAGMA busy_timeout").fetchone()[0]
    con.execute(f"PRAGMA busy_timeout={ms}")
    try:
        yield
    finally:
        con.execute(f"PRAGMA busy_timeout={before}")


@contextmanager
def overwriting(con: sqlite3.Connection) -> Iterator[None]:
    """Meanwhile what is deleted leaves no bytes in the file."""
    con.execute("PRAGMA secure_delete=ON")
    try:
        yield
    finally:
        con.execute("PRAGMA secure_delete=OFF")


def tuples(con: sqlite3.Connection) -> sqlite3.Cursor:
    """A cursor that gives tuples, which cost half as much as rows."""
    cursor = con.cursor()
    cursor.row_factory = None
    return cursor


def put_into_one_file(con: sqlite3.Connection) -> None:
    """Nothing of it stays beside the file."""
    con.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def with_room(con: sqlite3.Connection) -> Iterator[None]:
    """More pages in memory meanwhile: a change of many rows comes back to the same ones."""
    before = con.execute("PRAGMA cache_size").fetchone()[0]
    con.execute(f"PRAGMA cache_size=-{BULK_CACHE}")
    try:
        yield
    finally:
        con.execute(f"PRAGMA cache_size={before}")


def of_another_program(con: sqlite3.Connection) -> bool:
    """Whether the file holds something that opslog has not made."""
    if con.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID:
        return False
    return bool(con.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0])


def stranger(path: Path) -> Refused:
    return Refused(
        msg(
            N_("{path} is the database of another program; choose another file with --db"),
            path=path,
        )
    )


def shown_text(raw: bytes) -> str:
    """Text of the file. What is not UTF-8 in it, which takes damage, stands as ``\\xff``."""
    return raw.decode("utf-8", "backslashreplace")


@contextmanager
def said_as_text() -> Iterator[None]:
    """At the first look into a file: SQLite's sentence on damage may quote what is no UTF-8."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise sqlite3.DatabaseError(shown_text(error.object)) from error


def let_stop(con: sqlite3.Connection) -> None:
    """Ctrl+C ends a long statement: Python looks at signals only where SQLite calls it back. The
    statement then fails with SQLITE_INTERRUPT."""
    con.set_progress_handler(lambda: 0, 100_000)


def flaw_of(error: sqlite3.DatabaseError) -> str:
    """What SQLite says of damage; an end that was asked for is none and goes on up."""
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
        raise KeyboardInterrupt from error
    return str(error)


def is_of_the_file(error: sqlite3.Error) -> bool:
    """Whether the file, its disk or another program is at fault, and not a statement of ours."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _OF_THE_FILE


def unreadable(path: Path, error: sqlite3.Error) -> Refused:
    """The sentence for a file SQLite can't open."""
    if "not a database" in str(error):
        return Refused(
            msg(N_("{path} is no opslog database; choose another file with --db"), path=path)
        )
    if "locked" in str(error) or "busy" in str(error):
        return Refused(
            msg(N_("{path} is being written by another program; try again in a moment"), path=path)
        )
    if is_full(path, error):
        return Unwritable(
            msg(N_("The disk with {path} is full; make room on it and try again"), path=path)
        )
    if "malformed" in str(error):
        return Refused(
            msg(N_("{path} is damaged; bring a backup back with: opslog restore FILE"), path=path)
        )
    return Unwritable(
        msg(
            N_("{path} can't be opened ({reason}); check the folder's permissions or use --db"),
            path=path,
            reason=foreign.reason(error),
        )
    )


def is_full(path: Path, error: sqlite3.Error) -> bool:
    """SQLite says "I/O error" instead where not even its shared index finds room."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code != sqlite3.SQLITE_IOERR:
        return code == sqlite3.SQLITE_FULL
    try:
        import shutil  # seldom asked, and slow to import

        return shutil.disk_usage(path.parent).free < ROOM
    except OSError:
        return False


def prepare_file(path: Path) -> None:
    """Make the folder (0700) and an empty file (0600) where there are none yet.

    A file that is there is never opened but by SQLite: to close it would drop every lock that this
    process has on it, and another one would take the log away from under it.
    Raises Refused where the folder or file can't be made or written.
    """
    try:
        if not path.parent.exists():
            path.parent.mkdir(parents=True, mode=0o700)
        if path.is_dir():
            raise IsADirectoryError(0, "is a folder")
        if not path.exists():
            with suppress(FileExistsError):  # another window has just made it
                os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        elif not os.access(path, os.R_OK | os.W_OK):
            os.close(os.open(path, os.O_RDWR))  # which fails, and says why
    except OSError as error:
        raise Unwritable(
            msg(
                N_("{path} can't be written ({reason}); check the permissions or use --db"),
                path=path,
                reason=foreign.reason(error),
            )
        ) from error
