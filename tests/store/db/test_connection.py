"""Every connection is set to survive a power cut, or is not opened at all."""

from __future__ import annotations

import ast
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

import opslog
from opslog.domain.base.refusal import Refused
from opslog.services.book.book import Book, open_book
from opslog.services.daybook import lines as log_lines
from opslog.store.db import connection
from opslog.store.schema import health

SURVIVES = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5_000}


def settings_of(con: sqlite3.Connection) -> dict[str, object]:
    return {name: con.execute(f"PRAGMA {name}").fetchone()[0] for name in SURVIVES}


def test_the_settings_are_read_back_on_every_connection(book: Book) -> None:
    assert settings_of(book.con) == SURVIVES
    with closing(connection.connect(book.path)) as second:
        assert settings_of(second) == SURVIVES
        assert health.pragma_flaws(second) == []
    again = open_book(book.path)
    assert settings_of(again.con) == SURVIVES
    again.close()


def test_on_macos_a_sync_reaches_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wanted = {**connection.PRAGMAS, "fullfsync": 1, "checkpoint_fullfsync": 1}
    monkeypatch.setattr(connection, "PRAGMAS", wanted)
    with closing(connection.connect(tmp_path / "o.db")) as con:
        for name in ("fullfsync", "checkpoint_fullfsync"):
            assert con.execute(f"PRAGMA {name}").fetchone()[0] == 1


def test_a_file_system_that_does_not_keep_data_safe_is_refused(tmp_path: Path) -> None:
    # Where WAL can't be had SQLite says nothing and keeps another mode; so does a memory file.
    with pytest.raises(Refused, match=r"does not keep data safe \(journal_mode"):
        connection.connect(Path(":memory:"))


def test_nothing_else_in_the_program_opens_a_writing_connection() -> None:
    """One factory: each other ``sqlite3.connect`` is read-only or holds no file of the user's."""
    elsewhere = {}
    root = Path(opslog.__file__).parent
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "connect"
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "sqlite3"
            ):
                source = ast.unparse(node)
                elsewhere[f"{path.relative_to(root).as_posix()}: {source}"] = source
    allowed = ("':memory:'", "connect('',", "mode=ro", "uri=True")
    factory = "store/db/connection.py: sqlite3.connect(path, isolation_level=None"
    odd = [
        place
        for place, source in elsewhere.items()
        if not place.startswith(factory) and not any(word in source for word in allowed)
    ]
    assert any(place.startswith(factory) for place in elsewhere)
    assert odd == []


def test_a_second_writer_waits_for_the_first(book: Book) -> None:
    with closing(connection.connect(book.path)) as second:
        book.con.execute("BEGIN IMMEDIATE")
        second.execute("PRAGMA busy_timeout=1")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            second.execute("BEGIN IMMEDIATE")
        book.con.execute("ROLLBACK")
        second.execute("BEGIN IMMEDIATE")
        second.execute("ROLLBACK")


@pytest.mark.skipif(os.name == "nt", reason="Windows has access lists instead of modes")
def test_the_file_and_a_folder_made_for_it_are_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "opslog.db"
    connection.prepare_file(path)
    with closing(connection.connect(path)) as con:
        con.execute("CREATE TABLE t(x)")
        for file in (path, path.with_name("opslog.db-wal"), path.with_name("opslog.db-shm")):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_is_no_database_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "photo.db"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    before = path.read_bytes()
    with pytest.raises(Refused, match="is no opslog database"):
        open_book(path)
    assert path.read_bytes() == before


def test_another_programs_database_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as con:
        con.execute("CREATE TABLE bookmarks(url)")
    before = path.read_bytes()
    with pytest.raises(Refused, match="database of another program"):
        open_book(path)
    with closing(sqlite3.connect(path)) as con:
        names = [row[0] for row in con.execute("SELECT name FROM sqlite_schema")]
    assert names == ["bookmarks"]
    assert path.read_bytes() == before, "not even its journal mode is changed"


@pytest.mark.parametrize("place", ["a folder", "under a file"])
def test_a_place_that_can_hold_no_file_is_refused(tmp_path: Path, place: str) -> None:
    path = tmp_path / "x"
    if place == "a folder":
        path.mkdir()
    else:
        path.write_text("x")
        path = path / "opslog.db"
    with pytest.raises(Refused, match="can't be written"):
        open_book(path)


def test_a_full_disk_is_said_in_so_many_words(book: Book) -> None:
    pages = book.con.execute("PRAGMA page_count").fetchone()[0]
    book.con.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(Refused, match=r"The disk with .* is full; make room"):
        log_lines.add(book, "很长的一行 " * 5000)
    book.con.execute("PRAGMA max_page_count=1073741823")
    assert book.con.execute("SELECT count(*) FROM log").fetchone()[0] == 0


def test_a_disk_too_full_to_open_a_file_on_is_said_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    assert "can't be opened (disk I/O error)" in str(
        connection.unreadable(tmp_path / "x.db", error)
    )
    usage = shutil.disk_usage(tmp_path)._replace(free=0)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    assert "is full; make room" in str(connection.unreadable(tmp_path / "x.db", error))
