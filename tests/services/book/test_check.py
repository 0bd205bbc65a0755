"""Damage is a line of the report: never a traceback, never unseen."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, time
from pathlib import Path

import pytest

from opslog.cli import run
from opslog.domain.events.events import EventDraft
from opslog.locale import Msg
from opslog.services.book import backup, check, history
from opslog.services.book.book import Book, open_book
from opslog.services.daybook import lines
from opslog.services.events import events
from opslog.services.imports import imports
from opslog.store.db import wal


def flaws(book: Book) -> dict[str, tuple[str, ...]]:
    return {one.code: one.flaws for one in check.check(book) if one.flaws and one.grave}


def spoil(book: Book, *statements: str) -> None:
    """As damage would: nothing that keeps the file true hears of it."""
    with closing(sqlite3.connect(book.path)) as con:
        con.execute("PRAGMA foreign_keys=OFF")
        con.execute("PRAGMA writable_schema=ON")
        for statement in statements:
            con.execute(statement)
        con.commit()


@pytest.fixture
def log(book: Book) -> Book:
    lines.add(book, "Called 王志刚 20m")
    lines.add(book, "Sent the list")
    return book


@pytest.mark.parametrize(
    ("damage", "code", "said"),
    [
        ("UPDATE log SET at='2026-13-45T09:00:00Z' WHERE id=1", "records", "log 1: at: no instant"),
        ("UPDATE log SET at='2026-02-31T09:00:00Z' WHERE id=1", "records", "log 1: at: no instant"),
        ("UPDATE log SET source=CAST(x'74ff' AS TEXT) WHERE id=2", "records", r"“t\xff”"),
        ("UPDATE log SET flagged=7 WHERE id=2", "records", "log 2: flagged: neither"),
        ("UPDATE change SET args='{\"a' WHERE id=1", "records", "change 1: args: not JSON"),
        ("DROP TABLE person_tag", "schema", "- table person_tag"),
        ("DROP VIEW person_shown", "schema", "- view person_shown"),
        ("UPDATE log SET event_id=99 WHERE id=1", "integrity", "log 1 → event"),
        (
            "UPDATE sqlite_schema SET sql=replace(sql, 'bulk', 'bUlk')"
            " WHERE name='journal_log_insert'",
            "schema",
            "≠ trigger journal_log_insert",
        ),
    ],
)
def test_what_is_wrong_is_a_line_of_the_report(
    log: Book, capsys: pytest.CaptureFixture[str], damage: str, code: str, said: str
) -> None:
    spoil(log, damage)
    assert said in " / ".join(flaws(log)[code])
    log.close()
    for words, end in ((["check"], 1), (["log"], 0), (["today"], 0), (["history"], 0)):
        if "DROP" in damage and words != ["check"]:
            continue
        assert run(["--db", str(log.path), *words]) == end
    assert "Traceback" not in capsys.readouterr().err


def test_a_schema_that_can_not_be_read_is_a_sentence(
    log: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    path = log.path
    log.close()
    spoil(
        log,
        "UPDATE sqlite_schema SET name=CAST(x'6cff' AS TEXT), sql='CREATE GARBAGE'"
        " WHERE name='journal_log_insert'",
    )
    for words in (["check"], ["today"]):
        assert run(["--db", str(path), *words]) == 1
    assert "damaged" in capsys.readouterr().err


def test_what_is_bad_in_a_line_is_shown_marked(
    log: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(
        log,
        "UPDATE log SET text=CAST(x'53656e74ff' AS TEXT) WHERE id=2",
        "UPDATE log SET at='2026-11-2xT01:00:00Z' WHERE id=1",
    )
    assert run(["--db", str(log.path), "log"]) == 0
    assert r"Sent\xff" in capsys.readouterr().out
    marked = log.con.execute("SELECT text FROM log WHERE id=2").fetchone()
    assert marked["text"] == r"Sent\xff"


def test_a_value_that_is_not_as_in_the_backup_is_found(log: Book) -> None:
    kept = backup.backup(log)
    spoil(log, "UPDATE log SET text='Sent the lists' WHERE id=2")
    (said,) = flaws(log)["backup"]
    assert said == "log 2: text: “Sent the list” → “Sent the lists”"
    spoil(log, "UPDATE log SET text='Sent the list' WHERE id=2", "DELETE FROM log WHERE id=1")
    assert "log 1: missing" in flaws(log)["backup"]
    assert kept.name in next(str(f.text) for f in check.check(log) if f.code == "backup")


def test_what_a_change_did_since_the_backup_is_no_damage(log: Book) -> None:
    backup.backup(log)
    lines.add(log, "Newer than the backup")
    history.undo(log)
    history.redo(log)
    lines.add(log, "And the last #late")
    history.undo(log)
    assert flaws(log) == {}
    (said,) = [str(f.text) for f in check.check(log) if f.code == "backup"]
    assert " rows are newer" in said
    assert " 0 rows" not in said


def test_a_list_taken_in_undone_and_done_again_is_no_damage(book: Book, tmp_path: Path) -> None:
    at = book.clock.at(date(2026, 12, 5), time(14))
    event = events.create(book, EventDraft("上海沙龙", "salon", at)).made
    file = tmp_path / "list.csv"
    file.write_text("姓名,手机\n王志刚,13800138000\n李娜,13800138001\n", encoding="utf-8")
    imports.load(book, file, event)
    backup.backup(book)
    history.undo(book)
    assert flaws(book) == {}
    history.redo(book)
    assert flaws(book) == {}
    spoil(book, "DELETE FROM change_row")
    assert flaws(book), "but rows that are gone from the journal are"


def test_a_backup_from_before_a_restore_is_not_compared_with(log: Book) -> None:
    first = backup.backup(log)
    lines.add(log, "Only in the file that was put aside")
    path = log.path
    log.close()
    backup.restore(path, first, clock=log.clock)
    again = open_book(path, clock=log.clock)
    lines.add(again, "Something else under the same number")
    assert flaws(again) == {}
    again.close()


def test_a_page_that_can_not_be_read_is_a_line(log: Book) -> None:
    for number in range(400):
        lines.add(log, f"Line {number} that fills a page with what was done on that day")
    log.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (root,) = log.con.execute("SELECT rootpage FROM sqlite_schema WHERE name='log'").fetchone()
    with log.path.open("r+b") as file:
        file.seek((root - 1) * 4096 + 8)  # where the root says its last leaf is
        file.write(b"\x7f\xff\xff\xff")
    found = flaws(log)
    assert any("log " in flaw and "can't be read" in flaw for flaw in found["records"])


def test_a_check_can_be_stopped(log: Book, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(_text: Msg) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check.check(log, stop)


def test_ctrl_c_is_answered_with_a_sentence(
    log: Book, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_args: object) -> list[check.Finding]:
        raise KeyboardInterrupt

    monkeypatch.setattr(check, "check", stopped)
    assert run(["--db", str(log.path), "check"]) == 130
    assert "the check was stopped; nothing was changed" in capsys.readouterr().err


@pytest.mark.parametrize(
    "damage",
    ["UPDATE change SET state='dgne' WHERE id=1", "UPDATE log SET minutes='soon' WHERE id=2"],
)
def test_what_can_not_be_shown_is_a_sentence(
    log: Book, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    spoil(log, damage)
    log.close()
    for words in (["log"], ["today"], ["history"]):
        run(["--db", str(log.path), *words])
    said = capsys.readouterr().err
    assert "A row of the file is damaged (" in said
    assert "opslog check names all" in said


def test_a_label_whose_words_are_damaged_is_shown_as_it_stands(
    log: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(log, """UPDATE change SET args=replace(args, '"text"', '"tExt"') WHERE id=1""")
    assert run(["--db", str(log.path), "history"]) == 0
    assert '"tExt"' in capsys.readouterr().out


def test_a_lock_that_cannot_be_had_is_no_damage_and_is_named(
    log: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = wal.lock_of(log.path)
    lock.unlink()
    lock.mkdir()
    said = f"{lock} can't be opened (Is a directory); check the folder's permissions or use --db"
    (search,) = [one for one in check.check(log) if one.code == "search"]
    assert (search.flaws, search.grave) == ((said,), False)
    log.close()
    assert run(["--db", str(log.path), "add", "Wrote"]) == 1
    assert said in capsys.readouterr().err


def test_a_file_that_another_program_writes_is_not_said_to_be_damaged(log: Book) -> None:
    with closing(open_book(log.path, session="other")) as other, wal.alone(other.con):
        log.con.execute("PRAGMA busy_timeout=0")
        (search,) = [one for one in check.check(log) if one.code == "search"]
    said = f"{log.path} is being written by another program; try again in a moment"
    assert (search.flaws, search.grave) == ((said,), False)
