"""Copies of the file, by hand and once a day; bringing one back; looking the file over."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from opslog.disk import temporary
from opslog.domain.base import foreign
from opslog.domain.base.clock import Clock, instant_text, system_clock
from opslog.domain.base.refusal import Refused, Unwritable
from opslog.domain.base.synced_folders import synced_by
from opslog.locale import N_, Msg, msg
from opslog.services.book import carrying, own_kinds, rescue
from opslog.services.book.book import Book
from opslog.services.book.copies import staging
from opslog.store.db import backup as copies
from opslog.store.db import connection, copied, journal, recent_changes, same_file, wal
from opslog.store.schema import migrations

KEPT_UNDONE = timedelta(days=90)  # what was undone and can't be redone, in the history


@dataclass(frozen=True)
class Restored:
    """What a restore did. ``kept`` is the file that was there before, None where there was none;
    ``damaged`` says that it could not be read and was kept byte for byte. ``erased``: so many
    people who had been erased since the backup were erased from what was brought back.

    Where the file before was lost, what was done since the backup came with it: ``changes`` is how
    many. ``missing`` says what did not, and ``aside`` is the file that has what is left of it."""

    path: Path
    source: Path
    kept: Path | None
    damaged: bool = False
    erased: int = 0
    changes: int = 0
    missing: Msg | None = None
    aside: Path | None = None


def backup(book: Book, path: Path | None = None) -> Path:
    """Write a verified copy, by default into the backups folder; where it lies.

    Raises Refused where ``path`` exists, or can't be written.
    """
    own_kinds.look_at_all(book)  # what was edited by hand belongs into the copy
    if path is None:
        path = copies.snapshot(book.con, book.path, "backup", book.clock.local())
        book.remember_copy(path, "backup")
        return path
    path = Path(os.path.abspath(path))
    if path.is_dir():
        path = path / f"{book.path.stem}-backup-{book.clock.local():%Y-%m-%d-%H%M%S}.db"
    if path.exists():
        raise Refused(msg(N_("{path} exists; a backup never writes over a file"), path=path))
    if not path.parent.is_dir():
        raise Refused(
            msg(N_("There is no folder {path}; make it, or name another"), path=path.parent)
        )
    copies.write_copy(book.con, path)
    book.remember_copy(path, "backup")
    return path


def daily(book: Book) -> Path | None:
    """At a start: what a killed one left goes. The first time on a day: a copy, after which the
    oldest ones go, and so does what was undone for good long ago. None where the copy is there.

    Keeps the newest 14 days and the last of each of 8 weeks before them. Opens a connection of
    its own, so that it may run beside the screens (which look at the file
    before). Raises Refused.
    """
    temporary.sweep()
    target = copies.daily_path(book.path, book.today())
    with closing(connection.connect(book.path)) as con:
        if target.exists():
            if not _changes_break_off(con, book.path, target):
                return None
            target = copies.folder_of(book.path) / f"{book.path.stem}-recent.db"
        try:
            recent_changes.begin(con, book.path)  # before the copy, so that none is left out
            copies.write_copy(con, target)
            recent_changes.go_on_from(con, book.path, target)
        except sqlite3.OperationalError:
            return None  # another program writes at length; the next minute will do
        going = copies.outdated(copies.folder_of(book.path), book.path.stem)
        _tidy(con, book.now(), target, going)
    for file in going:
        try:
            file.unlink()
        except FileNotFoundError:
            continue  # a second opslog tidied up at the same moment
        except PermissionError:
            break  # another program holds it open (Windows): it goes tomorrow
    return target


def _changes_break_off(con: sqlite3.Connection, path: Path, daily: Path) -> bool:
    """Whether neither copy of today leads to what the file says now, with the changes noted since
    (after an import, say, which is no note but a copy anew)."""
    now = same_file.identity(con)
    recent = daily.with_name(f"{path.stem}-recent.db")
    found = [recent_changes.since(path, copy) for copy in (recent, daily) if copy.exists()]
    return now is not None and not any(
        one.tokens[-1] == now.newest and not one.missing for one in found
    )


def noted(book: Book) -> object:
    """Another thing after each change that was noted beside the file."""
    return recent_changes.state(book.path)


def is_due(book: Book) -> bool:
    """Whether something was done that a copy alone has room for: a list taken in, an erasure."""
    return recent_changes.breaks_off(book.path)


def _tidy(con: sqlite3.Connection, now: datetime, made: Path, going: list[Path]) -> None:
    """Forget what was undone long ago, and copies that go; remember the one just made."""
    try:
        with wal.alone(con):
            copied.put(con, [copied.row_of(con, made, instant_text(now), "backup")])
            copied.forget(con, going)
        journal.prune(con, instant_text(now - KEPT_UNDONE))
    except sqlite3.OperationalError:
        return  # another program writes at length; tomorrow will do


def restore(path: Path, source: Path, *, clock: Clock | None = None) -> Restored:
    """Make the database at ``path`` what the backup ``source`` says, or the plain copy in a folder
    of that name; the present one is kept.

    ``source`` is copied, verified and brought up to date aside; only then does it take the
    place of the present file, in one transaction. ``source`` itself is never written to.
    Raises Refused, with nothing changed, where ``source`` can't be read, is no opslog database,
    is damaged, or comes from a newer version.
    """
    clock = clock or system_clock()
    path, source = Path(os.path.abspath(path)), Path(os.path.abspath(source))
    staging.look_at(path, source)
    rescue.look_at_the_log(path, clock.local(), first=True)
    path, named = same_file.real(path), path  # a link is followed, never replaced
    with _folder_next_to(path) as folder, _said_of(named):
        staged = folder / path.name
        staging.stage(source, staged, named, clock)
        with _held(named), _kept(named, clock) as (kept, damaged):
            # What others write is in what is kept, or comes after.
            token_of = staged if source.is_dir() else source
            changes, lacks, aside = _take_changes(named, staged, token_of, kept, clock)
            erased = carrying.carry(named, staged, source, kept, instant_text(clock.now()))
            if damaged:
                kept = copies.replace_damaged(staged, named, "before-restore", clock.local())
            else:
                copies.put_back(staged, path, source, kept)
            recent_changes.forget(named)  # they led to what was there
    return Restored(named, source, kept, damaged, erased, changes, lacks, aside)


@contextmanager
def _said_of(path: Path) -> Iterator[None]:
    """A disk that takes no more is said of the file the operator knows, not of what is staged."""
    try:
        yield
    except (sqlite3.Error, Unwritable) as error:
        cause = error.__cause__ if isinstance(error, Unwritable) else error
        if not isinstance(cause, sqlite3.Error):
            raise
        raise connection.unreadable(path, cause) from cause


def _take_changes(
    path: Path, staged: Path, source: Path, kept: Path | None, clock: Clock
) -> tuple[int, Msg | None, Path | None]:
    """Where the file before is lost, do in ``staged`` what was noted beside it since ``source``;
    how many changes that was, what is missing, and where the notes are kept if that is so.

    Where it could be ``kept``, it has them, and the backup comes back as it was.
    """
    last = recent_changes.last(path)
    found = recent_changes.since(path, source if kept is None else kept)
    lines = found.lines if kept is None else []
    try:
        if lines:
            with closing(connection.connect(staged)) as con:
                recent_changes.do_again(con, lines)
                connection.put_into_one_file(con)
    except recent_changes.DO_NOT_FIT:
        found = found._replace(lines=[], missing=[], tokens=[""])
    done = recent_changes.changes_in(lines) if found.lines else 0
    if not last or (last in found.tokens and (kept is not None or not found.missing)):
        return done, None, None
    at = clock.local()
    aside = copies.copy_aside(recent_changes.file_of(path), path, at)
    return done, rescue.missing(found.missing, at), aside


@contextmanager
def _held(path: Path) -> Iterator[None]:
    if not path.exists():
        yield
        return
    try:
        with wal.held(path, connection.BUSY_MS / 1000):
            yield
    except sqlite3.OperationalError as error:
        raise connection.unreadable(path, error) from error


@contextmanager
def _folder_next_to(path: Path) -> Iterator[Path]:
    """For staging: on the disk of the present file, so that one can take the other's place."""
    try:
        with temporary.folder(path.parent if path.parent.is_dir() else None) as folder:
            yield folder
    except OSError as error:
        raise Refused(
            msg(
                N_("{path} can't be written ({reason}); check the permissions or use --db"),
                path=path,
                reason=foreign.reason(error),
            )
        ) from error


@contextmanager
def _kept(path: Path, clock: Clock) -> Iterator[tuple[Path | None, bool]]:
    """A copy of the present file, or the word that it is too damaged to be copied. What fails with
    it leaves the file as it was, and no copy.

    Raises Refused where it belongs to another program, is newer, or is in use.
    """
    copy, damaged = _copy_of_present(path, clock)
    try:
        yield copy, damaged
    except BaseException:
        if copy is not None:
            copy.unlink(missing_ok=True)
        raise


def _copy_of_present(path: Path, clock: Clock) -> tuple[Path | None, bool]:
    if not path.exists() or path.stat().st_size == 0:
        return None, False
    try:
        # Read-only: SQLite would delete the log beside a file it takes for an empty one.
        with closing(copies.open_read_only(path)) as con:
            migrations.version(con, path)
            if copies.integrity(con):
                return None, True
            return copies.snapshot(con, path, "before-restore", clock.local()), False
    except sqlite3.OperationalError as error:
        raise connection.unreadable(path, error) from error
    except sqlite3.DatabaseError:
        return None, True  # "file is not a database", "malformed"


def cloud_risk(book: Book) -> Msg | None:
    """What to say where the database lies in a folder that a cloud keeps in step."""
    service = synced_by(book.path)
    if not service:
        return None
    return msg(
        N_(
            "The database lies in a folder that {service} keeps in step, which can spoil it; "
            "move it: opslog where names the path"
        ),
        service=service,
    )


@dataclass(frozen=True)
class Sqlite:
    """SQLite as it came with this Python; ``touched``: it has the fault that ``wal`` keeps out."""

    version: str
    touched: bool

    @property
    def text(self) -> Msg:
        if not self.touched:
            return msg(N_("SQLite {version}"), version=self.version)
        return msg(
            N_(
                "SQLite {version} can lose what two programs write at once (mended in 3.51.3): "
                "opslog lets one at a time; open the file with no other program meanwhile"
            ),
            version=self.version,
        )


def sqlite() -> Sqlite:
    """Which SQLite this Python has, and whether the fault of its write log is in it."""
    return Sqlite(sqlite3.sqlite_version, wal.touched())


def where(path: Path) -> list[tuple[str, Msg, Path]]:
    """Where everything of the database at ``path`` lies: a code, what it is, the path."""
    home = path.parent
    return [
        ("database", msg(N_("database")), path),
        ("lock", msg(N_("the lock of whoever writes")), wal.lock_of(path)),
        ("backups", msg(N_("backups")), copies.folder_of(path)),
        *((kind.code, msg(kind.what), home / kind.place) for kind in own_kinds.SINGLE),
        ("playbooks", msg(N_("your event plans")), home / own_kinds.PLANS),
        ("routines", msg(N_("your own plans")), home / own_kinds.OWN_PLANS),
        ("programmes", msg(N_("your programmes of messages")), home / own_kinds.PROGRAMMES),
        ("layouts", msg(N_("your layouts of lists")), home / own_kinds.LAYOUTS),
    ]
