"""A window over many rows: the cursor stays on its thing, headings are passed over."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from textual.app import App, ComposeResult

from opslog.tui.widgets.lists.rows import Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import line
from opslog.tui.widgets.theme import DARK, themes


class Counted:
    """A million rows nobody holds; counts how many were asked for."""

    def __init__(self, size: int, first: int = 0) -> None:
        self.size, self.first, self.asked = size, first, 0

    def count(self) -> int:
        return self.size

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        stop = min(stop, self.size)
        self.asked += stop - start
        return [Row(self.first + n, (f"row {self.first + n}",)) for n in range(start, stop)]

    def position(self, key: Hashable) -> int | None:
        assert isinstance(key, int)
        at = key - self.first
        return at if 0 <= at < self.size else None


class ListApp(App[None]):
    CSS_PATH = "../../../opslog/tui/frame/app.tcss"

    def __init__(self) -> None:
        super().__init__()
        for theme in themes():
            self.register_theme(theme)
        self.theme = DARK

    def compose(self) -> ComposeResult:
        yield WindowList([Column(flex=1)])


def shown(app: App[None]) -> list[str]:
    rows = app.query_one(WindowList)
    return [rows.render_line(y).text.strip(" ▌") for y in range(rows.size.height)]


async def test_only_the_rows_near_the_screen_are_asked_for() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 10)) as pilot:
        source = Counted(1_000_000)
        rows = app.query_one(WindowList)
        rows.set_source(source)
        await pilot.press("end")
        assert rows.selected == 999_999
        assert shown(app)[-1] == "row 999999"
        await pilot.press("home", "pagedown")
        assert rows.selected == 9
        assert source.asked < 1000


async def test_the_cursor_stays_on_its_row_when_others_come_before_it() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 10)) as pilot:
        rows = app.query_one(WindowList)
        rows.set_source(Counted(100, first=50))
        await pilot.press("down", "down")
        assert rows.selected == 52
        at = shown(app).index("row 52")
        rows.set_source(Counted(150, first=0))
        await pilot.pause()
        assert rows.selected == 52
        assert shown(app).index("row 52") == at


async def test_the_cursor_goes_to_a_neighbour_when_its_row_is_gone() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 10)) as pilot:
        rows = app.query_one(WindowList)
        rows.set_rows([Row(n, (str(n),)) for n in range(5)])
        await pilot.press("end")
        rows.set_rows([Row(n, (str(n),)) for n in range(4)])
        assert rows.selected == 3


async def test_headings_are_shown_and_never_selected() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 10)) as pilot:
        rows = app.query_one(WindowList)
        rows.set_rows(
            [Row("h", heading=line("late")), Row(1, ("a",)), Row("i", heading=line("today")),
             Row(2, ("b",))]
        )  # fmt: skip
        assert rows.selected == 1
        await pilot.press("down")
        assert rows.selected == 2
        await pilot.press("up", "up")
        assert rows.selected == 1
        assert shown(app)[:4] == ["late", "a", "today", "b"]


async def test_marks_are_kept_by_key() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 10)):
        rows = app.query_one(WindowList)
        rows.set_rows([Row(n, (str(n),)) for n in range(5)])
        rows.toggle_mark()
        rows.toggle_mark()
        assert rows.chosen() == [0, 1]
        rows.set_rows([Row(n, (str(n),)) for n in (4, 1)])
        assert rows.chosen() == [1]


async def test_an_empty_list_says_what_to_press() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 10)):
        rows = app.query_one(WindowList)
        rows.empty = [line("press n")]
        rows.set_rows([])
        assert rows.selected is None
        assert "press n" in shown(app)


def test_names_keep_their_room_in_a_narrow_terminal() -> None:
    rows = WindowList(
        [Column(width=16), Column(width=11), Column(flex=3), Column(width=5), Column(width=4)]
    )
    assert rows.widths(80) == [16, 11, 38, 5, 4]
    assert rows.widths(40) == [16, 11, 9, 0, 0]
    assert rows.widths(30) == [16, 0, 11, 0, 0]
    assert rows.widths(20) == [0, 0, 18, 0, 0]
