"""What was in a file that was written over comes back from a copy and the changes noted since."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from opslog.services.book import backup, history, rescue
from opslog.services.book.book import Book, open_book
from opslog.services.daybook import lines as log_lines
from opslog.store.db import recent_changes
from tests.conftest import StandingClock, domain_rows
from tests.crash.stories import Day, step


@pytest.mark.parametrize("seed", range(3))
def test_every_verb_and_its_undo_is_there_again(
    book: Book, clock: StandingClock, seed: int
) -> None:
    backup.daily(book)
    day = Day(book, clock, random.Random(seed))
    for _ in range(60):
        step(day)
        if backup.daily(book):  # after an import, as the window does
            continue
    log_lines.add(book, "the last line")
    history.undo(book)
    history.redo(book)
    kept = rescue.rebuilt(book.path, clock.local())
    assert kept is not None
    with closing(sqlite3.connect(kept)) as con:
        con.row_factory = sqlite3.Row
        assert domain_rows(con) == domain_rows(book.con)


def test_what_can_not_be_followed_is_not_made_up(book: Book, clock: StandingClock) -> None:
    backup.daily(book)
    log_lines.add(book, "first")
    log_lines.add(book, "second")
    lines = recent_changes.file_of(book.path)
    first, second = lines.read_text(encoding="utf-8").splitlines()[-2:]
    lines.write_text(second + "\n", encoding="utf-8")  # the one before is missing
    with closing(sqlite3.connect(rescue.rebuilt(book.path, clock.local()) or "")) as con:
        assert con.execute("SELECT count(*) FROM log").fetchone()[0] == 0
    lines.write_text(f"{first}\n{second[:40]}", encoding="utf-8")  # cut off in the middle
    with closing(sqlite3.connect(rescue.rebuilt(book.path, clock.local()) or "")) as con:
        assert [row[0] for row in con.execute("SELECT text FROM log")] == ["first"]


def test_the_notes_are_private_and_go_with_an_erasure_and_a_restore(
    book: Book, clock: StandingClock, tmp_path: Path
) -> None:
    backup.daily(book)
    lines = recent_changes.file_of(book.path)
    if os.name != "nt":
        assert lines.stat().st_mode & 0o777 == 0o600
    source = backup.backup(book, tmp_path / "copy.db")
    book.close()
    backup.restore(book.path, source, clock=clock)
    assert not lines.exists()
    again = open_book(book.path, clock=clock)
    log_lines.add(again, "not noted before there is a copy")
    assert not lines.exists()
    assert backup.daily(again) is not None
    assert lines.exists()
    again.close()
