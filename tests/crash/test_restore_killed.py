"""A restore that is killed leaves the file as it was or as the backup has it, never between."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from opslog.locale import N_, msg
from opslog.services.book import backup
from opslog.services.book.book import open_book

ROWS = 5_000
RESTORE = (
    "import sys; from pathlib import Path; from opslog.services.book import backup;"
    "print('go', flush=True); backup.restore(Path(sys.argv[1]), Path(sys.argv[2]))"
)


def _fill(path: Path, text: str) -> None:
    book = open_book(path)
    with book.change(msg(N_("Logged: {text}"), text=text), bulk=True):
        book.con.executemany(
            "INSERT INTO log(at, text, search, created_at) VALUES (?, ?, ?, ?)",
            [("2026-11-23T01:00:00Z", text, text, "2026-11-23T01:00:00Z")] * ROWS,
        )
    book.close()


def _texts(path: Path) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(path)) as con:
        assert con.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return con.execute("SELECT text, count(*) FROM log GROUP BY text").fetchall()


def _start(path: Path, source: Path) -> subprocess.Popen[str]:
    running = subprocess.Popen(
        [sys.executable, "-c", RESTORE, str(path), str(source)], stdout=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "go\n"
    return running


def test_killed_at_any_moment(tmp_path: Path) -> None:
    old, new = tmp_path / "a" / "opslog.db", tmp_path / "b" / "opslog.db"
    _fill(old, "old")
    _fill(new, "new")
    book = open_book(new)
    source = backup.backup(book, tmp_path / "saved.db")
    book.close()
    begun = time.perf_counter()
    with _start(tmp_path / "trial" / "opslog.db", source) as whole:
        assert whole.wait() == 0
    needed = time.perf_counter() - begun
    for moment in (*range(1, 17), None):  # the last one is left to itself
        with _start(old, source) as running:
            try:
                running.wait(None if moment is None else needed * moment / 4)
            except subprocess.TimeoutExpired:
                running.kill()
        texts = _texts(old)
        assert texts in ([("old", ROWS)], [("new", ROWS)]), moment
        if texts[0][0] == "new":
            break
    else:
        pytest.fail("no restore came to its end")
