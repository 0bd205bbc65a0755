"""Paths that pass: all that opslog makes for a moment, found again where it was killed over it.

Each is noted before it is made, in a file that its process keeps locked. A note that nobody has
locked was left by one that is gone, and so was what it names.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from secrets import token_hex

from opslog.disk import locks

MARK = ".opslog-"  # every name given here begins so
_BESIDE = ("", "-wal", "-shm", "-journal", "-lock")  # what SQLite and opslog put beside a database


@contextmanager
def file(folder: Path) -> Iterator[Path]:
    """An empty file that only the operator may read; gone at the end unless it was given a name.

    Raises OSError where it can't be made.
    """
    path = folder / f"{MARK}{token_hex(8)}.part"
    with _noted(path):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        yield path


@contextmanager
def folder(within: Path | None = None) -> Iterator[Path]:
    """A folder that only the operator may enter, gone at the end with all in it; by default where
    the system has such things. Raises OSError where it can't be made."""
    path = (within or Path(tempfile.gettempdir())) / f"{MARK}{token_hex(8)}"
    with _noted(path):
        path.mkdir(mode=0o700)
        yield path


def notes() -> Path:
    """The folder of the notes: one for all databases, as an export may lie anywhere."""
    from platformdirs import user_state_path

    return user_state_path("opslog", appauthor=False) / "in-hand"


def sweep() -> list[Path]:
    """Remove what processes that are gone have left; what of it could not be removed.

    What lay on a disk that is not there just now waits for it.
    """
    left = []
    with suppress(OSError):
        for note in sorted(notes().iterdir()):
            with suppress(OSError), FileIO(note, "r+") as held:
                if not locks.take(held.fileno()):
                    continue  # at work
                path = Path(os.fsdecode(held.read()))
                if path.name.startswith(MARK):
                    within = path.parent.name.startswith(MARK)  # gone with that, if it is gone
                    if not within and not path.parent.is_dir():
                        continue
                    remove(path)
                    if os.path.lexists(path):
                        left.append(path)
                        continue
                note.unlink()
    return left


def remove(path: Path) -> None:
    """As far as that can be done: Windows lets nothing go that is open."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    for ending in _BESIDE:
        with suppress(OSError):
            os.unlink(f"{path}{ending}")


@contextmanager
def _noted(path: Path) -> Iterator[None]:
    sweep()
    with suppress(OSError):  # where notes can't be kept the work is done without
        notes().mkdir(parents=True, mode=0o700, exist_ok=True)
    note = notes() / token_hex(8)
    held = _held(note, path)
    try:
        yield
    finally:
        remove(path)
        gone = not os.path.lexists(path)
        if held is not None:
            held.close()
        if gone:
            with suppress(OSError):
                note.unlink()


def _held(note: Path, path: Path) -> FileIO | None:
    """The note, written and locked; None where it can't be."""
    with suppress(OSError):
        while True:
            held = FileIO(os.open(note, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "r+")
            if locks.take(held.fileno()) and note.exists():
                held.write(os.fsencode(path))
                return held
            held.close()  # a sweep came between, and took it for one that was left
    return None
