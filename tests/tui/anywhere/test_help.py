"""F1: what has the focus first, in two columns where there is room."""

from __future__ import annotations

from opslog.services.book.book import Book
from opslog.tui.anywhere.help import HelpLines, HelpScreen
from opslog.tui.frame.app import OpslogApp
from opslog.tui.widgets.text import line_width
from tests.tui.looking import line_with, lines, press, text


async def test_the_keys_of_the_focus_come_before_those_of_the_screen(book: Book) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 60)) as pilot:
        await press(pilot, "f3", "f1")
        shown = [line.strip(" │") for line in lines(app)]
        assert shown.index("Here") < shown.index("This screen") < shown.index("Anywhere")
        assert "To the day before" in shown[shown.index("Here") + 1]
        await press(pilot, "escape")
        assert not isinstance(app.screen, HelpScreen)


async def test_two_columns_on_a_wide_terminal(book: Book) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(120, 56)) as pilot:
        await press(pilot, "f3", "f1")
        assert "Close opslog" in text(app)  # last of the right column, without scrolling
        assert any("What was done, by day" in line and "Anywhere" in line for line in lines(app))
        view = app.screen.query_one(HelpLines)
        assert max(map(line_width, view.lines)) <= view.content_cells
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert max(map(line_width, view.lines)) <= view.content_cells
        assert "Anywhere" not in line_with(app, "Here")
