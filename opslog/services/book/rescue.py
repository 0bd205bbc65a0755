"""A file that is gone, empty, damaged or replaced: what is still there of it, and the way back.

Each start asks here, and seldom has anything to bring back: what that takes is imported then.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from opslog.domain.base.clock import instant_of
from opslog.domain.base.labels import unpack
from opslog.domain.base.refusal import Lost, Refused
from opslog.locale import N_, Msg, msg, nmsg
from opslog.store.db import connection, recent_changes, same_file

_NO_FIT = (*recent_changes.DO_NOT_FIT, Refused)


def default_path() -> Path:
    """``OPSLOG_DB``, else ``opslog.db`` in the platform's data folder."""
    chosen = os.environ.get("OPSLOG_DB")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("opslog", appauthor=False) / "opslog.db"


def backups(path: Path) -> list[Path]:
    """The copies beside the database at ``path``, the newest first; none is looked into."""
    from opslog.store.db import backup as copies

    folder = copies.folder_of(path)
    if not folder.is_dir():
        return []
    found = [(file.stat().st_mtime_ns, file) for file in folder.glob(f"{path.stem}-*.db")]
    return [file for _at, file in sorted(found, reverse=True)]


def newest_good(path: Path) -> Path | None:
    """The newest copy that reads whole."""
    from opslog.store.db import backup as copies

    return next((file for file in backups(path) if copies.is_whole(file)), None)


def lost(path: Path, why: Msg) -> Lost | None:
    """The sentence for a file that can't be opened, with the copy to bring back and the command
    that does it; None where there is no good copy.
    """
    copy = newest_good(path)
    if copy is None:
        return None
    text = N_("{why} The newest good backup is {copy}; bring it back with: {command}")
    return Lost(msg(text, why=why, copy=copy, command=restoring(path, copy)), copy)


def restoring(path: Path, copy: Path) -> str:
    """The command that brings a copy back, as it may be pasted into a shell."""
    import shlex
    import subprocess

    named = [] if path == Path(os.path.abspath(default_path())) else ["--db", str(path)]
    words = ["opslog", *named, "restore", str(copy)]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


class Kept(NamedTuple):
    """A copy of what a window had. ``missing``: what may not be in it, None where all is."""

    path: Path
    missing: Msg | None = None


def keep(file: same_file.Watch, path: Path, at: datetime) -> Kept | None:
    """Whatever an open connection still has of a file that is gone from its place, as a copy in
    the backups, else in the home folder; None where nothing of it can be read.
    """
    from opslog.store.db import backup as copies

    if file.in_place:  # it is where it was, and what was in it written over
        return rebuilt(path, at, file.newest)
    home = Path.home() / path.name
    for place in [path, home] if file.folder_in_place else [home]:
        with suppress(Refused):
            return Kept(copies.snapshot(file.con, place, "kept", at))
    return None


def rebuilt(path: Path, at: datetime, newest: str) -> Kept | None:
    """The newest copy that changes were noted since, with these, as a file in the backups; the
    newest good copy where there is none. None where none were noted at all.

    ``newest``: the token of the last change that is known of.
    """
    if not recent_changes.file_of(path).exists():
        return None
    for copy in backups(path):
        found = recent_changes.since(path, copy)
        if newest not in found.tokens and not found.lines:
            continue
        kept = _with_changes(path, copy, found.lines, at)
        if kept is not None:
            whole = newest in found.tokens and not found.missing
            return Kept(kept, None if whole else missing(found.missing, at))
    copy_left = newest_good(path)
    return None if copy_left is None else Kept(copy_left, missing([], at))


def _with_changes(
    path: Path, copy: Path, lines: list[recent_changes.Line], at: datetime
) -> Path | None:
    import shutil

    from opslog.disk import temporary
    from opslog.store.db import backup as copies

    if not copies.is_whole(copy):
        return None
    if not lines:
        return copy
    with temporary.folder(copy.parent) as folder:
        staged = folder / path.name
        shutil.copyfile(copy, staged)
        with suppress(*_NO_FIT), closing(connection.connect(staged)) as con:
            recent_changes.do_again(con, lines)
            return copies.snapshot(con, path, "kept", at)
    return None


def missing(lines: list[recent_changes.Line], at: datetime) -> Msg:
    """What a copy lacks: the change that no line has the rows of, and what came after it."""
    gap = recent_changes.gap_in(lines)
    if gap is None:
        return msg(N_("What came after that copy may be missing."))
    when = instant_of(gap[0]).astimezone(at.tzinfo)
    day = "" if when.date() == at.date() else f"{when:%Y-%m-%d} "
    label = unpack(gap[1], gap[2])
    more = recent_changes.changes_in(lines[1:])
    if not more:
        return msg(N_("Missing: “{label}” ({time})."), label=label, time=f"{day}{when:%H:%M}")
    return nmsg(
        "Missing: “{label}” ({time}) and {n} change after it.",
        "Missing: “{label}” ({time}) and {n} changes after it.",
        more,
        label=label,
        time=f"{day}{when:%H:%M}",
    )


def look_for_the_file(path: Path, *, begin: bool) -> None:
    """A file that is gone or empty while backups lie beside it is never begun anew unasked; one
    that was never there only where something is to be entered (``begin``).
    """
    if path.is_file() and path.stat().st_size:
        return
    gone = msg(N_("{path} is empty (0 bytes)."), path=path)
    if not path.exists():
        gone = msg(N_("There is no file {path} any more."), path=path)
    found = lost(path, gone)
    if found is not None:
        raise found
    if not begin and not path.exists():
        text = N_("There is no file {path}; look at the path, or begin it with: opslog add TEXT")
        raise Refused(msg(text, path=path))


def look_at_the_log(path: Path, at: datetime, *, first: bool) -> None:
    """A log of writes that does not belong to the file is put aside, never written into it.

    ``first``: this process has the file not open yet. Raises Refused where another one has.
    """
    log = same_file.stray_log(path)
    if log is None:
        return
    if first and not same_file.in_use(path):
        from opslog.store.db import backup as copies

        with suppress(PermissionError):  # Windows: open in another process
            copies.put_aside(log, path, at)
            return
    text = N_(
        "{path} was replaced while opslog has it open in another window; "
        "look at that window, close it, and try again"
    )
    raise Refused(msg(text, path=path))


def explained(path: Path, refusal: Refused, error: sqlite3.Error | None = None) -> Refused:
    """The sentence for a file that can't be read, with the backup to bring back where there is
    one; ``refusal`` as it is where nothing is wrong with the file itself.
    """
    code = getattr(error or refusal.__cause__, "sqlite_errorcode", 0) & 0xFF
    if code not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return refusal
    return lost(path, msg(N_("{path} is damaged and can't be read."), path=path)) or refusal
