"""copy and restore of a folder, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from opslog.cli import run


def test_everything_goes_out_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPSLOG_DB", str(tmp_path / "data" / "opslog.db"))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    folder = tmp_path / "plain"
    assert run(["copy", str(folder)]) == 1  # nothing there yet: no file is begun for it
    assert "There is no file" in capsys.readouterr().err
    assert run(["add", "回访王总"]) == 0
    assert run(["copy", str(folder)]) == 0
    assert f"Everything is written and verified: {folder}\n" in capsys.readouterr().out
    assert run(["copy", str(folder)]) == 1
    assert f"{folder} is not empty" in capsys.readouterr().err
    assert run(["--db", str(tmp_path / "new.db"), "restore", str(folder)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("comes back 2026-11-23 09:00")
    assert "0 events, 0 people, 0 calls" in said[0]
    assert "2026-11-23 09:00 回访王总" in said[0]
    assert run(["--db", str(tmp_path / "new.db"), "log", "--json"]) == 0
    assert [line["text"] for line in json.loads(capsys.readouterr().out)] == ["回访王总"]
    assert run(["--json", "copy", str(tmp_path / "other")]) == 0
    assert json.loads(capsys.readouterr().out) == {"path": str(tmp_path / "other")}


def test_what_each_backup_holds_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPSLOG_DB", str(tmp_path / "data" / "opslog.db"))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    assert run(["restore"]) == 0
    assert "There is no backup yet" in capsys.readouterr().out
    assert run(["add", "回访王总"]) == 0
    stick = tmp_path / "stick"
    assert run(["backup", "--to", str(stick)]) == 1
    assert f"There is no folder {stick}" in capsys.readouterr().err
    stick.mkdir()
    assert run(["backup", "--to", str(stick)]) == 0
    assert f"From now on each backup goes there too: {stick}" in capsys.readouterr().out
    assert run(["--json", "restore"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {Path(one["path"]).parent for one in found} == {stick, tmp_path / "data" / "backups"}
    for one in found:
        assert (one["events"], one["people"], one["calls"], one["flaw"]) == (0, 0, 0, "")
        assert one["last_line"] == {"at": "2026-11-23T09:00:00+08:00", "text": "回访王总"}
    Path(found[0]["path"]).write_bytes(b"x" * 9000)
    assert run(["restore"]) == 0
    table = capsys.readouterr().out
    assert "DAMAGED: file is not a database" in table
    assert "whole" in table
    stick.rename(tmp_path / "gone")
    assert run(["backup"]) == 0
    assert "is its disk plugged in?" in capsys.readouterr().err
    assert run(["backup", "--to", "-"]) == 0
    assert run(["backup"]) == 0
    assert capsys.readouterr().err == ""
