"""The plain copy of 100,000 people: records, pages, and all read back."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from opslog.services.book import backup
from opslog.services.book.book import Book, open_book
from opslog.services.files.plain import copy
from tests.bench.crowd import crowd
from tests.bench.measuring import Figure, Settings, in_turn, median


def plain_copy(settings: Settings) -> list[Figure]:
    """Against the verified backup of the same book, which it stands beside; and against SQLite
    copying its pages, which reads no value, writes no text and looks at nothing again."""
    path = settings.folder / "copied.db"
    shutil.copy(crowd(settings, settings.people), path)
    book = open_book(path)
    mine, verified, raw = in_turn(
        settings.runs,
        lambda: _timed(book, _plain),
        lambda: _timed(book, lambda book, to: backup.backup(book, to)),
        lambda: _timed(book, _pages),
    )
    book.close()
    what = f"plain copy of {settings.people:,} people"
    return [
        Figure(
            "plain-copy", what, median(mine), median(verified), "opslog's backup, verified", 3,
            settings.runs,
        ),
        Figure(
            "plain-copy-raw", what, median(mine), median(raw), "SQLite's backup of the pages",
            runs=settings.runs,
        ),
    ]  # fmt: skip


def _timed(book: Book, write: Callable[[Book, Path], object]) -> float:
    target = book.home / "out"
    started = time.perf_counter()
    write(book, target)
    taken = time.perf_counter() - started
    shutil.rmtree(target) if target.is_dir() else target.unlink()
    return taken


def _plain(book: Book, target: Path) -> None:
    copy.write(book, target)


def _pages(book: Book, target: Path) -> None:
    with closing(sqlite3.connect(target)) as into:
        book.con.backup(into)
