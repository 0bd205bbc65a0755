"""One writes at a time, and the log of writes is emptied by whoever has just written."""

from __future__ import annotations

import os
import random
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from opslog.disk import locks
from opslog.domain.base.refusal import Refused
from opslog.services.book import backup, check
from opslog.services.book.book import Book, open_book
from opslog.services.daybook import lines as log_lines
from opslog.services.people import card as person_card
from opslog.services.people import erasing
from opslog.store.db import backup as copies
from opslog.store.db import connection, wal
from tests.conftest import StandingClock
from tests.crash.stories import Day, step


@contextmanager
def taken(path: Path) -> Iterator[None]:
    """Another program writes meanwhile, and has only said so by the lock."""
    descriptor = os.open(wal.lock_of(path), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        assert locks.take(descriptor)
        yield
    finally:
        os.close(descriptor)


def is_free(path: Path) -> bool:
    descriptor = os.open(wal.lock_of(path), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        return locks.take(descriptor)
    finally:
        os.close(descriptor)


@pytest.mark.parametrize(
    ("version", "faulty"),
    [
        *(((3, 6, 23), False), ((3, 7, 0), True), ((3, 40, 1), True), ((3, 44, 5), True)),
        *(((3, 44, 6), False), ((3, 45, 0), True), ((3, 50, 6), True), ((3, 50, 7), False)),
        *(((3, 51, 0), True), ((3, 51, 2), True), ((3, 51, 3), False), ((4, 0, 0), False)),
    ],
)
def test_which_versions_have_the_fault(version: tuple[int, int, int], faulty: bool) -> None:
    assert wal.touched(version) is faulty


def test_a_verb_is_refused_while_another_writes_and_goes_on_after_it(book: Book) -> None:
    book.wait_at_most(0)
    with taken(book.path), pytest.raises(Refused, match="being written by another program"):
        log_lines.add(book, "写稿")
    assert log_lines.add(book, "写稿")
    assert is_free(book.path)


def test_a_verb_waits_for_another_to_end(book: Book) -> None:
    begun, over = threading.Event(), threading.Event()

    def other() -> None:
        with taken(book.path):
            begun.set()
            over.wait(10)

    thread = threading.Thread(target=other)
    thread.start()
    assert begun.wait(10)
    threading.Timer(0.05, over.set).start()
    assert log_lines.add(book, "写稿")
    thread.join()


def test_a_setting_waits_for_another_that_writes(book: Book) -> None:
    with taken(book.path):
        book.set_setting("language", "zh")
        assert book.setting("language") == "zh"
        assert not book.write_settings()
    assert book.write_settings()


def test_through_a_link_it_is_the_same_lock(book: Book, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(book.path)
    with closing(open_book(link)) as other:
        other.wait_at_most(0)
        with taken(book.path), pytest.raises(Refused, match="another program"):
            log_lines.add(other, "写稿")


def test_where_no_lock_can_be_made_the_reason_is_said(book: Book) -> None:
    wal.lock_of(book.path).unlink(missing_ok=True)
    wal.lock_of(book.path).mkdir()
    with pytest.raises(Refused, match=r"can't be opened \(Is a dir"):
        log_lines.add(book, "写稿")


def test_a_restore_lets_nobody_write_between_the_look_and_the_end(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = backup.backup(book)
    keep, free = copies.snapshot, []

    def watched(*all: Any) -> Path:
        free.append(is_free(book.path))
        return keep(*all)

    monkeypatch.setattr(copies, "snapshot", watched)
    backup.restore(book.path, source, clock=book.clock)
    assert free == [False]
    monkeypatch.setattr(connection, "BUSY_MS", 0)
    with taken(book.path), pytest.raises(Refused, match="being written by another program"):
        backup.restore(book.path, source, clock=book.clock)


WRITES = ("BEGIN IMM", "INSERT", "UPDATE", "DELETE", "VACUUM", "PRAGMA wal_checkpoint")


def test_nothing_is_ever_written_without_the_lock(
    tmp_path: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every verb by chance, and what is no verb: settings, the copy of the day, restore, erase."""
    path = tmp_path / "opslog.db"
    bare: list[str] = []
    connect = connection.connect

    def watched(opened: Path) -> sqlite3.Connection:
        con = connect(opened)

        def look(statement: str) -> None:
            of_a_copy = "VACUUM INTO" in statement or " copy." in statement
            writes = statement.startswith(WRITES) and not of_a_copy
            if writes and opened == path and is_free(path):
                bare.append(statement)

        con.set_trace_callback(look)
        return con

    monkeypatch.setattr(connection, "connect", watched)
    with closing(open_book(path, clock=clock)) as book:
        day = Day(book, clock, random.Random(1))
        for _ in range(60):
            step(day)
        book.set_setting("language", "zh")
        clock.move_to(clock.now() + timedelta(days=200))
        backup.daily(book)
        check.check(book)
        person = person_card.get(book, day.an("person", "merged_into IS NULL"))
        erasing.erase(book, person.id, erasing.word_for(person))
        source = backup.backup(book, tmp_path / "copy.db")
    backup.restore(path, source, clock=clock)
    assert bare == []


def log_size(path: Path) -> int:
    return path.with_name(path.name + "-wal").stat().st_size


def fill(book: Book, times: int) -> None:
    for number in range(times):
        log_lines.add(book, f"{number} " + "长" * 3_000)


def test_the_log_of_writes_stays_short_with_two_that_write(book: Book) -> None:
    longest = 0
    with closing(open_book(book.path, clock=book.clock)) as other:
        for _ in range(150):
            fill(book, 1)
            fill(other, 1)
            longest = max(longest, log_size(book.path))
    assert wal.LONGEST / 2 < longest < 1.2 * wal.LONGEST


def test_a_reader_keeps_the_log_long_only_while_it_reads(book: Book) -> None:
    with closing(connection.connect(book.path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM log").fetchone()
        fill(book, 300)
        assert log_size(book.path) > wal.LONGEST
        assert reader.execute("SELECT count(*) FROM log").fetchone()[0] == 0
        reader.execute("COMMIT")
    fill(book, 1)
    assert log_size(book.path) < wal.LONGEST
