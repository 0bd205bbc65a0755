"""The mouse does what a key does."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.daybook import lines as log_lines
from opslog.tui.frame.app import OpslogApp
from opslog.tui.frame.bars.bars import KeyBar, StatusBar
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.mouse import keys_at
from opslog.tui.widgets.text import width
from tests.services.lists import make_list
from tests.tui.looking import lines, press, text

ROWS = [("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", "")]


async def click(pilot: Pilot[Any], words: str, row: int | None = None) -> None:
    """Click on the first cell of these words, in a row or wherever they stand."""
    shown = lines(pilot.app)
    at = next(n for n, line in enumerate(shown) if words in line) if row is None else row
    cell = width(shown[at][: shown[at].index(words)])
    await pilot.click(offset=(cell, at))
    await pilot.pause()


@pytest.mark.parametrize(
    ("spans", "cell", "keys"),
    [
        ((("d", "key"), (" ", ""), ("Done", "muted"), ("  ", ""), ("r", "key")), 3, ["d"]),
        ((("d", "key"), (" ", ""), ("Done", "muted"), ("  ", ""), ("r", "key")), 7, []),
        ((("F4 n", "key"), ("  ", ""), ("put an event in", "")), 8, ["F4", "n"]),
        (((" Enter Start ", "button"),), 2, ["Enter"]),
        ((("[Enter Start]", "button"),), 2, ["Enter"]),
        ((("words", ""),), 1, []),
    ],
)
def test_a_word_belongs_to_the_key_before_it(spans: Any, cell: int, keys: list[str]) -> None:
    assert keys_at(spans, cell) == keys


async def test_tabs_footer_and_status_line(book: Book) -> None:
    log_lines.add(book, "call Li >today")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await click(pilot, "Log", 0)
        assert app.current_mode == "log"
        await click(pilot, "F2", 0)
        assert app.current_mode == "today"
        await click(pilot, "Done", app.screen.query_one(KeyBar).region.y)
        assert "Followed up: call Li" in text(app)
        await click(pilot, "Undo", app.screen.query_one(StatusBar).region.y)
        assert history.entry(book, 2).undone


async def test_rows_are_chosen_then_opened_and_the_wheel_scrolls(book: Book) -> None:
    for number in range(60):
        log_lines.add(book, f"line {number}")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f3")
        rows = app.screen.query_one(WindowList)
        await click(pilot, "line 50")
        assert rows.selected == 51
        for _ in range(5):
            rows._on_mouse_scroll_down(wheel(rows))
        await pilot.pause()
        assert rows.scroll_y > 0
        assert "line 59" not in text(app)


def wheel(widget: WindowList) -> Any:
    from textual.events import MouseScrollDown

    return MouseScrollDown(widget, 5, 5, 0, 1, 0, False, False, False)


async def test_the_act_of_a_pane_and_the_answers_of_a_question(book: Book) -> None:
    make_list(book, ROWS)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await click(pilot, "Enter Start")
        assert app.current_mode == "rosters"
        await press(pilot, "enter")
        assert "Open tidy" in text(app)
        await click(pilot, "Esc")
        assert "Open tidy" not in text(app)


async def test_a_key_named_in_an_empty_list_is_pressed_with_what_follows_it(book: Book) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await click(pilot, "F4 n")
        await pilot.pause()
        assert "New event" in text(app)
