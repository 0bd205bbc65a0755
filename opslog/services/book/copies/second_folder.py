"""A second folder for backups, on another disk: what the first one loses is still there.

Each backup that opslog makes by itself goes there as well. A disk that is not there just now is
said, and never in the way of the work.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from opslog.disk import checksum, durable, temporary
from opslog.domain.base import foreign
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book
from opslog.store.db import backup as copies
from opslog.store.db import connection, same_file, settings

SETTING = "backup_folder"
_COARSE = 2.0  # seconds that the clock of a memory stick may be off


def folder_of(book: Book) -> Path | None:
    chosen = book.setting(SETTING)
    return Path(chosen) if chosen else None


def known(con: sqlite3.Connection) -> str:
    """The folder as a file has it, '' for none."""
    return settings.get(con, SETTING) or ""


def take_over(con: sqlite3.Connection, folder: str) -> None:
    """A backup brought back goes on with the folder of the file that it replaces."""
    settings.delete(con, SETTING)
    if folder:
        settings.put(con, SETTING, folder)


def choose(book: Book, folder: Path | None) -> Path | None:
    """From now on backups go into ``folder`` as well; the first of them, just written there. None
    ends it. Raises Refused where none can be written."""
    if folder is None:
        book.set_setting(SETTING, "")
        return None
    folder = Path(os.path.abspath(folder.expanduser()))
    if not folder.is_dir():
        text = N_("There is no folder {folder}; make it, or name another")
        raise Refused(msg(text, folder=folder))
    if same_file.real(folder) == same_file.real(copies.folder_of(book.path)):
        text = N_("{folder} has the backups already; choose one on another disk")
        raise Refused(msg(text, folder=folder))
    made = copies.snapshot(book.con, book.path, "backup", book.clock.local())
    book.remember_copy(made, "backup")
    written = _put(book, made, folder)
    book.set_setting(SETTING, str(folder))
    return written


def follow(book: Book, made: Path | None = None) -> Msg | None:
    """Put the backups of today, or the one just ``made``, into the second folder where they are
    not there yet. What to say where that can't be done."""
    folder = folder_of(book)
    if folder is None:
        return None
    daily = copies.daily_path(book.path, book.today())
    recent = daily.with_name(f"{book.path.stem}-recent.db")
    try:
        for one in (daily, recent) if made is None else (made,):
            if one.exists() and _is_behind(_name(book, one, folder), one):
                _put(book, one, folder)
    except Refused as refusal:
        return refusal.message
    except OSError as error:
        return _not_written(folder, error).message
    return None


def follow_in_thread(book: Book) -> Msg | None:
    """The same beside the screens: on a connection of its own."""
    with closing(connection.connect(book.path)) as con:
        return follow(Book(con, book.path, book.clock, book.session))


def backups(book: Book) -> list[Path]:
    """The copies of this book in its second folder; none where that is not there."""
    folder = folder_of(book)
    return [] if folder is None else sorted(folder.glob(f"{_stem(book)}-*.db"))


def is_away(book: Book) -> bool:
    """Whether there is a second folder, and its disk is not there."""
    folder = folder_of(book)
    return folder is not None and not folder.is_dir()


def _put(book: Book, made: Path, folder: Path) -> Path:
    """A backup once more, read back to the last byte; those of days long past go."""
    if not folder.is_dir():
        text = N_(
            "The second folder for backups is not there ({folder}): is its disk plugged in? "
            "Backups are made in {first} alone meanwhile"
        )
        raise Refused(msg(text, folder=folder, first=made.parent))
    target = _name(book, made, folder)
    try:
        with temporary.file(folder) as part:
            shutil.copyfile(made, part)
            durable.sync_file(part)
            if checksum.sha256(part) != checksum.sha256(made):
                text = N_("{file} does not read back whole in {folder}; is the disk all right?")
                raise Refused(msg(text, file=made.name, folder=folder))
            os.replace(part, target)
            durable.sync_folder(folder)
        for old in copies.outdated(folder, _stem(book)):
            old.unlink(missing_ok=True)
    except OSError as error:
        raise _not_written(folder, error) from error
    book.remember_copy(target, "backup")
    return target


def _stem(book: Book) -> str:
    """Books of one name, from two machines, keep apart on one disk."""
    identity = same_file.identity(book.con)
    return f"{book.path.stem}-{identity.id[:6]}" if identity else book.path.stem


def _name(book: Book, made: Path, folder: Path) -> Path:
    return folder / (_stem(book) + made.name.removeprefix(book.path.stem))


def _is_behind(target: Path, made: Path) -> bool:
    return not target.exists() or target.stat().st_mtime + _COARSE < made.stat().st_mtime


def _not_written(folder: Path, error: OSError) -> Refused:
    text = N_("No backup could be written into {folder} ({reason})")
    return Refused(msg(text, folder=folder, reason=foreign.reason(error)))
