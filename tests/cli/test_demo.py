"""opslog demo, as far as it goes without a terminal (see tests/pty/test_demo.py for one)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from opslog.cli import run
from tests.services.demo.test_demo import KINDS


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")


def test_the_sample_can_be_kept_and_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "sample"
    assert run(["demo", "--keep", str(folder)]) == 0
    path = folder / "opslog.db"
    assert capsys.readouterr().out == f"The sample is made: {path}\n"
    assert (folder / "rules.toml").is_file()
    assert run(["--db", str(path), "--json", "today"]) == 0
    due = json.loads(capsys.readouterr().out)
    assert {item["kind"] for item in due} == KINDS


def test_it_never_writes_among_other_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "opslog.db").write_text("mine")
    assert run(["demo", "--keep", str(tmp_path)]) == 1
    assert "is not empty; name a new folder" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["opslog.db"]
    assert (tmp_path / "opslog.db").read_text() == "mine"


def test_without_a_terminal_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("opslog: opslog needs a terminal")
