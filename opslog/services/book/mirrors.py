"""What lies beside the database of the operator's own files: read, written, and known again.

A mirror is a copy for the operator's editor; the text itself stands in the book (``own_files``).
"""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import BinaryIO, NamedTuple

from opslog.domain.base import foreign
from opslog.domain.base.own_files.toml_lines import at_line
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book

LONGEST = 1 << 20  # bytes; the longest that ships has a fiftieth of it


class Mirror(NamedTuple):
    """What lies beside the database: when and how long; the text, or why there is none."""

    stamp: tuple[int, int]
    text: str | None
    fault: Msg | None = None


def stamp_of(path: str | Path) -> tuple[int, int] | None:
    """When the file was changed last and how long it is; None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def out_of_reach(path: Path) -> bool:
    """Whether there is no telling if a file is there: its folder can't be looked into, or a file
    stands in the place of that."""
    try:
        os.stat(path)
    except FileNotFoundError:
        return path.parent.exists() and not path.parent.is_dir()
    except OSError:
        return True
    return False


def folder_fault(folder: Path, error: OSError) -> Msg | None:
    """Why no file in a folder of own files can be had; None where there is no such folder."""
    if isinstance(error, FileNotFoundError):
        return None
    if isinstance(error, NotADirectoryError):
        text = N_("{file} is a file where a folder of your own files is looked for; rename it")
        return msg(text, file=folder)
    reason = foreign.reason(error)
    return msg(N_("{file} can't be read: {reason}"), file=folder, reason=reason)


def now(book: Book, name: str) -> Mirror | None:
    path = book.home / name
    stamp = stamp_of(path)
    return None if stamp is None else read(path, stamp)


def read(path: Path, stamp: tuple[int, int]) -> Mirror:
    """What the file says, as it lies there; a byte order mark is no part of it."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return Mirror(stamp, None, msg(N_("{file} is no ordinary file"), file=path))
        if stamp[1] > LONGEST:
            too_long = msg(N_("{file} is longer than {n} KiB"), file=path, n=LONGEST >> 10)
            return Mirror(stamp, None, too_long)
        data = path.read_bytes()
        return Mirror(stamp, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Mirror(
            stamp, None, at_line(str(path), line, msg(N_("not UTF-8; save the file as UTF-8")))
        )
    except OSError as error:
        reason = foreign.reason(error)
        return Mirror(
            stamp, None, msg(N_("{file} can't be read: {reason}"), file=path, reason=reason)
        )


def write(book: Book, name: str, text: str) -> None:
    """Put the book's text beside it; where that can't be done it waits for the next look."""
    path = book.home / name
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        _whole(path, text.encode())
    except (OSError, Refused):
        return
    remember(book, name, text)


def _whole(path: Path, data: bytes) -> None:
    from opslog.exchange.writing.files import write_whole

    def put(file: BinaryIO) -> None:
        file.write(data)

    write_whole(path, put, force=True)


# Which text each mirror was last known to have in step with the book: what tells an edit by hand
# from a change of the book. It lies beside the database, since a copy of the database alone, or a
# backup brought back, knows nothing of the mirrors here.


def _record(book: Book) -> Path:
    return book.path.with_name(f"{book.path.name}-mirrors")


def known(book: Book) -> dict[str, str]:
    """Name -> mark of the text."""
    try:
        found = json.loads(_record(book).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: mark for name, mark in found.items() if isinstance(mark, str)}


def remember(book: Book, name: str, text: str | None) -> None:
    marks = known(book)
    if marks.get(name) == (None if text is None else mark_of(text)):
        return
    marks.pop(name, None)
    if text is not None:
        marks[name] = mark_of(text)
    try:
        _whole(_record(book), json.dumps(marks, ensure_ascii=False, indent=0).encode())
    except (OSError, Refused):
        return  # a folder that can't be written: the next look compares once more


def mark_of(text: str) -> str:
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()


def make(path: Path, text: str) -> None:
    """A file for the operator to begin with, where there is none yet.

    Raises Refused where it can't be written.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    except OSError as error:
        raise Refused(
            msg(
                N_("{path} can't be written ({reason}); check the folder's permissions"),
                path=path,
                reason=foreign.reason(error),
            )
        ) from error
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
