"""opslog today, as a person and a script read it."""

from __future__ import annotations

import json
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


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(words) == 0
    return capsys.readouterr().out


def test_nothing_due_names_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert "opslog event add" in said(capsys, "today")
    assert json.loads(said(capsys, "today", "--json")) == []


def test_ranked_with_reasons(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-20T09:00")
    run(["add", "要报价 ! >2026-11-21"])
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    run(["add", "给李总发资料 >今天 15:00"])
    run(["add", "约下周时间 >明天"])
    capsys.readouterr()
    assert said(capsys, "today") == (
        "Overdue\n"
        "  1 ! Sat 11-21  要报价\n"
        "                 overdue 2 days · follow-up · flagged red\n"
        "\n"
        "Today\n"
        "  2   15:00      给李总发资料\n"
        "                 due at 15:00 · follow-up\n"
        "\n"
        "Next days\n"
        "  3   Tue 11-24  约下周时间\n"
        "                 due tomorrow · follow-up\n"
    )
    assert "32 = overdue 2 days 8 + follow-up 14 + flagged red 10\n" in said(
        capsys, "today", "--points"
    )


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    run(["add", "要报价 ! >今天"])
    run(["add", "发资料 >今天 15:00"])
    capsys.readouterr()
    first, second = json.loads(said(capsys, "--lang", "zh", "today", "--json"))
    assert first == {
        "kind": "follow_up",
        "title": "要报价",
        "due": "2026-11-23",
        "rank": 1,
        "why": "due today · follow-up · flagged red",
        "event": None,
        "person": None,
        "group": "today",
        "score": 24,
        "flagged": True,
        "ref": 1,
        "done": None,
        "of": None,
    }
    assert second["due"] == "2026-11-23T15:00:00+08:00"


def test_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    run(["add", "要报价 ! >今天"])
    capsys.readouterr()
    assert said(capsys, "today", "--lang", "zh").splitlines()[2].strip() == (
        "今天到期 · 跟进 · 已标红"
    )


def test_a_broken_weights_file_is_said_and_the_list_comes_all_the_same(
    capsys: pytest.CaptureFixture[str], db: Path
) -> None:
    run(["add", "要报价 >今天"])
    capsys.readouterr()
    (db.parent / "priority.toml").write_text("[late]\nper_day = 'x'\n")
    assert run(["today"]) == 0
    printed = capsys.readouterr()
    assert "要报价" in printed.out
    assert "priority.toml, line 2: “per_day” is x" in printed.err


def test_control_characters_stay_on_the_page(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(["add", "恶意\x1b[31m[/red] >今天"])
    capsys.readouterr()
    printed = said(capsys, "today")
    assert "\x1b" not in printed
    assert "[/red]" in printed


def test_json_names_steps_in_english_whatever_the_language(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(["--lang", "zh", "event", "add", "沙龙", "--kind", "salon", "--on", "+3d 14:00"])
    capsys.readouterr()
    in_chinese = said(capsys, "--lang", "zh", "today", "--json")
    assert in_chinese == said(capsys, "--lang", "en", "today", "--json")
    assert "Fix date and time" in {item["title"] for item in json.loads(in_chinese)}
