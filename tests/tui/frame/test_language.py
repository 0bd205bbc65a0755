"""Switching the language keeps the screen, the card and the row."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from opslog import locale
from opslog.services.book.book import Book
from opslog.services.daybook import lines as log_lines
from opslog.services.imports import imports
from opslog.tui.calls.calls import CallsScreen
from opslog.tui.frame.app import OpslogApp
from opslog.tui.imports.opening import open_import_wizard
from opslog.tui.imports.wizard import ImportWizard
from opslog.tui.screening.screening import ScreeningScreen
from opslog.tui.widgets.lists.window_list import WindowList
from tests.conftest import StandingClock
from tests.services.calls.test_calling import salon_tomorrow
from tests.services.lists import make_list
from tests.services.rosters.test_problems import TEXT
from tests.services.rosters.test_rosters import make_event
from tests.tui.looking import line_with, notices, press, text, until

ROWS = [
    ("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", ""),
    ("李娜", "深蓝软件有限公司", "经理", "+8613800138001", ""),
    ("赵敏", "云帆科技", "", "+8613800138003", ""),
    ("周杰", "云帆科技", "", "+8613800138004", ""),
]


@asynccontextmanager
async def opened(book: Book) -> AsyncIterator[Pilot[Any]]:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        yield pilot


async def switch(pilot: Pilot[Any]) -> None:
    before = locale.language()
    await press(pilot, "ctrl+l")
    await pilot.pause()
    assert locale.language() != before


async def test_a_round_goes_on_at_its_card(book: Book) -> None:
    sheet = make_list(book, ROWS)
    async with opened(book) as pilot:
        await press(pilot, "f5", "enter", "enter", "2", "right", "right")
        assert "1 more of 深蓝软件有限公司: competitor" in text(pilot.app)
        await switch(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, ScreeningScreen)
        assert screen.current == sheet.cards[3]
        assert "周杰" in text(pilot.app)
        assert "名单整理" in text(pilot.app)
        await press(pilot, "asterisk", "escape")
        assert [row["verdict"] for row in book.con.execute("SELECT verdict FROM decision")] == [
            "drop",
            "drop",
        ]
        assert "上海沙龙" in line_with(pilot.app, "11-22"), "back to the list of lists"
        await switch(pilot)
        assert "Rosters" in text(pilot.app)


async def test_a_call_goes_on_with_what_was_noted(book: Book, clock: StandingClock) -> None:
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await press(pilot, "f6", "down", "m", "=要停车位", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, CallsScreen)
        card, began = screen._card, screen._began
        assert "要停车位" in text(pilot.app)
        clock.move_to(clock.instant + timedelta(minutes=3))
        await switch(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, CallsScreen)
        assert card is not None
        assert screen._card is not None
        assert screen._card.card_id == card.card_id
        assert screen._began == began, "the call is still running"
        assert "要停车位" in text(pilot.app)


async def test_filters_marks_and_rows_stay(book: Book) -> None:
    make_list(book, ROWS)
    async with opened(book) as pilot:
        await press(pilot, "f7", "slash", "=云帆", "enter", "space", "down")
        rows = pilot.app.screen.query_one(WindowList)
        marked, selected = set(rows.marked), rows.selected
        assert marked
        await switch(pilot)
        rows = pilot.app.screen.query_one(WindowList)
        assert (rows.marked, rows.selected, rows.count) == (marked, selected, 2)
        assert "云帆" in text(pilot.app).splitlines()[1]


async def test_screens_stand_on_each_other_as_before(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(TEXT, encoding="utf-8")
    imports.load(book, path, make_event(book, "上海沙龙"))
    async with opened(book) as pilot:
        await press(pilot, "f5", "v", "2", "down", "enter")
        assert "乙公司" in line_with(pilot.app, "公司  ")
        await press(pilot, "f3")
        await switch(pilot)
        await pilot.app.switch_mode("rosters")
        await pilot.pause()
        assert "3 行待看" in text(pilot.app)
        assert "乙公司" in line_with(pilot.app, "公司  ")
        await press(pilot, "escape")
        assert pilot.app.screen.query_one(WindowList).cursor == 1
        await press(pilot, "escape")
        assert len(pilot.app.screen_stack) == 1


async def test_history_stays_at_its_change(book: Book) -> None:
    for line in ("写稿", "排版", "发稿"):
        log_lines.add(book, line)
    async with opened(book) as pilot:
        await press(pilot, "g", "h", "down")
        await switch(pilot)
        assert pilot.app.screen.query_one(WindowList).selected == 2
        assert "排版" in text(pilot.app)


async def test_an_import_that_is_set_up_is_not_lost(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(TEXT, encoding="utf-8")
    event = make_event(book, "上海沙龙")
    async with opened(book) as pilot:
        app = pilot.app
        assert isinstance(app, OpslogApp)
        await press(pilot, "f5")
        open_import_wizard(app, event, path)
        await until(pilot, "would come in like this")
        await press(pilot, "ctrl+l")
        assert "Close what is open on Rosters first" in notices(app)
        await press(pilot, "f2", "ctrl+l")
        assert "Close what is open on Rosters first" in notices(app)
        assert locale.language() == "en"
        await press(pilot, "f5", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ImportWizard)
