"""Possible twins through the keyboard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from opslog import locale
from opslog.domain.base.refusal import Refused
from opslog.domain.twins.pairs import COMPANY, PERSON
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.twins import search as twin_search
from opslog.services.twins import twins
from opslog.tui.frame.app import OpslogApp
from opslog.tui.frame.bars.bars import StatusBar
from opslog.tui.people.people import PeopleScreen
from opslog.tui.twins.card import TwinCard
from opslog.tui.twins.card_lines import marked
from opslog.tui.twins.twins import TwinsScreen
from opslog.tui.widgets.text import width
from tests.services.lists import Sheet, make_list
from tests.tui.looking import text, until

ROWS = [
    ("王志刚", "北京云岭科技有限公司", "市场总监", "+8613800138000", "wangzg@yunling.example"),
    ("王志钢", "云岭科技", "市场总监", "+8613800138010", ""),
    ("李娜[/red]", "云帆贸易", "经理", "+8613912345678", ""),
    ("李娜[/red]", "云帆贸易", "", "+8613712340000", "\x1b[31m@a.cn"),
]
Press = Pilot[None]


@pytest.fixture
def sheet(book: Book) -> Sheet:
    return make_list(book, ROWS)


@asynccontextmanager
async def at_twins(
    book: Book, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Press, TwinsScreen]]:
    """The screen as it is reached from People, once the search is through."""
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=size) as pilot:
        await pilot.press("f7")
        await pilot.pause()
        await pilot.press("D")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, TwinsScreen)
        yield pilot, screen


async def press(pilot: Press, *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


def shown(screen: TwinsScreen) -> str:
    lines = screen.query_one(TwinCard).lines
    return "\n".join("".join(text for text, _look in spans) for spans in lines)


def said(screen: TwinsScreen) -> str:
    return "".join(text for text, _look in screen.query_one(StatusBar).spans(200))


def living(book: Book) -> list[str]:
    return [
        row[0]
        for row in book.con.execute("SELECT name FROM person WHERE merged_into IS NULL ORDER BY id")
    ]


async def test_two_stand_side_by_side_with_the_reasons(book: Book, sheet: Sheet) -> None:
    async with at_twins(book) as (_pilot, screen):
        card = shown(screen)
        assert "1/2" in card
        assert "● is kept" in card
        assert "○ goes into it" in card
        assert "王志刚" in card
        assert "王志钢" in card
        assert "the names sound the same · the numbers differ by one digit" in card
        assert "Enter  the same: 王志钢 becomes part of 王志刚" in card
        assert said(screen) == " waiting: 2 of people, 1 of companies"


async def test_enter_joins_and_shows_the_next(book: Book, sheet: Sheet) -> None:
    async with at_twins(book) as (pilot, screen):
        await press(pilot, "enter")
        assert living(book) == ["王志刚", "李娜[/red]", "李娜[/red]"]
        assert "One person: 王志钢 is now part of 王志刚" in said(screen)
        assert "2/2" in shown(screen)
        assert "李娜[/red]" in shown(screen)
        assert "[31m" in text(screen.app)
        assert "\x1b" not in shown(screen)


async def test_s_swaps_who_is_kept(book: Book, sheet: Sheet) -> None:
    async with at_twins(book) as (pilot, screen):
        await press(pilot, "4")
        assert "the same: 王志刚 becomes part of 王志钢" in shown(screen)
        await press(pilot, "1")
        assert living(book)[0] == "王志钢"


async def test_different_and_later_by_digits(book: Book, sheet: Sheet) -> None:
    async with at_twins(book) as (pilot, screen):
        await press(pilot, "3")
        assert "Put off: 王志刚 and 王志钢" in said(screen)
        assert "李娜" in shown(screen)
        await press(pilot, "2")
        assert "Nobody is here twice" in shown(screen)
        assert "2 pairs decided, 0 joined" in shown(screen)
        assert "1 pair of companies waits" in shown(screen)
        assert twins.counts(book) == {PERSON: 0, COMPANY: 1}
        assert len(living(book)) == 4


async def test_backspace_takes_a_decision_back(book: Book, sheet: Sheet) -> None:
    async with at_twins(book) as (pilot, screen):
        await press(pilot, "enter", "2", "left", "left")
        assert "1/2" in shown(screen)
        assert "decided: the same" in shown(screen)
        await press(pilot, "enter")  # decided already: nothing happens
        await press(pilot, "backspace")
        assert "Undone: One person" in said(screen)
        assert len(living(book)) == 4
        assert "the same: 王志钢 becomes part of 王志刚" in shown(screen)
        await press(pilot, "backspace")  # then the one decided last
        assert twins.counts(book)[PERSON] == 2
        await press(pilot, "backspace")
        assert "nothing was decided here yet" in said(screen)


async def test_arrows_look_and_decide_nothing(book: Book, sheet: Sheet) -> None:
    async with at_twins(book) as (pilot, screen):
        before = history.count(book)
        await press(pilot, "left")
        assert "this is the first pair" in said(screen)
        await press(pilot, "right")
        assert "2/2" in shown(screen)
        await press(pilot, "right")
        assert "this is the last pair" in said(screen)
        assert history.count(book) == before


async def test_tab_shows_companies_and_folds_them(book: Book, sheet: Sheet) -> None:
    async with at_twins(book) as (pilot, screen):
        await press(pilot, "tab")
        card = shown(screen)
        assert "北京云岭科技有限公司" in card
        assert "the same name but for place, trade and legal form" in card
        await press(pilot, "1")
        keys = {row[0] for row in book.con.execute("SELECT company_key FROM person")}
        assert len(keys) == 2
        assert "No company is here twice" in shown(screen)
        await press(pilot, "u")
        assert "1/1" in shown(screen)
        assert twins.counts(book)[COMPANY] == 1


async def test_a_branch_is_asked_about_as_one(book: Book) -> None:
    make_list(book, [("王志刚", "云岭科技有限公司"), ("李娜", "云岭科技有限公司上海分公司")])
    async with at_twins(book) as (pilot, screen):
        await press(pilot, "tab")
        assert "yes: 云岭科技有限公司上海分公司 is a branch of 云岭科技有限公司" in shown(screen)
        assert "○ its branch" in shown(screen)
        await press(pilot, "4")
        assert "told by its name" in said(screen)
        await press(pilot, "1")
        assert twins.parent(book, "云岭科技上海分公司") == "云岭科技有限公司"


async def test_people_says_how_many_wait(book: Book, sheet: Sheet) -> None:
    twin_search.propose(book)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f7")
        await until(pilot, "2 pairs of people · 1 pair of companies may be one: D")
        assert isinstance(app.screen, PeopleScreen)


async def test_the_key_opens_what_waits(book: Book) -> None:
    """Where only companies wait, the line says so and their pairs are in front."""
    make_list(book, [("王志刚", "云岭科技有限公司"), ("李娜", "云岭科技有限公司上海分公司")])
    twin_search.propose(book)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f7")
        await until(pilot, " 1 pair of companies may be one: D")
        await pilot.press("D")
        await until(pilot, "is a branch of 云岭科技有限公司")


async def test_a_book_without_twins_names_the_next_key(book: Book) -> None:
    async with at_twins(book) as (pilot, screen):
        assert "Nobody is here twice, as far as can be told." in shown(screen)
        assert "Esc" in shown(screen)
        await press(pilot, "escape")
        assert not isinstance(screen.app.screen, TwinsScreen)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_nothing_is_cut_and_columns_hold(
    book: Book, sheet: Sheet, size: tuple[int, int], language: str
) -> None:
    locale.set_language(language)
    async with at_twins(book, size) as (pilot, screen):
        for keys in ([], ["right"], ["tab"]):
            await press(pilot, *keys)
            lines = shown(screen).split("\n")
            assert all(width(line) <= size[0] for line in lines)
            assert len(lines) < size[1] - 3
            assert "2     " in text(screen.app)  # the keys: below, or beside


async def test_a_wide_terminal_shows_what_comes_of_it_and_what_was(
    book: Book, sheet: Sheet
) -> None:
    async with at_twins(book, (120, 40)) as (pilot, screen):
        said = text(screen.app)
        assert "Enter The same" in said
        assert "One of both would be" in said
        assert "+86" not in said
        assert "138 0013 8000  138 0013 8010" in said  # both numbers are kept
        assert "The pairs that follow" in said
        assert "李娜[/red] → 李娜[/red]" in said
        assert "so far" in said
        await press(pilot, "tab", "1")
        assert "one company: " not in text(screen.app)
        assert "Decided in this sitting" in text(screen.app)


def test_what_differs_is_marked_and_width_does_not_count() -> None:
    one, other = marked("王志刚 ＡＢ", "王志钢 ab")
    assert [part for part, look in one if look == "mark"] == ["刚"]
    assert [part for part, look in other if look == "mark"] == ["钢"]
    assert marked("云岭（北京）", "云岭(北京)") == ((("云岭（北京）", ""),), (("云岭(北京)", ""),))
    assert marked("", "云岭") == ((("", ""),), (("云岭", ""),))


async def test_a_change_from_elsewhere_leaves_the_pair_shown(book: Book, sheet: Sheet) -> None:
    async with at_twins(book) as (pilot, screen):
        await press(pilot, "2", "left")
        assert "decided: different" in shown(screen)
        screen.host.broadcast({})
        assert "decided: different" in shown(screen)
        await press(pilot, "right")
        screen.host.broadcast({})
        assert "2/2" in shown(screen)
        assert "李娜" in shown(screen)


async def test_enter_joins_nobody_of_whom_much_differs(book: Book) -> None:
    make_list(
        book,
        [
            ("王志刚", "北京云岭科技有限公司", "总监", "+8613800138000", "wang@yunling.example"),
            ("王志钢", "上海海纳贸易有限公司", "店长", "+8613800138000", "zhi@haina.example"),
        ],
    )
    async with at_twins(book, (120, 40)) as (pilot, screen):
        assert twins.found(book, PERSON)[0].is_doubtful
        await press(pilot, "enter")
        assert "Much differs: Enter joins nobody here. 1 joins them, 2 not" in said(screen)
        assert len(living(book)) == 2
        assert " 1 The same person" in text(screen.app)
        await press(pilot, "1")
        assert len(living(book)) == 1


async def test_what_leaves_is_the_people_of_the_pairs_and_nothing_where_none_waits(
    book: Book, sheet: Sheet
) -> None:
    async with at_twins(book) as (_pilot, screen):
        screen.action_kind()
        assert screen.kind == COMPANY
        assert sorted(map(str, screen.export_shown().scope.keys or ())) == sorted(
            map(str, sheet.people[:2])
        )
        screen.waiting = []
        with pytest.raises(Refused, match="nobody to export"):
            screen.export_shown()
