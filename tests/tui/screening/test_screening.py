"""Screening through the keyboard: what the eye sees, and what is in the file."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from textual import events
from textual.pilot import Pilot

from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.people import card as person_card
from opslog.services.screening import rounds
from opslog.tui.frame.app import OpslogApp
from opslog.tui.frame.bars.bars import StatusBar
from opslog.tui.screening.card import ScreeningCardView
from opslog.tui.screening.screening import ScreeningScreen
from tests.conftest import StandingClock
from tests.services.lists import Sheet, make_list
from tests.tui.screening.conftest import ROWS

Press = Pilot[None]


@asynccontextmanager
async def at_work(
    book: Book, sheet: Sheet, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Press, ScreeningScreen]]:
    """The tidy round of the list, opened through the list of lists."""
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=size) as pilot:
        await pilot.press("f5")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ScreeningScreen)
        yield pilot, screen


def shown(screen: ScreeningScreen) -> str:
    """Every line of the card, as text."""
    lines = screen.query_one(ScreeningCardView).lines
    return "\n".join("".join(text for text, _look in spans) for spans in lines)


def counted(screen: ScreeningScreen) -> dict[str, int]:
    """The bars at the end of a round: label and number."""
    return {
        found[1].strip(): int(found[2])
        for found in re.finditer(r"^ ([^█▏\n]+?) +[█▏▎▍▌▋▊▉]+ +(\d+)", shown(screen), re.M)
    }


def said(screen: ScreeningScreen) -> str:
    return "".join(text for text, _look in screen.query_one(StatusBar).spans(200))


def on_disk(book: Book) -> list[tuple[str, str, str]]:
    """What a second connection reads: name, verdict, reason of each entry."""
    con = sqlite3.connect(book.path)
    rows = con.execute(
        "SELECT p.name, d.verdict, d.reason FROM decision d JOIN card c ON c.id=d.card_id"
        " JOIN person p ON p.id=c.person_id ORDER BY d.id"
    ).fetchall()
    con.close()
    return rows


def name_shown(screen: ScreeningScreen) -> str:
    """Whose card is on screen; '' at the end of the round."""
    view = screen.query_one(ScreeningCardView).view
    return "" if view is None else view.card.person.name


async def test_one_key_decides_and_shows_the_next(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        assert name_shown(screen) == "王志刚"
        assert "5 left of 5" in shown(screen)
        await pilot.press("2")
        assert on_disk(book) == [("王志刚", "drop", "competitor")]
        assert name_shown(screen) == "李娜"
        assert "4 left of 5" in shown(screen)
        assert "✗ 王志刚: competitor   ⌫ take back" in shown(screen)
        assert "Dropped 王志刚: competitor" in said(screen)
        await pilot.press("enter")
        assert on_disk(book)[-1] == ("李娜", "keep", "")
        assert name_shown(screen) == "测试"


async def test_a_verdict_is_in_the_file_before_the_card_advances(
    book: Book, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whenever another row is drawn, a second connection already reads the verdict on the last."""
    seen: list[tuple[str, list[tuple[str, str, str]]]] = []
    draw = ScreeningScreen._show

    def looked_at(self: ScreeningScreen, card_id: int | None) -> None:
        seen.append((str(card_id), on_disk(book)))
        draw(self, card_id)

    monkeypatch.setattr(ScreeningScreen, "_show", looked_at)
    async with at_work(book, sheet) as (pilot, _screen):
        await pilot.press("1", "enter", "8")
    drawn = [(card, len(rows)) for card, rows in seen]  # one may be drawn again in passing
    assert list(dict.fromkeys(drawn)) == [("1", 0), ("2", 1), ("3", 2), ("4", 3)]


@pytest.mark.parametrize("digit", range(1, 9))
async def test_every_digit_drops_for_its_reason(book: Book, sheet: Sheet, digit: int) -> None:
    codes = [
        *("colleague", "competitor", "partner", "made_up"),
        *("not_target", "unreachable", "duplicate", "declined"),
    ]
    async with at_work(book, sheet) as (pilot, screen):
        title = own_kinds.shipped_reasons().title(codes[digit - 1]).english()
        assert re.search(rf"{digit} +{title} ", shown(screen))  # the reasons stay on screen
        await pilot.press(str(digit))
        assert on_disk(book) == [("王志刚", "drop", codes[digit - 1])]


async def test_nine_opens_a_typed_list(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("9")
        await pilot.pause()
        await pilot.press(*"sup", "enter")
        await pilot.pause()
        assert on_disk(book) == [("王志刚", "drop", "supplier")]
        assert name_shown(screen) == "李娜"
        await pilot.press("9")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert len(on_disk(book)) == 1
        assert name_shown(screen) == "李娜"


async def test_parked_rows_come_back_at_the_end(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("0", "enter", "enter")
        assert "3 left of 5" in shown(screen)
        assert re.search(r"0 +park +1\n", shown(screen))
        await pilot.press("enter", "enter")
        assert name_shown(screen) == "王志刚"
        await pilot.press("enter")
        assert name_shown(screen) == ""
        assert "all rows are decided" in shown(screen)


async def test_tab_takes_the_suggestion(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("tab")  # nothing is suggested: nothing is decided
        assert on_disk(book) == []
        assert "nothing is suggested" in said(screen)
        await pilot.press("enter", "enter")
        assert "drop: made up  name has “测试”" in shown(screen)
        await pilot.press("tab")
        assert on_disk(book)[-1] == ("测试", "drop", "made_up")
        entry = rounds.decisions(book, sheet.roster_id)[0].decision
        assert entry.by == "made-up name"


async def test_star_does_the_same_for_the_company(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("2")
        assert "* 2 more of 深蓝软件有限公司: competitor" in shown(screen)
        await pilot.press("asterisk")
        assert [name for name, verdict, _ in on_disk(book) if verdict == "drop"] == [
            "王志刚",
            "李娜",
            "赵敏",
        ]
        assert name_shown(screen) == "测试"
        assert "2 more of" not in shown(screen)
        await pilot.press("u")
        await pilot.pause()
        assert len(on_disk(book)) == 1
        assert "2 more of" in shown(screen)


async def test_star_without_anybody_else_only_says_so(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("asterisk")
        assert "decide a row first" in said(screen)
        await pilot.press("right", "right", "enter", "asterisk")
        assert "nobody else of 云帆科技 is undecided here" in said(screen)
        assert len(on_disk(book)) == 1


async def test_the_palette_knows_the_reasons(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"competitor", "enter")
        await pilot.pause()
        assert on_disk(book) == [("王志刚", "drop", "competitor")]
        assert name_shown(screen) == "李娜"


async def test_arrows_look_without_deciding(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("left")
        assert "first row" in said(screen)
        await pilot.press("2", "left")
        assert name_shown(screen) == "王志刚"
        assert "dropped: competitor" in shown(screen)
        await pilot.press("right", "right", "right")
        assert name_shown(screen) == "赵敏"
        assert len(on_disk(book)) == 1
        await pilot.press("enter")  # and deciding goes on to what is open behind it
        assert name_shown(screen) == "Ute Meyer"
        await pilot.press("enter")  # then to what was passed over
        assert name_shown(screen) == "李娜"


async def test_backspace_makes_the_row_undecided_again(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("2", "left", "backspace")
        assert [v for _, v, _ in on_disk(book)] == ["drop", "undecided"]
        assert name_shown(screen) == "王志刚"
        assert "5 left" in shown(screen)
        await pilot.press("backspace")
        assert len(on_disk(book)) == 2


async def test_backspace_on_an_open_row_takes_back_the_last_verdict(
    book: Book, sheet: Sheet
) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("backspace")
        assert "this row is undecided" in said(screen)
        await pilot.press("2")
        assert "✗ 王志刚: competitor   ⌫ take back" in shown(screen)
        await pilot.press("backspace")
        assert [v for _, v, _ in on_disk(book)] == ["drop", "undecided"]
        assert name_shown(screen) == "王志刚"
        assert "take back" not in shown(screen)


async def test_undo_shows_the_row_taken_back(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("2", "enter", "u")
        await pilot.pause()
        assert name_shown(screen) == "李娜"
        assert "4 left" in shown(screen)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert name_shown(screen) == "王志刚"
        assert on_disk(book) == []
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert on_disk(book) == [("王志刚", "drop", "competitor")]


async def test_full_width_keys_count_and_chinese_says_so(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("２")
        assert on_disk(book) == [("王志刚", "drop", "competitor")]
        # The pilot knows no name for ＊ and would drop the character.
        pilot.app.post_message(events.Key("fullwidth_asterisk", "＊"))
        await pilot.pause()
        assert len(on_disk(book)) == 3
        await pilot.press("的")
        assert len(on_disk(book)) == 3
        assert "input method" in said(screen)


async def test_words_that_are_no_reason_yet_make_a_new_one(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, _screen):
        await pilot.press("9", *"frozen")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert on_disk(book) == [("王志刚", "drop", "own_1")]
        assert str(own_kinds.reasons(book).title("own_1")) == "frozen"
        await pilot.press("9", *"frozen", "enter")
        await pilot.pause()
        assert on_disk(book)[-1] == ("李娜", "drop", "own_1")


async def test_a_call_back_is_promised_only_where_there_will_be_one(
    book: Book, clock: StandingClock
) -> None:
    coming = make_list(book, ROWS[:2], ends_ago=timedelta(days=-3))
    async with at_work(book, coming) as (pilot, screen):
        await pilot.press("enter", "4")
        assert "and the event is over, the first call-back can begin: F6" in shown(screen)
        clock.move_to(clock.instant + timedelta(days=4))
        await pilot.press("left", "right")
        assert "Once it is closed, the first call-back can begin: F6" in shown(screen)
        await pilot.press("left", "left", "4")
        assert "call-back" not in shown(screen)  # nobody is left to call


async def test_the_person_is_completed_from_the_card(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("t")
        await pilot.pause()
        await pilot.press(*"VIP", "enter")
        await pilot.pause()
        await pilot.press("w")
        await pilot.press("m")
        await pilot.pause()
        await pilot.press(*"met", "enter")
        await pilot.pause()
        person = person_card.get(book, sheet.people[0])
        assert (person.tags, person.wecom, person.note) == (("VIP",), True, "met")
        assert name_shown(screen) == "王志刚"
        for words in ("#VIP", "on WeCom", "note: met"):
            assert words in shown(screen)
        await pilot.press("w")
        assert person_card.get(book, sheet.people[0]).wecom is False
        await pilot.press("i")
        await pilot.pause()
        assert type(pilot.app.screen).__name__ == "PersonScreen"
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("enter")
        assert name_shown(screen) == "李娜"
