"""A round in two windows, undone elsewhere, or on a slow disk."""

from __future__ import annotations

import pytest

from opslog.services.book.book import Book, Change, open_book
from opslog.services.screening import rounds
from tests.conftest import StandingClock
from tests.services.lists import Sheet
from tests.tui.screening.test_screening import at_work, name_shown, on_disk, shown


async def test_what_another_window_decides_shows(
    book: Book, sheet: Sheet, clock: StandingClock
) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("right")
        other = open_book(book.path, clock=clock, session="other")
        rounds.decide(other, screen.round_id, sheet.cards[0], "keep")
        rounds.decide(other, screen.round_id, sheet.cards[4], "keep")
        other.close()
        screen.refresh_rows({})
        assert "3 left" in shown(screen)
        assert name_shown(screen) == "李娜"


async def test_the_card_stays_when_another_window_decides_one(
    book: Book, sheet: Sheet, clock: StandingClock
) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        await pilot.press("right", "right")
        before = name_shown(screen)
        other = open_book(book.path, clock=clock, session="other")
        rounds.decide(other, screen.round_id, sheet.cards[4], "keep")
        other.close()
        screen.refresh_rows({})
        assert "4 left" in shown(screen)
        assert name_shown(screen) == before


async def test_a_round_that_is_undone_leaves_the_screen(book: Book, sheet: Sheet) -> None:
    async with at_work(book, sheet) as (pilot, _screen):
        await pilot.press("u")
        await pilot.pause()
        assert type(pilot.app.screen).__name__ == "RostersScreen"
        assert rounds.rounds_of(book, sheet.roster_id) == []


async def test_a_refused_verdict_stays_on_its_card(
    book: Book, sheet: Sheet, clock: StandingClock
) -> None:
    async with at_work(book, sheet) as (pilot, screen):
        other = open_book(book.path, clock=clock, session="other")
        rounds.close_round(other, screen.round_id, force=True)
        other.close()
        await pilot.press("2")
        await pilot.pause()
        assert on_disk(book) == []
        assert any("open it again" in n.message for n in pilot.app._notifications)


async def test_slow_commits_lose_and_reorder_nothing(
    book: Book, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys typed while a commit is under way wait for it, in order."""
    import time

    decide = rounds.decide

    def slow(*args: object, **more: object) -> Change:
        time.sleep(0.05)
        return decide(*args, **more)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(rounds, "decide", slow)
    async with at_work(book, sheet) as (pilot, _screen):
        await pilot.press("1", "enter", "3", "0", "5")
        assert on_disk(book) == [
            ("王志刚", "drop", "colleague"),
            ("李娜", "keep", ""),
            ("测试", "drop", "partner"),
            ("赵敏", "park", ""),
            ("Ute Meyer", "drop", "not_target"),
        ]
