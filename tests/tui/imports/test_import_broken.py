"""The import wizard and lists that can't come in: a sentence each, and the database as it was."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from opslog.services.book.book import Book
from opslog.services.rosters import rosters
from opslog.tui.frame.app import OpslogApp
from tests.exchange.broken import BROKEN, contents
from tests.services.rosters.test_rosters import make_event
from tests.tui.looking import line_with, press, text, until

# What the wizard opens all the same, and says what is missing for it to come in.
OPENED = {"one.csv", "stock.csv", "prose.csv"}


def unbroken(words: str) -> str:
    """Without what breaks a sentence over several rows of a dialog."""
    return re.sub(r"[\s│┃▏▕▎▊]", "", words)


async def says(pilot: Pilot[Any], said: str) -> None:
    for _ in range(3_000):
        if unbroken(said) in unbroken(text(pilot.app)):
            return
        await pilot.pause(0.02)
    raise AssertionError(f"the screen never said {said!r}:\n{text(pilot.app)}")


@pytest.mark.parametrize("name", BROKEN)
async def test_a_list_that_cannot_come_in(
    name: str, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, said = BROKEN[name]
    make(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    make_event(book, "上海沙龙")
    before = contents(book.path)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "f5", "n", f"=./{name}", "enter")
        if name == "folder":  # the first Enter looks into it
            await press(pilot, "enter")
        if name == "one.csv":
            await until(pilot, "Which reading of one.csv is right?")
            await press(pilot, "escape")
        elif "hidden" in name:  # offered, and not taken
            await until(pilot, "Which sheet?")
            await press(pilot, "escape")
        await says(pilot, said)
        assert name in text(app)
        if name in OPENED:
            assert "can't come in like this" in text(app)
            await press(pilot, "f10")
        else:
            assert "Which list?" in text(app)  # another may be named at once
        await press(pilot, "escape")
        assert app.is_running
    assert contents(book.path) == before


async def test_another_file_may_be_broken_too(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file in hand stays, with all that was said about it."""
    monkeypatch.chdir(tmp_path)
    make_event(book, "上海沙龙")
    (tmp_path / "good.csv").write_text("姓名,手机号\n王志刚,13800138000\n", encoding="utf-8")
    (tmp_path / "paper.csv").write_bytes(b"%PDF-1.7\n" + bytes(100))
    before = contents(book.path)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "f5", "n", "=./good.csv", "enter")
        await until(pilot, "1 row · 1 new")
        await press(pilot, "f", "ctrl+u", "=./paper.csv", "enter")
        await says(pilot, "is a PDF document, not a list")
        await press(pilot, "escape")
        await until(pilot, "1 row · 1 new")
        assert "good.csv" in text(app)
    assert contents(book.path) == before


async def test_a_list_of_nothing_but_its_sum(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row is a row: kept when it is taken in, but nobody; said before."""
    monkeypatch.chdir(tmp_path)
    make_event(book, "上海沙龙")
    (tmp_path / "sum.csv").write_text("姓名,手机号\n合计,2\n", encoding="utf-8")
    before = contents(book.path)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "f5", "n", "=./sum.csv", "enter")
        await until(pilot, "1 row · 1 problem")
        await says(pilot, "a totals line (1)")
    assert contents(book.path) == before


@pytest.mark.parametrize(("name", "sheet"), [("hidden.xlsx", "旧"), ("all_hidden.xlsx", "Sheet1")])
async def test_a_hidden_sheet_comes_in_where_it_is_chosen(
    name: str, sheet: str, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    BROKEN[name][0](tmp_path / name)
    monkeypatch.chdir(tmp_path)
    make_event(book, "上海沙龙")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "f5", "n", f"=./{name}", "enter")
        await until(pilot, "Which sheet?")
        assert ", hidden" in line_with(app, sheet)
        await press(pilot, "enter")
        await until(pilot, "1 row · 1 new")
        assert "hidden" in line_with(app, f"  {sheet} · ")
        await press(pilot, "f10")
        await until(pilot, "is in")
    (file,) = rosters.files(book, rosters.listing(book)[0].roster_id)
    assert file.sheet == sheet
