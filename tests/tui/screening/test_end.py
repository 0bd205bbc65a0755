"""The end of a round: what it shows and asks, and how it is closed and opened again."""

from __future__ import annotations

from datetime import timedelta
from math import inf

from opslog.services.book.book import Book
from opslog.services.screening import rounds
from tests.conftest import StandingClock
from tests.services.lists import Sheet
from tests.tui.looking import text as screen_text
from tests.tui.screening.conftest import ROWS
from tests.tui.screening.test_screening import at_work, counted, name_shown, on_disk, said, shown


async def test_the_end_asks_and_no_fast_key_answers(book: Book, sheet: Sheet) -> None:
    """Whoever holds Enter down comes to rest at the counts."""
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("4", *["enter"] * 12)
        assert "all rows are decided" in shown(screen)
        assert counted(screen) == {"kept": 4, "dropped": 1, "4 made up": 1}
        assert "close it and open the next: screening 1" in shown(screen)
        assert [r.number for r in rounds.rounds_of(book, sheet.roster_id)] == [0]
        await pilot.press("n")
        await pilot.pause()
        found = rounds.rounds_of(book, sheet.roster_id)
        assert [(r.number, r.open) for r in found] == [(0, False), (1, True)]
        assert "Screening 1" in shown(screen)
        assert "4 left of 4" in shown(screen)
        lines = [row["text"] for row in book.con.execute("SELECT text FROM log")]
        assert lines == ["上海沙龙: tidy closed, 4 kept, 1 dropped (made up 1)"]


async def test_the_end_shows_who_was_dropped_and_for_what(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("4", *["enter"] * 4, "4")  # the last one held too long
        assert "The round is at its end" in said(screen)
        screen._pressed = -inf  # a moment later
        await pilot.press("4")
        await pilot.pause()
        assert "Dropped: made up" in screen_text(screen.app)
        await pilot.press("enter")
        await pilot.pause()
        assert name_shown(screen) == "王志刚"
        assert len(on_disk(book)) == 5
        await pilot.press(*["right"] * 5)
        screen._pressed = -inf
        await pilot.press("2")
        await pilot.pause()
        assert "nobody was dropped in this round: competitor" in said(screen)


async def test_the_end_says_how_long_it_took_and_what_comes_next(
    book: Book, sheet: Sheet, clock: StandingClock
) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        for key in ("4", *["enter"] * 4):
            clock.move_to(clock.instant + timedelta(seconds=30))
            await pilot.press(key)
        assert "took 2 min, 2 rows a minute" in shown(screen)
        assert "First in the next round" in shown(screen)
        assert "李娜" in shown(screen)
        assert "王志刚" not in shown(screen)  # who was dropped does not go on


async def test_enter_pressed_for_the_end_goes_on_to_the_next_round(
    book: Book, sheet: Sheet
) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press(*["enter"] * 5)
        screen._pressed = -inf  # a moment later
        await pilot.press("enter")
        await pilot.pause()
        assert "Screening 1" in shown(screen)


async def test_closing_alone_and_opening_again(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press(*["enter"] * 5, "ctrl+d")
        await pilot.pause()
        assert "this round is closed" in shown(screen)
        assert not rounds.rounds_of(book, sheet.roster_id)[0].open
        await pilot.press("enter", "1")
        assert len(on_disk(book)) == 5
        await pilot.press("backspace")
        await pilot.pause()
        assert rounds.rounds_of(book, sheet.roster_id)[0].open
        await pilot.press("u")
        await pilot.pause()
        assert not rounds.rounds_of(book, sheet.roster_id)[0].open
        assert "this round is closed" in shown(screen)


async def test_closing_early_asks_first(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("enter", "n")
        assert "4 rows are left" in said(screen)
        await pilot.press("d")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert rounds.rounds_of(book, sheet.roster_id)[0].open
        await pilot.press("d")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert not rounds.rounds_of(book, sheet.roster_id)[0].open
        assert counted(screen) == {"kept": 1, "undecided": 4}


async def test_a_closed_tidy_promises_nothing_that_is_already_so(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press(*["enter"] * len(ROWS))
        assert "Once it is closed" in shown(screen)
        await pilot.press("d")
        await pilot.pause()
        assert "this round is closed" in shown(screen)
        assert "Once it is closed" not in shown(screen)
