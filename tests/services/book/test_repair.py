"""What can be read of a damaged file is saved into a new one that passes every check."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from opslog.cli import run
from opslog.domain.base.refusal import Refused
from opslog.services.book import backup, check, repair
from opslog.services.book.book import Book, open_book
from opslog.services.daybook import lines
from opslog.store.damage.salvaging import Salvaged
from tests.services.book.test_check import spoil

PAGE = 4096


@pytest.fixture
def full(book: Book) -> Book:
    for number in range(400):
        lines.add(book, f"Line {number} that fills a page with what was done that day #t{number}")
    return book


def repaired(book: Book) -> tuple[Book, Salvaged]:
    book.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = book.path.read_bytes()
    target, done = repair.repair(book.path, clock=book.clock)
    assert book.path.read_bytes() == before
    again = open_book(target, clock=book.clock)
    assert [f.flaws for f in check.check(again) if f.flaws and f.grave] == []
    return again, done


def texts(book: Book) -> list[str]:
    return [row[0] for row in book.con.execute("SELECT text FROM log ORDER BY id")]


def break_leaf(book: Book) -> None:
    """One of the pages that hold the lines."""
    book.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found = book.con.execute("SELECT rootpage FROM sqlite_schema WHERE name='log'").fetchone()
    with book.path.open("r+b") as file:
        file.seek((found[0] - 1) * PAGE + 14)
        cell = int.from_bytes(file.read(2), "big")
        file.seek((found[0] - 1) * PAGE + cell)
        leaf = int.from_bytes(file.read(4), "big")
        file.seek((leaf - 1) * PAGE)
        file.write(b"\xaa" * PAGE)


def test_a_whole_file_is_saved_whole(full: Book) -> None:
    again, done = repaired(full)
    assert texts(again) == texts(full)
    assert (done.mended, done.missing, done.brought) == ([], [], {})
    again.close()


def test_rows_on_a_bad_page_are_named_and_all_others_saved(full: Book) -> None:
    whole = texts(full)
    break_leaf(full)
    again, done = repaired(full)
    saved = texts(again)
    assert 300 < len(saved) < 400
    assert set(saved) < set(whole)
    assert any(line.startswith("log ") and "–" in line for line in done.missing)
    lines.add(again, "Goes on")
    assert again.con.execute("SELECT max(id) FROM log").fetchone()[0] > 400
    again.close()


def test_what_the_backup_has_of_it_is_brought(full: Book) -> None:
    backup.backup(full)
    lines.add(full, "Newer than the backup")
    whole = texts(full)
    break_leaf(full)
    again, done = repaired(full)
    assert texts(again) == whole
    assert done.brought["log"] > 1
    again.close()


def test_a_table_that_is_gone_comes_from_the_backup(full: Book) -> None:
    backup.backup(full)
    spoil(full, "DROP TABLE log_tag")
    again, done = repaired(full)
    assert "log_tag: the table" in done.missing
    assert again.con.execute("SELECT count(*) FROM log_tag").fetchone()[0] == 400
    again.close()


def test_what_hangs_on_a_row_that_is_gone_goes_too_and_is_named(full: Book) -> None:
    spoil(full, "DELETE FROM log WHERE id=7")
    again, done = repaired(full)
    assert any(line.startswith("log_tag 7: ") and "t6" in line for line in done.missing)
    again.close()


def test_values_that_are_none_are_named_with_what_stands_there_now(full: Book) -> None:
    trigger = "UPDATE sqlite_schema SET sql={} WHERE name='journal_log_insert'"
    (sql,) = full.con.execute(
        "SELECT quote(sql) FROM sqlite_schema WHERE name='journal_log_insert'"
    ).fetchone()
    spoil(
        full,
        "UPDATE log SET at='2026-13-45T09:00:00Z' WHERE id=1",
        "UPDATE log SET text=CAST(x'53656e74ff' AS TEXT) WHERE id=2",
        "UPDATE log SET minutes='soon' WHERE id=3",
        trigger.format("'CREATE GARBAGE'"),
    )
    again, done = repaired(full)
    assert texts(again)[1] == r"Sent\xff"
    assert [line.split(" → ")[0] for line in done.mended] == [
        "log 1: at: no instant: “2026-13-45T09:00:00Z”",
        r"log 2: text: not UTF-8: “Sent\xff”",
        "log 3: minutes: no whole number: “soon”",
    ]
    again.close()
    spoil(full, trigger.format(sql))


def test_never_over_a_file_and_nothing_is_left_of_what_failed(tmp_path: Path) -> None:
    no = tmp_path / "no.db"
    no.write_bytes(b"no database" * 500)
    there = tmp_path / "there.db"
    there.write_text("here")
    with pytest.raises(Refused, match="never writes over"):
        repair.repair(no, there)
    with pytest.raises(Refused, match="Nothing can be read"):
        repair.repair(no)
    assert sorted(tmp_path.iterdir()) == [no, there]


def test_as_it_is_typed(full: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_leaf(full)
    full.close()
    assert run(["--db", str(full.path), "check"]) == 1
    assert "opslog check --repair" in capsys.readouterr().err
    out = tmp_path / "saved.db"
    assert run(["--db", str(full.path), "check", "--repair", str(out)]) == 0
    said = capsys.readouterr().out
    assert f"rows saved: {out}" in said
    assert "Missing in the damaged file:" in said
    assert run(["--db", str(out), "check"]) == 0


def test_a_table_that_is_gone_is_said_by_whatever_reads_it(book: Book) -> None:
    with pytest.raises(sqlite3.OperationalError) as mistake:
        book.con.execute("SELECT * FROM nowhere")
    assert book.explain(mistake.value) is None  # the file is whole: the statement was wrong
    book.con.execute("DROP VIEW person_shown")
    with pytest.raises(sqlite3.OperationalError) as gone:
        book.con.execute("SELECT * FROM person_shown")
    assert "no such table: person_shown" in str(book.explain(gone.value))
