"""A copy is whole, private and verified; what comes back is what was saved; nothing is lost."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, msg
from opslog.services.book import backup, check
from opslog.services.book.book import Book, open_book
from opslog.services.book.copies import staging
from opslog.services.daybook import auto_lines
from opslog.store.db import backup as copies
from opslog.store.db import connection
from opslog.store.schema import create, migrations
from tests.conftest import StandingClock

POSIX = os.name == "posix"


def _write(book: Book, text: str) -> None:
    with book.change(msg(N_("Logged: {text}"), text=text)):
        auto_lines.write(book, msg(text), source="event")


def _lines(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as con:
        return [row[0] for row in con.execute("SELECT text FROM log ORDER BY id")]


def test_a_backup_holds_everything_and_is_private(book: Book) -> None:
    _write(book, "回访王总")
    path = backup.backup(book)
    assert path == book.home / "backups" / "opslog-backup-2026-11-23-090000.db"
    assert _lines(path) == ["回访王总"]
    assert backup.backup(book).name == "opslog-backup-2026-11-23-090000-2.db"
    if POSIX:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert sorted(file.name for file in path.parent.iterdir()) == [
        "opslog-backup-2026-11-23-090000-2.db",
        "opslog-backup-2026-11-23-090000.db",
    ]


def test_a_backup_goes_where_it_is_told_and_never_over_a_file(book: Book, tmp_path: Path) -> None:
    assert backup.backup(book, tmp_path / "copy.db") == tmp_path / "copy.db"
    assert backup.backup(book, tmp_path).name == "opslog-backup-2026-11-23-090000.db"
    precious = tmp_path / "thesis.docx"
    precious.write_text("years of work")
    with pytest.raises(Refused, match=r"thesis\.docx exists"):
        backup.backup(book, precious)
    assert precious.read_text() == "years of work"
    with pytest.raises(Refused, match="no folder"):
        backup.backup(book, tmp_path / "nowhere" / "copy.db")


def test_a_copy_that_does_not_read_back_is_not_kept(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "integrity", lambda _con: ["row 3 missing from index log_at"])
    with pytest.raises(Refused, match="row 3 missing from index log_at"):
        backup.backup(book, tmp_path / "copy.db")
    assert [file.name for file in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize("closed", [False, True])
def test_restore_brings_back_and_keeps_what_was_there(
    book: Book, clock: StandingClock, closed: bool
) -> None:
    _write(book, "before")
    saved = backup.backup(book)
    _write(book, "after")
    seen = book.data_version()
    if closed:
        book.close()
    done = backup.restore(book.path, saved, clock=clock)
    assert _lines(book.path) == ["before"]
    assert done.kept is not None
    assert _lines(done.kept) == ["before", "after"]
    if not closed:  # a second opslog that had it open goes on with the state brought back
        assert book.data_version() != seen
        _write(book, "and on")
        assert _lines(book.path) == ["before", "and on"]
    backup.restore(book.path, done.kept, clock=clock)
    assert _lines(book.path) == ["before", "after"]


def test_what_is_restored_is_durable_and_passes_the_check(book: Book, clock: StandingClock) -> None:
    _write(book, "一行")
    saved = backup.backup(book)
    book.close()
    backup.restore(book.path, saved, clock=clock)
    again = open_book(book.path, clock=clock)
    try:
        assert [finding.code for finding in check.check(again) if finding.flaws] == []
        if POSIX:
            assert stat.S_IMODE(book.path.stat().st_mode) == 0o600
    finally:
        again.close()


def test_restore_where_there_was_no_database(book: Book, tmp_path: Path) -> None:
    _write(book, "一行")
    saved = backup.backup(book)
    new = tmp_path / "new laptop" / "opslog.db"
    done = backup.restore(new, saved)
    assert done.kept is None
    assert _lines(new) == ["一行"]
    assert [file.name for file in new.parent.iterdir()] == ["opslog.db"]


def test_a_damaged_file_is_replaced_and_kept_byte_for_byte(
    book: Book, clock: StandingClock
) -> None:
    _write(book, "一行")
    saved = backup.backup(book)
    book.close()
    spoilt = b"\x00" * 100 + book.path.read_bytes()[100:]
    book.path.write_bytes(spoilt)
    leftover = book.path.with_name("opslog.db-wal")
    leftover.write_bytes(b"old pages")
    done = backup.restore(book.path, saved, clock=clock)
    assert done.damaged
    assert done.kept is not None
    assert done.kept.read_bytes() == spoilt
    assert not leftover.exists()
    assert done.kept.with_name(done.kept.name + "-wal").read_bytes() == b"old pages"
    assert _lines(book.path) == ["一行"]


@pytest.mark.skipif(os.name == "nt", reason="making a link asks for a right there")
@pytest.mark.parametrize("damaged", [False, True])
def test_a_restore_through_a_link_mends_the_file_it_leads_to(
    book: Book, tmp_path: Path, clock: StandingClock, damaged: bool
) -> None:
    _write(book, "as it was")
    source = backup.backup(book, tmp_path / "copy.db")
    _write(book, "later")
    book.close()
    if damaged:
        book.path.write_bytes(b"\xff" * 9000)
    link = tmp_path / "link" / "opslog.db"
    link.parent.mkdir()
    link.symlink_to(book.path)
    done = backup.restore(link, source, clock=clock)
    assert link.is_symlink()
    assert _lines(book.path) == ["as it was"]
    assert done.damaged is damaged
    assert done.kept is not None
    assert done.kept.is_relative_to(link.parent)
    assert sorted(file.name for file in link.parent.iterdir()) == ["backups", "opslog.db"]


def test_pages_gone_bad_inside_are_seen_before_they_are_trusted(
    book: Book, clock: StandingClock
) -> None:
    for number in range(300):
        _write(book, f"第 {number} 行 " + "x" * 200)
    saved = backup.backup(book)
    whole = saved.read_bytes()
    page = whole.index("第 150 行".encode()) // 4096 * 4096
    saved.write_bytes(whole[:page] + os.urandom(4096) + whole[page + 4096 :])
    with pytest.raises(Refused, match="choose another backup") as refused:
        backup.restore(book.path, saved, clock=clock)
    assert str(refused.value).startswith(f"{saved} is damaged"), "and not the file it was to be"
    assert len(_lines(book.path)) == 300


def _not_a_database(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 5000)


def _empty(path: Path) -> None:
    path.touch()


def _of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as con:
        con.execute("CREATE TABLE bookmarks(url)")


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as con:
        con.execute(f"PRAGMA application_id={connection.APPLICATION_ID}")
        con.execute(f"PRAGMA user_version={create.SCHEMA_VERSION + 1}")
        con.execute("CREATE TABLE log(id)")


def _tables_missing(path: Path) -> None:
    with closing(sqlite3.connect(path)) as con:
        con.execute(f"PRAGMA application_id={connection.APPLICATION_ID}")
        con.execute(f"PRAGMA user_version={create.SCHEMA_VERSION}")
        con.execute("CREATE TABLE log(id)")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_not_a_database, "is no opslog database"),
        (_empty, "is no opslog database"),
        (_of_another_program, "is no opslog database"),
        (_newer, "written by a newer opslog"),
        (_tables_missing, "is damaged"),
        (Path.mkdir, "is no plain copy"),
        (lambda _path: None, "There is no file"),
    ],
)
def test_what_is_no_backup_changes_nothing(
    book: Book, tmp_path: Path, clock: StandingClock, make: object, said: str
) -> None:
    assert callable(make)
    _write(book, "一行")
    source = tmp_path / "source.db"
    make(source)
    bytes_before = source.read_bytes() if source.is_file() else b""
    with pytest.raises(Refused, match=said):
        backup.restore(book.path, source, clock=clock)
    assert _lines(book.path) == ["一行"]
    assert (source.read_bytes() if source.is_file() else b"") == bytes_before
    assert not any(file.name.startswith(".restore") for file in book.home.iterdir())


def test_a_backup_with_a_record_the_tables_refuse(
    book: Book, tmp_path: Path, clock: StandingClock
) -> None:
    _write(book, "一行")
    saved = backup.backup(book, tmp_path / "saved.db")
    with closing(sqlite3.connect(saved)) as con, con:
        con.execute("UPDATE log SET at='in spring'")
    with pytest.raises(Refused, match="log 1: at"):
        backup.restore(book.path, saved, clock=clock)


def test_the_database_is_no_backup_of_itself(book: Book) -> None:
    with pytest.raises(Refused, match="is the database itself"):
        backup.restore(book.path, book.path)


def test_an_older_backup_is_brought_up_to_date(
    book: Book, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(book, "old days")
    saved = backup.backup(book)

    def change(con: sqlite3.Connection) -> None:
        con.execute("UPDATE log SET text = text || ', migrated'")

    step = migrations.Step(create.SCHEMA_VERSION + 1, "test", change)
    monkeypatch.setattr(migrations, "STEPS", [step])
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", step.number)
    monkeypatch.setattr(staging, "SCHEMA_VERSION", step.number)
    backup.restore(book.path, saved, clock=clock)
    assert _lines(book.path) == ["old days, migrated"]
    assert _lines(saved) == ["old days"]


def test_another_program_that_goes_on_writing_is_waited_for_and_then_named(
    book: Book, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "_BUSY_TRIES", 1)
    _write(book, "一行")
    saved = backup.backup(book)
    with closing(sqlite3.connect(book.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refused, match="being written by another program"):
            backup.restore(book.path, saved, clock=clock)
        other.execute("ROLLBACK")
    backup.restore(book.path, saved, clock=clock)


@pytest.fixture
def other_files(book: Book) -> Iterator[list[Path]]:
    """What a person or another database put into the backups folder."""
    folder = copies.folder_of(book.path)
    folder.mkdir(mode=0o700)
    files = [
        folder / name
        for name in (
            "opslog-daily-2019-01-01 copy.db",
            "opslog-daily-2019-02-31.db",
            "work-daily-2019-01-01.db",
            "opslog-before-restore-2019-01-01-080000.db",
            "notes.txt",
        )
    ]
    for file in files:
        file.write_text("mine")
    yield files
    assert all(file.read_text() == "mine" for file in files)


def test_once_a_day_fourteen_days_and_eight_weeks(
    book: Book, clock: StandingClock, other_files: list[Path]
) -> None:
    first = clock.instant
    for day in range(120):
        clock.move_to(first + timedelta(days=day))
        made = backup.daily(book)
        assert made is not None
        assert made.name == f"opslog-daily-{clock.today()}.db"
        assert backup.daily(book) is None
    kept = {file.name for file in copies.folder_of(book.path).iterdir()}
    days = sorted(
        name.removeprefix("opslog-daily-").removesuffix(".db")
        for name in kept - {file.name for file in other_files}
    )
    assert days[-14:] == [str(clock.today() - timedelta(days=back)) for back in range(13, -1, -1)]
    # The fourteen begin on a Tuesday: of that week the Monday is left, of those before the Sunday.
    assert days[:-14] == [
        "2027-01-24",
        "2027-01-31",
        "2027-02-07",
        "2027-02-14",
        "2027-02-21",
        "2027-02-28",
        "2027-03-07",
        "2027-03-08",
    ]


def test_two_opslogs_make_the_copy_of_the_day_at_once(
    book: Book, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(book, "一行")
    real, meanwhile = copies.integrity, [0]

    def overtaken(con: sqlite3.Connection) -> list[str]:
        if not meanwhile[0]:
            meanwhile[0] = 1
            backup.daily(book)  # the other one begins, and ends, while this one verifies
        return real(con)

    monkeypatch.setattr(copies, "integrity", overtaken)
    made = backup.daily(book)
    assert made is not None
    assert _lines(made) == ["一行"]
    assert [file.name for file in made.parent.iterdir()] == [made.name]


def test_check_names_what_is_wrong(book: Book) -> None:
    _write(book, "一行")
    con = book.con
    con.execute("INSERT INTO log_fts(log_fts) VALUES ('delete-all')")
    con.execute("DROP TRIGGER journal_log_delete")
    con.execute("UPDATE log SET at='yesterday'")
    con.execute("PRAGMA synchronous=1")
    if POSIX:
        book.path.chmod(0o644)
    wrong = {finding.code: finding.flaws for finding in check.check(book) if finding.flaws}
    assert wrong["search"] == ("log",)
    assert wrong["records"][0].startswith("log 1: at: ")
    assert wrong["pragmas"] == ("synchronous=1 (≠ 2)",)
    assert wrong["schema"] == ("- trigger journal_log_delete",)
    if POSIX:
        assert wrong.pop("permissions") == (str(book.path),)
    assert set(wrong) == {"search", "records", "pragmas", "schema"}


def test_check_adds_up_the_imports(book: Book) -> None:
    con = book.con
    con.execute("PRAGMA foreign_keys=OFF")
    con.execute(
        "INSERT INTO roster_file(roster_id, file, header_row, columns, mapping, read, new,"
        " updated, unchanged, duplicate, problem, imported_at)"
        " VALUES (1, 'salon.xlsx', 3, '[]', '{}', 60, 50, 1, 2, 3, 3, '2026-11-22T01:00:00Z')"
    )
    wrong = {finding.code: finding.flaws for finding in check.check(book) if finding.flaws}
    assert wrong["counts"] == ("salon.xlsx (1): 60 ≠ 59",)
    assert wrong["integrity"] == ("roster_file 1 → roster",)


def test_check_warns_of_a_synced_folder(tmp_path: Path) -> None:
    opened = open_book(tmp_path / "坚果云" / "opslog.db")
    try:
        found = {f.code: f for f in check.check(opened) if f.flaws}
        assert found["folder"].flaws == (f"坚果云: {opened.home}",)
        assert not found["folder"].grave
    finally:
        opened.close()


def test_what_was_kept_once_is_never_written_over(book: Book, clock: StandingClock) -> None:
    """Two restores within one second."""
    _write(book, "一行")
    saved = backup.backup(book)
    book.close()
    kept = []
    for spoilt in (b"first " * 100, b"second " * 100):
        book.path.write_bytes(spoilt)
        done = backup.restore(book.path, saved, clock=clock)
        assert done.kept is not None
        kept.append((done.kept, spoilt))
    assert [path.read_bytes() for path, _spoilt in kept] == [spoilt for _path, spoilt in kept]
