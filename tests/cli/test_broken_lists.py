"""A list that can't be taken in: one sentence, exit code 1, and the database as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from opslog.cli import run
from tests.exchange.broken import BROKEN, ONE_NAME, contents
from tests.exchange.formats import WORKBOOKS, text


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
    path = tmp_path / name
    make(path)
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
