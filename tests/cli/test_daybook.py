"""opslog add and opslog log, as they are typed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from opslog.cli import run
from opslog.services.book.book import open_book


@pytest.fixture(autouse=True)
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "data" / "opslog.db"
    monkeypatch.setenv("OPSLOG_DB", str(path))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    monkeypatch.setenv("LC_ALL", "C")
    open_book(path).close()
    return path


def test_a_line_is_written_and_read_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["add", "08:30 回访王总，对方要报价 #回访 +王志刚 ~20m ! >周五"]) == 0
    assert capsys.readouterr().out == (
        "08:30  回访王总，对方要报价 #回访 +王志刚 ~20m ! >2026-11-27\n"
    )
    run(["add", "昨天", "15:00", "写稿"])
    assert capsys.readouterr().out == "2026-11-22 15:00  写稿\n"
    assert run(["log"]) == 0
    assert capsys.readouterr().out == (
        "Sun 2026-11-22\n"
        "  15:00  写稿\n"
        "\n"
        "Mon 2026-11-23\n"
        "  08:30  回访王总，对方要报价 #回访 +王志刚 ~20m ! >2026-11-27\n"
    )


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    run(["--json", "add", "08:30 回访 #回访 +王志刚 ~20m ! >周五 >12-05T15:00"])
    line = json.loads(capsys.readouterr().out)
    assert line == {
        "id": 1,
        "at": "2026-11-23T08:30:00+08:00",
        "text": "回访",
        "tags": ["回访"],
        "event": None,
        "people": ["王志刚"],
        "minutes": 20,
        "flagged": True,
        "source": "typed",
        "follow_ups": [
            {"id": 1, "due": "2026-11-27", "done": False},
            {"id": 2, "due": "2026-12-05T15:00:00+08:00", "done": False},
        ],
    }
    run(["log", "--json"])
    assert json.loads(capsys.readouterr().out) == [line]
    run(["log", "--json", "--find", "nothing"])
    assert json.loads(capsys.readouterr().out) == []


def test_what_is_not_understood_is_said_and_kept(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["add", "去 @北京沙龙 >11-31"]) == 0
    said = capsys.readouterr()
    assert said.out == "09:00  去 @北京沙龙 >11-31\n"
    assert said.err.splitlines() == [
        "@北京沙龙 names no event, or more than one; it stays in the text",
        ">11-31: there is no day 31 in November, it has 30; it stays in the text",
    ]


def test_days_words_and_tags(capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("2026-11-20 09:00 打电话 #EDM", "昨天 10:00 写稿", "开会"):
        run(["add", text])
    capsys.readouterr()

    def found(*words: str) -> list[str]:
        assert run(["log", "--json", *words]) == 0
        return [line["text"] for line in json.loads(capsys.readouterr().out)]

    assert found("--from", "昨天") == ["写稿", "开会"]
    assert found("--to", "2026-11-21") == ["打电话"]
    assert found("--from", "11-20", "--to", "周五") == ["打电话"]
    assert found("--find", "写稿") == ["写稿"]
    assert found("--tag", "#edm") == ["打电话"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", " "], "There is nothing to write"),
        (["log", "--from", "whenever"], "“whenever” is no day"),
        (["log", "--to", "31 November"], "no day 31 in November"),
        (["log", "--from", "today", "--to", "yesterday"], "is after 2026-11-22; exchange them"),
    ],
)
def test_refusals(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err


def test_an_empty_log_names_the_next_step(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["log"]) == 0
    assert "opslog add" in capsys.readouterr().out


def test_nothing_written_reaches_the_terminal_as_a_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(["add", "evil \x1b[31m [/red] text"])
    run(["log"])
    assert "\x1b" not in capsys.readouterr().out


def test_undo_takes_the_line_back(capsys: pytest.CaptureFixture[str]) -> None:
    run(["add", "写错了"])
    assert run(["undo"]) == 0
    capsys.readouterr()
    run(["log", "--json"])
    assert json.loads(capsys.readouterr().out) == []


def test_add_loads_nothing_heavy(db: Path) -> None:
    script = (
        "import sys; from opslog.cli import run; run(['add', '14:30 x #t >周五']);"
        "heavy = {'textual', 'sqlmodel', 'sqlalchemy', 'rich', 'dateutil', 'wcwidth', 'pydantic'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout.splitlines()[-1] == "[]"
