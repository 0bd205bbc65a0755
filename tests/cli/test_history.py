"""opslog history, undo, redo."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from opslog import locale
from opslog.cli import run
from opslog.services.book.book import open_book
from opslog.services.events import events
from opslog.services.events.plans import steps


@pytest.fixture(autouse=True)
def two_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPSLOG_DB", str(tmp_path / "data" / "opslog.db"))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    monkeypatch.setenv("LC_ALL", "C")
    run(["add", "写稿"])
    run(["add", "排版"])
    capsys.readouterr()


def test_newest_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["history"]) == 0
    assert capsys.readouterr().out == (
        "2  2026-11-23 09:00    Logged: 排版\n1  2026-11-23 09:00    Logged: 写稿\n"
    )
    run(["history", "-n", "1", "--before", "2"])
    assert capsys.readouterr().out == "1  2026-11-23 09:00    Logged: 写稿\n"


def test_undone_and_redone(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["undo"]) == 0
    assert capsys.readouterr().out == "Undone: Logged: 排版\n"
    run(["history"])
    assert capsys.readouterr().out.splitlines()[0].split() == [
        "2", "2026-11-23", "09:00", "undone", "Logged:", "排版",
    ]  # fmt: skip
    assert run(["redo"]) == 0
    assert capsys.readouterr().out == "Done again: Logged: 排版\n"
    assert run(["redo"]) == 1
    assert "nothing to redo" in capsys.readouterr().err


def test_one_by_its_number(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["undo", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "id": 1,
        "at": "2026-11-23T09:00:00+08:00",
        "label": "Logged: 写稿",
        "undone": True,
        "state": "undone",
    }
    assert run(["undo", "1"]) == 1
    assert "undone already" in capsys.readouterr().err
    assert run(["undo", "99"]) == 1
    assert "There is no change 99" in capsys.readouterr().err


def test_json_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    run(["undo"])
    capsys.readouterr()
    run(["--lang", "zh", "history", "--json"])
    assert [
        (entry["id"], entry["label"], entry["undone"])
        for entry in json.loads(capsys.readouterr().out)
    ] == [(2, "Logged: 排版", True), (1, "Logged: 写稿", False)]


@pytest.mark.parametrize("words", [["undo", "x"], ["undo", "0"], ["history", "-n", "-3"]])
def test_usage(words: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        run(words)
    assert stop.value.code == 2


def test_json_is_english_whatever_was_spoken_and_what_was_typed_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run(["--lang", "zh", "event", "add", "上海沙龙", "--kind", "salon", "--on", "12-05"]) == 0
    )
    book = open_book(tmp_path / "data" / "opslog.db")
    locale.set_language("zh_CN")
    first = events.plan(book, 1)[0]
    steps.tick_step(book, first.id)
    own = steps.add_step(book, 1, "订蛋糕", book.now()).made
    steps.tick_step(book, own)
    item = next(item for step in events.plan(book, 1) for item in step.items)
    steps.tick_item(book, item.id)
    book.close()
    capsys.readouterr()
    assert run(["--lang", "zh", "--json", "history", "-n", "4"]) == 0
    labels = [entry["label"] for entry in json.loads(capsys.readouterr().out)]
    assert labels == [
        f"Checked: {item.title_en}",
        "Done: 订蛋糕 (上海沙龙)",
        "New step: 订蛋糕",
        f"Done: {first.title_en} (上海沙龙)",
    ]
    assert first.title_en.isascii()
    run(["--lang", "zh", "history", "-n", "1"])
    assert item.title in capsys.readouterr().out
    run(["--lang", "zh", "--json", "today"])
    titles = {place["title"] for place in json.loads(capsys.readouterr().out)}
    assert titles
    assert all(title.isascii() for title in titles - {"上海沙龙"})


def test_undo_passes_over_what_an_erasure_came_after(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    people = tmp_path / "a.csv"
    people.write_text("姓名,手机\n王志刚,13800138000\n", encoding="utf-8")
    run(["event", "add", "沙龙", "--kind", "salon", "--on", "2026-12-10 14:00"])
    run(["add", "寄样"])
    run(["import", str(people), "--event", "沙龙"])
    run(["people", "--erase", "王志刚", "--yes", "王志刚"])
    capsys.readouterr()
    assert run(["undo"]) == 1
    said = capsys.readouterr().err
    assert "can't be undone any more: somebody in it was erased; its list can be withdrawn" in said
    assert "undo once more takes back “Logged: 寄样”" in said
    assert run(["undo"]) == 0
    assert "寄样" in capsys.readouterr().out
    assert run(["undo"]) == 0  # the event has the list of who was erased, so it stays as well
    assert "排版" in capsys.readouterr().out
