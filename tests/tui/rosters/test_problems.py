"""Problems, through the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from opslog.domain.rosters.problems import Problem
from opslog.services.book.book import Book
from opslog.services.imports import imports
from opslog.services.rosters import problems as roster_problems
from opslog.tui.frame.app import OpslogApp
from opslog.tui.widgets.lists.window_list import WindowList
from tests.services.rosters.test_problems import TEXT, lines
from tests.services.rosters.test_rosters import make_event
from tests.tui.looking import line_with, press, text, until


@pytest.fixture
def roster(book: Book, tmp_path: Path) -> int:
    path = tmp_path / "名单.csv"
    path.write_text(TEXT, encoding="utf-8")
    return imports.load(book, path, make_event(book, "上海沙龙")).roster


async def test_rows_are_mended_one_after_the_other(book: Book, roster: int) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "f5", "p")
        assert "3 rows to look at" in text(app)
        assert "phone cut short or mistyped" in line_with(app, "    2 ")
        assert "1.38E+10" in line_with(app, "手机号")
        await press(pilot, "enter")
        await until(pilot, "Line 2 of 名单.csv")
        await press(pilot, "=13800138000", "enter")
        await until(pilot, "2 rows to look at")
        assert "乙公司" in line_with(app, "公司  ")
        await press(pilot, "right_square_bracket", "0")
        await until(pilot, "1 row to look at")
        assert lines(book) == [3]
        await press(pilot, "home", "u")
        await until(pilot, "2 rows to look at")
        back = app.screen.query_one(WindowList)
        assert back.selected == roster_problems.waiting(book).ids(1, 2)[0]  # what came back
        await press(pilot, "home")
        await press(pilot, "0", "0")
        await until(pilot, "Every row was understood, or looked at.")


async def test_what_is_still_nobody_is_refused(book: Book, roster: int) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "f5", "v", "2", "down", "enter")
        assert "乙公司" in line_with(app, "公司  ")
        await press(pilot, "enter")
        await until(pilot, "Line 3 of 名单.csv")
        await press(pilot, "tab", "tab", "tab", "tab", "=CEO", "enter")
        await until(pilot, "still nobody")
        assert roster_problems.waiting(book).count() == 3


async def test_a_value_that_is_not_understood_loses_nothing_typed(book: Book, roster: int) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "f5", "p", "enter")
        await until(pilot, "Line 2 of 名单.csv")
        await press(pilot, "ctrl+u", "=abc", "tab", "tab", "tab", "=总监", "tab", "=上海", "enter")
        await until(pilot, "Phone: “abc” can't be read; type it again")
        assert "总监" in line_with(app, "Title")
        assert "上海" in line_with(app, "City")
        assert app.focused is not None
        assert app.focused.id == "field-phone"
        await press(pilot, "ctrl+u", "=13800138000", "enter")
        await until(pilot, "2 rows to look at")
    person = book.con.execute("SELECT phone, title, city FROM person WHERE name='王志刚'")
    assert tuple(person.fetchone()) == ("+8613800138000", "总监", "上海")


async def test_thousands_of_rows_are_gone_through_where_the_cursor_is(
    book: Book, tmp_path: Path
) -> None:
    """Only the rows on screen are read; mending goes on to the next row of the file."""
    many = 3_000
    path = tmp_path / "long.csv"
    path.write_text(
        "姓名,手机号\n" + "".join(f"王{n},1.38E+10\n" for n in range(many)), encoding="utf-8"
    )
    imports.load(book, path, make_event(book, "上海沙龙"))
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        read: list[int] = []
        real = roster_problems.rows

        def counted(book: Book, ids: Sequence[int]) -> list[Problem]:
            read.append(len(ids))
            return real(book, ids)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(roster_problems, "rows", counted)
            await press(pilot, "f5", "p")
            assert "3,000 rows to look at" in text(app)
            await press(pilot, "G")
            assert line_with(app, " 3001 ")
        assert max(read) <= 64
        await press(pilot, "home", *["pagedown"] * 20, "0")
        await until(pilot, "2,999 rows to look at")
        cursor = app.screen.query_one(WindowList).cursor
        first, then = roster_problems.waiting(book).ids(cursor, cursor + 2)
        assert app.screen.query_one(WindowList).selected == first
        await press(pilot, "enter", "=13800138000", "enter")
        await until(pilot, "2,998 rows to look at")
        assert app.screen.query_one(WindowList).selected == then
        await press(pilot, "u")
        await until(pilot, "2,999 rows to look at")
        assert app.screen.query_one(WindowList).selected == first  # it came back


async def test_beside_the_list_stands_the_row_with_its_wrong_cell_and_what_to_do(
    book: Book, roster: int
) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "f5", "p")
        assert "! phone cut short or mistyped" in text(app)
        assert "hidden by stars" in text(app)
        assert "! 手机号" in line_with(app, "1.38E+10")
        assert "! Phone" in line_with(app, "Phone  ")  # understood: none
        assert "Enter Mend" in line_with(app, " Enter Mend ").strip()
        await press(pilot, "down")
        assert "1.38E+10" not in text(app)
