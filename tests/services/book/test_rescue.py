"""What was in a file that was written over comes back from a copy and the changes noted since."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from opslog.locale import msg
from opslog.services.book import backup, history, rescue
from opslog.services.book.book import Book, open_book
from opslog.services.daybook import lines as log_lines
from opslog.services.imports import imports
from opslog.store.db import backup as copies
from opslog.store.db import recent_changes
from tests.conftest import StandingClock, domain_rows
from tests.crash.stories import Day, step
from tests.services.rosters.test_rosters import make_event


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
    kept = rescue.rebuilt(book.path, clock.local(), book.file.newest)
    assert kept is not None
    assert kept.missing is None
    with closing(sqlite3.connect(kept.path)) as con:
        con.row_factory = sqlite3.Row
        assert done(con) == done(book.con)


def done(con: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """All that was done; pairs that nobody has decided are worked out again."""
    rows = domain_rows(con)
    rows["pair"] = [tuple(row) for row in con.execute("SELECT * FROM pair WHERE verdict<>'open'")]
    return rows


def rebuilt(book: Book, clock: StandingClock) -> tuple[list[str], str]:
    """The lines of the log that would come back, and what is said to be missing."""
    kept = rescue.rebuilt(book.path, clock.local(), book.file.newest)
    assert kept is not None
    with closing(sqlite3.connect(kept.path)) as con:
        return [row[0] for row in con.execute("SELECT text FROM log ORDER BY id")], str(
            kept.missing or ""
        )


def test_what_can_not_be_followed_is_not_made_up(book: Book, clock: StandingClock) -> None:
    backup.daily(book)
    log_lines.add(book, "first")
    log_lines.add(book, "second")
    notes = recent_changes.file_of(book.path)
    first, second = notes.read_text(encoding="utf-8").splitlines()[-2:]
    assert rebuilt(book, clock) == (["first", "second"], "")
    after = "What came after that copy may be missing."
    notes.write_text(second + "\n", encoding="utf-8")  # the one before is missing
    (newest,) = book.home.glob("backups/*-kept-*.db")
    newest.unlink()
    assert rebuilt(book, clock) == ([], after)
    for cut in (second[:40], second[: second.index("rows")] + '"rows": 1}', "17", '{"token": 3}'):
        notes.write_text(f"{first}\n{cut}\n", encoding="utf-8")
        assert rebuilt(book, clock) == (["first"], after)
        for copy in book.home.glob("backups/*-kept-*.db"):
            copy.unlink()


def at_an_event_that_is_not_there(book: Book) -> None:
    """Refused at the commit only, when it has been noted."""
    with book.change(msg("no such event")):
        book.con.execute("PRAGMA defer_foreign_keys=ON")
        book.con.execute("UPDATE log SET event_id=999")


def test_a_commit_that_failed_is_no_part_of_it(book: Book, clock: StandingClock) -> None:
    backup.daily(book)
    log_lines.add(book, "first")
    with pytest.raises(sqlite3.IntegrityError):
        at_an_event_that_is_not_there(book)
    noted = recent_changes.file_of(book.path).read_text(encoding="utf-8")
    assert "no such event" in noted
    log_lines.add(book, "kept")
    assert rebuilt(book, clock) == (["first", "kept"], "")


def take_in_a_list(book: Book, tmp_path: Path, event: int) -> None:
    people = tmp_path / "people.csv"
    people.write_text("姓名,手机号\n王志刚,13800138000\n", encoding="utf-8")
    imports.load(book, people, event)


def test_what_is_done_while_a_copy_is_made_stays_noted(
    book: Book, clock: StandingClock, tmp_path: Path
) -> None:
    event = make_event(book, "salon")
    recent_changes.begin(book.con, book.path)
    copy = copies.snapshot(book.con, book.path, "recent", clock.local())
    log_lines.add(book, "meanwhile")
    take_in_a_list(book, tmp_path, event)
    recent_changes.go_on_from(book.con, book.path, copy)
    lines, missing = rebuilt(book, clock)
    assert lines == ["meanwhile"]
    assert "Imported" in missing
    recent_changes.forget(book.path)  # an erasure, meanwhile
    recent_changes.go_on_from(book.con, book.path, copy)
    assert not recent_changes.file_of(book.path).exists()


def test_a_list_that_no_copy_has_yet_is_named(
    book: Book, clock: StandingClock, tmp_path: Path
) -> None:
    event = make_event(book, "salon")
    backup.daily(book)
    log_lines.add(book, "before")
    take_in_a_list(book, tmp_path, event)
    assert backup.is_due(book)
    assert rebuilt(book, clock)[0][:1] == ["before"]
    assert rebuilt(book, clock)[1].startswith("Missing: “Imported")
    log_lines.add(book, "after")
    log_lines.add(book, "and more")
    lines, missing = rebuilt(book, clock)
    assert "after" not in lines
    assert missing.endswith("and 2 changes after it.")
    assert f"({clock.local():%H:%M})" in missing
    backup.daily(book)
    assert not backup.is_due(book)
    log_lines.add(book, "last")
    lines, missing = rebuilt(book, clock)
    assert (lines[0], lines[-3:], missing) == ("before", ["after", "and more", "last"], "")


def lose(path: Path, how: str) -> None:
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(b"" if how == "emptied" else b"\xff" * path.stat().st_size)


@pytest.mark.parametrize("how", ["gone", "emptied", "damaged"])
def test_a_restore_over_a_file_that_is_lost_brings_what_came_since(
    book: Book, clock: StandingClock, how: str
) -> None:
    daily = backup.daily(book)
    assert daily is not None
    log_lines.add(book, "first")
    log_lines.add(book, "second")
    history.undo(book)
    book.close()
    lose(book.path, how)
    done = backup.restore(book.path, daily, clock=clock)
    assert (done.changes, done.missing, done.aside) == (3, None, None)
    assert not recent_changes.file_of(book.path).exists()
    again = open_book(book.path, clock=clock)
    assert [line["text"] for line in again.con.execute("SELECT text FROM log")] == ["first"]
    history.redo(again)
    again.close()


def test_what_fits_no_backup_is_kept_aside_and_said(
    book: Book, clock: StandingClock, tmp_path: Path
) -> None:
    old = backup.backup(book, tmp_path / "old.db")
    log_lines.add(book, "in the copy of the day")
    backup.daily(book)
    log_lines.add(book, "since")
    notes = recent_changes.file_of(book.path).read_bytes()
    book.close()
    lose(book.path, "emptied")
    done = backup.restore(book.path, old, clock=clock)
    assert (done.changes, str(done.missing)) == (0, "What came after that copy may be missing.")
    assert done.aside is not None
    assert done.aside.read_bytes() == notes
    assert done.aside.parent == book.home / "backups"
    assert not recent_changes.file_of(book.path).exists()


def test_a_list_that_no_copy_had_is_named_by_a_restore(
    book: Book, clock: StandingClock, tmp_path: Path
) -> None:
    event = make_event(book, "salon")
    daily = backup.daily(book)
    assert daily is not None
    log_lines.add(book, "before")
    take_in_a_list(book, tmp_path, event)
    book.close()
    lose(book.path, "gone")
    done = backup.restore(book.path, daily, clock=clock)
    assert done.changes == 1
    assert "Imported" in str(done.missing)
    assert done.aside is not None


def test_an_older_state_copied_over_by_hand_adds_nothing_to_a_restore(
    book: Book, clock: StandingClock, tmp_path: Path
) -> None:
    daily = backup.daily(book)
    assert daily is not None
    log_lines.add(book, "first")
    book.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(book.path, tmp_path / "by-hand.db")
    log_lines.add(book, "second")
    book.close()
    shutil.copy(tmp_path / "by-hand.db", book.path)
    assert backup.restore(book.path, daily, clock=clock).changes == 0


def test_a_restore_over_a_file_that_reads_is_what_the_backup_says(
    book: Book, clock: StandingClock
) -> None:
    daily = backup.daily(book)
    assert daily is not None
    log_lines.add(book, "not wanted")
    book.close()
    done = backup.restore(book.path, daily, clock=clock)
    assert (done.changes, done.missing, done.aside) == (0, None, None)
    with closing(sqlite3.connect(book.path)) as con:
        assert con.execute("SELECT count(*) FROM log").fetchone()[0] == 0


def test_what_another_file_was_copied_over_is_kept_aside(book: Book, clock: StandingClock) -> None:
    daily = backup.daily(book)
    assert daily is not None
    log_lines.add(book, "copied over")
    book.close()
    shutil.copy(daily, book.path)
    done = backup.restore(book.path, daily, clock=clock)
    assert done.aside is not None
    assert "copied over" in done.aside.read_text(encoding="utf-8")


def test_a_copy_made_by_the_file_manager_is_gone_on_from(
    book: Book, clock: StandingClock, tmp_path: Path
) -> None:
    backup.daily(book)
    log_lines.add(book, "first")
    book.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = tmp_path / "by-hand.db"
    shutil.copy(book.path, copy)
    log_lines.add(book, "second")
    book.close()
    lose(book.path, "gone")
    assert backup.restore(book.path, copy, clock=clock).changes == 1


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
