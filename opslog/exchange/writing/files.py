"""The one place that writes files for the operator: whole or not at all.

A file is written beside its place under a temporary name, forced to the disk, and only then
given its name, so that a crash, a full disk or a cancel leaves what was there before. Only the
operator may read it (0600): it holds names and numbers.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from opslog.disk import durable, temporary
from opslog.domain.base import foreign
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, msg


def write_whole(path: Path, write: Callable[[BinaryIO], None], *, force: bool = False) -> Path:
    """Let ``write`` fill a file and put it at ``path``; returns the full path.

    Raises Refused where a file stands already and ``force`` is False, where the folder does
    not exist or may not be written, and where the disk refuses. Whatever ``write`` raises goes
    through; then nothing is left behind.
    """
    path = check_place(path, force=force)
    try:
        with temporary.file(path.parent) as part:
            with part.open("r+b") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            _give_name(part, path, force=force)
    except OSError as error:
        raise _unwritable(path, error) from error
    durable.sync_folder(path.parent)
    return path.absolute()


def check_place(path: Path, *, force: bool = False) -> Path:
    """Where a file called ``path`` would be written: ``~`` and links followed.

    Raises Refused where none can be, before any work is done.
    """
    bad = _forbidden(path.name)
    if bad:
        raise Refused(
            msg(N_("The name of a file can't hold {signs}: {file}"), signs=bad, file=path)
        )
    try:
        path = path.expanduser()
        if path.is_symlink():
            path = path.resolve()
        if not path.parent.is_dir():
            raise Refused(msg(N_("There is no folder {folder}"), folder=str(path.parent)))
        if path.is_dir():
            raise Refused(msg(N_("{file} is a folder; name a file in it"), file=str(path)))
        if path.exists() and not path.is_file():
            raise Refused(msg(N_("{file} is no ordinary file"), file=str(path)))
        if path.exists() and not force:
            raise _exists(path)
        if path.exists():
            _check_free(path)
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: ~ of nobody
        raise _unwritable(path, error) from error
    return path


def _check_free(path: Path) -> None:
    """Raises Refused for a file that nobody means to be replaced: read-only, or open in Excel or
    LibreOffice, which say so by a file beside it. Windows would refuse by itself, elsewhere what is
    open there would be saved over what was written here."""
    if not path.stat().st_mode & stat.S_IWUSR:
        raise Refused(msg(N_("{file} is read-only; choose another name"), file=str(path)))
    for lock in (f"~${path.name}", f".~lock.{path.name}#"):
        if path.with_name(lock).exists():
            text = N_(
                "{file} is open in Excel or LibreOffice: close it there, or choose another name"
                " (if it is open nowhere, delete {lock} beside it)"
            )
            raise Refused(msg(text, file=str(path), lock=lock))


def _give_name(part: Path, path: Path, *, force: bool) -> None:
    """The temporary file gets its name; without ``force`` never over one made meanwhile."""
    if force:
        part.replace(path)
        return
    try:
        os.link(part, path)  # unlike a rename, refuses to replace
    except FileExistsError:
        raise _exists(path) from None
    except OSError:  # a file system without hard links
        if path.exists():
            raise _exists(path) from None
        part.replace(path)


def _exists(path: Path) -> Refused:
    return Refused(
        msg(
            N_("{file} exists already; choose another name, or overwrite it with --force"),
            file=str(path),
        )
    )


def _forbidden(name: str, *, windows: bool = os.name == "nt") -> str:
    """The signs in a file's name that no file can be called by. Windows would take what follows
    a colon for a hidden part of another file."""
    return " ".join(
        repr(sign)[1:-1] if sign < " " else sign
        for sign in dict.fromkeys(name)
        if sign < " " or sign == "\x7f" or (windows and sign in '<>:"|?*')
    )


def _unwritable(path: Path, error: Exception) -> Refused:
    if isinstance(error, PermissionError):
        text = N_(
            "{file} may not be written: is it open in another program, or its folder read-only?"
        )
        return Refused(msg(text, file=str(path)))
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return Refused(msg(N_("{file} can't be written: the disk is full"), file=str(path)))
    reason = foreign.reason(error)
    return Refused(msg(N_("{file} can't be written: {reason}"), file=str(path), reason=reason))
