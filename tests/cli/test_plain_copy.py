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
    capsys.readouterr()
    assert run(["--db", str(tmp_path / "new.db"), "log", "--json"]) == 0
    assert [line["text"] for line in json.loads(capsys.readouterr().out)] == ["回访王总"]
    assert run(["--json", "copy", str(tmp_path / "other")]) == 0
    assert json.loads(capsys.readouterr().out) == {"path": str(tmp_path / "other")}
