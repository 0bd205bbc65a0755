"""``opslog plan``: a plan of one's own from the shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from opslog.cli import run
from opslog.services.book.book import open_book

Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "opslog.db"
    monkeypatch.setenv("OPSLOG_DB", str(path))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    open_book(path).close()


def test_from_the_first_day_to_the_last(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(["plan", "list"]) == 0
    assert "opslog plan add 周报" in capsys.readouterr().out
    assert run(["plan", "add", "周报", "--dry-run"]) == 0
    assert run(["plan", "add", "周报"]) == 0
    assert "every week" in capsys.readouterr().out
    assert run(["plan", "step", "周报", "report", "--done"]) == 0
    monkeypatch.setenv("OPSLOG_NOW", "2026-12-18T09:00")
    capsys.readouterr()
    assert run(["--json", "plan", "show", "周报"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["turn"], shown["next"], shown["missed_turns"]) == (
        *("2026-12-18", "2026-12-18"),
        2,
    )
    assert [step["state"] for step in shown["plan"]] == ["done", "floating"]
    assert run(["plan", "show", "周报"]) == 0
    assert "2 turns missed" in capsys.readouterr().out
    assert run(["plan", "pause", "周报"]) == 0
    assert run(["plan", "resume", "周报"]) == 0
    assert run(["plan", "stop", "周报"]) == 0
    capsys.readouterr()
    assert run(["--json", "plan", "list"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["state"] == "ended"


def test_every_playbook_and_interval(capsys: Out) -> None:
    assert run(["--json", "plan", "playbooks"]) == 0
    for one in json.loads(capsys.readouterr().out):
        assert run(["plan", "add", one["playbook"], "--every", "14", "days"]) == 0
    assert run(["plan", "add", "x", "--playbook", "backup", "--every", "once"]) == 0
    capsys.readouterr()
    assert run(["--json", "plan", "list"]) == 0
    assert {row["every"] for row in json.loads(capsys.readouterr().out)} == {"14", ""}


@pytest.mark.parametrize(
    "words",
    [
        ["add", "没有的"],
        ["add", "周报", "--every", "fortnight"],
        ["add", "周报", "--on", "2026-02-30"],
        ["show", "没有的"],
        ["stop", "9"],
    ],
)
def test_what_can_not_be_is_refused_in_a_sentence(capsys: Out, words: list[str]) -> None:
    assert run(["plan", *words]) == 1
    said = capsys.readouterr()
    assert said.err.startswith("opslog: ")
    assert "Traceback" not in said.err


def test_it_may_be_the_first_thing_in_a_new_file(
    capsys: Out, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPSLOG_DB", str(tmp_path / "new.db"))
    assert run(["plan", "add", "周报"]) == 0
    assert run(["plan", "list"]) == 0
    assert "周报" in capsys.readouterr().out
