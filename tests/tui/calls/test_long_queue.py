"""A queue too long to be ranked between two keys: its first cards stand at once, then all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from opslog.services.book.book import Book, open_book
from opslog.services.calls import calling
from opslog.services.calls.queue import queue as call_queue
from opslog.tui.calls import seen
from opslog.tui.calls.calls import CallsScreen
from opslog.tui.calls.queue import ranking
from tests.conftest import StandingClock
from tests.services.calls.test_calling import salon_tomorrow
from tests.tui.calls.test_calls import opened, queued, shown, touches
from tests.tui.calls.test_ringing import poll
from tests.tui.looking import text, until


@pytest.fixture(autouse=True)
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four people are many, and two of them are the first."""
    monkeypatch.setattr(call_queue, "LONG", 3)
    monkeypatch.setattr(call_queue, "FIRST", 2)
    monkeypatch.setattr(seen, "PAUSE_SECONDS", 0)
    monkeypatch.setattr("opslog.tui.frame.app.POLL_SECONDS", 3600)


async def test_all_of_it_is_shown_and_counted_in_the_end(book: Book) -> None:
    salon_tomorrow(book)
    async with opened(book, (120, 40)) as pilot:
        await until(pilot, "not called 4")
        assert queued(pilot) == ["王志刚", "李娜", "张伟", "陈静"]
        assert "4 of 4 left" in shown(pilot, "#about")
        assert "not called 4" in shown(pilot, "#about")
        assert "ranking" not in shown(pilot, "#about")
        await pilot.press("1", "3")
        await pilot.pause()
        assert touches(book) == [("王志刚", "coming", "phone"), ("李娜", "no_answer", "phone")]
        assert queued(pilot) == ["张伟", "陈静", "李娜"]
        assert "3 of 4 left" in shown(pilot, "#about")
        await pilot.press("u", "u")
        await pilot.pause()
        assert sorted(queued(pilot)) == sorted(["王志刚", "李娜", "张伟", "陈静"])
        assert "王志刚" in shown(pilot)


async def test_the_first_cards_stand_at_once_and_take_an_outcome(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever was called while the others were ranked is not offered again by that."""
    salon_tomorrow(book)
    waiting: list[Any] = []
    monkeypatch.setattr(CallsScreen, "_read", lambda _screen, *asked: waiting.append(asked))
    async with opened(book, (120, 40)) as pilot:
        assert queued(pilot) == ["王志刚", "李娜"]
        assert "ranking 4, the first stand here" in shown(pilot, "#about")
        call, then = waiting[-1]
        found = call.run()  # what stood in the file before the key
        await pilot.press("1")
        await pilot.pause()
        assert touches(book) == [("王志刚", "coming", "phone")]
        screen = pilot.app.screen
        assert isinstance(screen, CallsScreen)
        screen._hand_on(call, then, found)
        await pilot.pause()
        assert queued(pilot) == ["李娜", "张伟", "陈静"]
        assert "李娜" in shown(pilot)


@pytest.fixture
def other(book: Book, clock: StandingClock) -> Iterator[Book]:
    with closing(open_book(book.path, clock=clock)) as second:
        yield second


async def test_an_outcome_of_another_window_moves_the_card_on_before_all_is_ranked(
    book: Book, other: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = salon_tomorrow(book)
    async with opened(book, (120, 40)) as pilot:
        await until(pilot, "not called 4")
        monkeypatch.setattr(CallsScreen, "_read", lambda _screen, *_asked: None)
        calling.record(other, made.cards[0], "reminder", "coming", lane="phone")
        await poll(pilot)
        assert queued(pilot) == ["李娜", "张伟", "陈静"]
        assert "李娜" in shown(pilot)


async def test_until_all_are_ranked_nobody_is_said_to_be_nobody(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    salon_tomorrow(book)
    waiting: list[Any] = []
    monkeypatch.setattr(CallsScreen, "_read", lambda _screen, *asked: waiting.append(asked))
    monkeypatch.setattr(ranking, "first", lambda _which, _book: ranking.Ranked([], {}, [], {}))
    async with opened(book, (120, 40)) as pilot:
        assert "Still looking who is to be called" in text(pilot.app)
        assert "Nobody is to be called" not in text(pilot.app)
        call, then = waiting[-1]
        screen = pilot.app.screen
        assert isinstance(screen, CallsScreen)
        screen._hand_on(call, then, call.run())
        await pilot.pause()
        assert queued(pilot) == ["王志刚", "李娜", "张伟", "陈静"]
