"""Commands that only read, on a file that can't be written."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from opslog import cli
from opslog.services.book.book import Book, open_to_read
from tests.conftest import domain_rows
from tests.services.lists import make_list

READING = [
    ["people"],
    ["today"],
    ["check"],
    ["history"],
    ["log"],
    ["where"],
    ["calls"],
    ["roster", "list"],
    ["roster", "show", "1"],
    ["event", "list"],
    ["event", "show", "1"],
    ["event", "plan", "1"],
]
WRITING = [["add", "写稿"], ["undo"], ["people", "--erase", "1"], ["backup"]]


@pytest.fixture
def file(book: Book, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file on a medium that is read-only, with no room for SQLite's shared index either."""
    make_list(book, [("王志刚", "深蓝软件有限公司", "", "+8613800138000", "")])
    book.close()
    assert not book.path.with_name(book.path.name + "-wal").exists()
    book.path.with_name(book.path.name + "-shm").mkdir()
    real = os.open

    def refuse(path: os.PathLike[str] | str, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_RDWR and Path(path) == book.path:
            raise OSError(errno.EROFS, "Read-only file system")
        return real(path, flags, mode)

    may = os.access
    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(
        os, "access", lambda path, mode: may(path, mode) and Path(path) != book.path
    )
    return book.path


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_what_only_reads_is_answered(
    file: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    before = file.read_bytes()
    assert cli.run(["--db", str(file), *command]) == 0
    out, err = capsys.readouterr()
    assert out
    assert command == ["where"] or "Read-only file system" in err
    assert "Traceback" not in err
    assert file.read_bytes() == before


@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_what_writes_is_refused(
    file: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert cli.run(["--db", str(file), *command]) == 1
    assert "can't be written (Read-only file system)" in capsys.readouterr().err


def test_an_export_and_a_check(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "people.csv"
    assert cli.run(["--db", str(file), "export", "people", "-o", str(out)]) == 0
    assert "王志刚" in out.read_text(encoding="utf-8-sig")
    capsys.readouterr()
    assert cli.run(["--db", str(file), "check", "--json"]) == 0
    found = {one["check"]: one for one in json.loads(capsys.readouterr().out)}
    assert found["records"]["ok"]
    assert not found["search"]["grave"]  # not looked at is not damaged


def test_a_verb_on_it_is_refused_with_the_reason(file: Path) -> None:
    book = open_to_read(file)
    rows = domain_rows(book.con)
    book.set_setting("language", "zh_CN")
    book.close()
    again = open_to_read(file)
    assert domain_rows(again.con) == rows
    assert again.setting("language") == ""
    again.close()


def test_what_is_not_written_yet_is_not_left_out(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A log of writes that was never brought into the file: the newest would be missing."""
    file.with_name(file.name + "-wal").write_bytes(b"x" * 64)
    assert cli.run(["--db", str(file), "people"]) == 1
    assert "can't be written" in capsys.readouterr().err


@pytest.mark.parametrize("command", [*READING, ["undo"], ["backup"], ["twins"]], ids=" ".join)
def test_a_mistyped_path_makes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    path = tmp_path / "a" / "b" / "c.db"
    assert cli.run(["--db", str(path), *command]) == (0 if command == ["where"] else 1)
    said = capsys.readouterr().err
    assert command == ["where"] or f"There is no file {path}; look at the path" in said
    assert list(tmp_path.iterdir()) == []


def test_a_dry_run_makes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = tmp_path / "list.csv"
    rows.write_text("name,phone\nAnn,13800138000\n")
    words = ["import", str(rows), "--event", "1", "--dry-run"]
    assert cli.run(["--db", str(tmp_path / "a" / "c.db"), *words]) == 1
    assert "There is no file" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [rows]
