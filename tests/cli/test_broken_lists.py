"""A list that can't be taken in: one sentence, exit code 1, and the database as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from opslog.cli import run
from tests.exchange.formats import WORKBOOKS, text
from tests.exchange.lists_of import FILES

ONE_NAME = "name,phone\n陈静,13800138000\n".encode("gb18030")


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _half_of(kind: str) -> Callable[[Path], bytes]:
    return lambda folder: half(WORKBOOKS[kind](folder / kind).read_bytes())


BROKEN: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "half.xlsx": (_half_of("list.xlsx"), "is broken"),
    "half_strict.xlsx": (_half_of("strict.xlsx"), "is broken"),
    "half.xlsm": (_half_of("list.xlsm"), "is broken"),
    "half.xlsb": (_half_of("list.xlsb"), "is broken"),
    "half.ods": (_half_of("list.ods"), "is broken"),
    "half.xls": (_half_of("list.xls"), "is broken"),
    "half.et": (_half_of("list.et"), "is broken"),
    "half.csv": (_half_of("list.xlsx"), "is broken"),
    "locked.xlsx": (lambda _: (FILES / "pass_protected.xlsx").read_bytes(), "by a password"),
    "empty.csv": (lambda _: b"", "is empty"),
    "empty.xlsx": (lambda _: (FILES / "empty_sheet.xlsx").read_bytes(), "is empty"),
    "one.csv": (lambda _: ONE_NAME, "more than one encoding: gb18030 “陈静"),
    "headings.csv": (lambda _: "姓名,手机号\n".encode(), "no rows below the headings"),
    "page.xls": (lambda _: b"<html><table></table></html>", "is a web page"),
}


def contents(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as con:
        return list(con.iterdump())


@pytest.mark.parametrize("name", BROKEN)
def test_a_list_that_cannot_come_in(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "opslog.db"
    monkeypatch.setenv("OPSLOG_DB", str(database))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    monkeypatch.setenv("LC_ALL", "C")
    assert run(["event", "add", "上海沙龙", "--kind", "salon", "--on", "2026-12-05 14:00"]) == 0
    before = contents(database)
    make, said = BROKEN[name]
    folder = tmp_path / "made"
    folder.mkdir()
    path = tmp_path / name
    path.write_bytes(make(folder))
    capfd.readouterr()
    assert run(["import", str(path), "--event", "上海沙龙"]) == 1
    complained = capfd.readouterr().err
    assert complained.count("\n") == 1
    assert said in complained
    assert path.name in complained
    assert contents(database) == before


def test_a_reading_is_chosen_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPSLOG_DB", str(tmp_path / "opslog.db"))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    monkeypatch.setenv("LC_ALL", "C")
    assert run(["event", "add", "上海沙龙", "--kind", "salon", "--on", "2026-12-05 14:00"]) == 0
    path = tmp_path / "one.csv"
    path.write_bytes(ONE_NAME)
    assert run(["import", str(path), "--event", "1", "--encoding", "gb18030"]) == 0
    assert "1 new" in capsys.readouterr().out
    assert run(["people"]) == 0
    assert "陈静" in capsys.readouterr().out


def test_every_kind_of_file_comes_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPSLOG_DB", str(tmp_path / "opslog.db"))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    monkeypatch.setenv("LC_ALL", "C")
    assert run(["event", "add", "上海沙龙", "--kind", "salon", "--on", "2026-12-05 14:00"]) == 0
    first = tmp_path / "first.csv"
    first.write_bytes(text("utf-8"))
    assert run(["import", str(first), "--event", "1"]) == 0
    for kind, make in WORKBOOKS.items():
        capsys.readouterr()
        assert run(["import", str(make(tmp_path / kind)), "--event", "1"]) == 0
        assert "2 rows read: 0 new, 0 updated, 2 unchanged" in capsys.readouterr().out
