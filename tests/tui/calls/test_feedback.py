"""Answers passed on, through the keyboard."""

from __future__ import annotations

from opslog.services.book.book import Book
from opslog.services.calls import feedback
from opslog.tui.calls.feedback import FeedbackScreen
from opslog.tui.calls.pass_on import PassOnScreen
from opslog.tui.frame.app import OpslogApp
from tests.services.calls.test_feedback import said, waits
from tests.tui import looking


async def test_what_was_said_is_copied_and_passed_on(book: Book) -> None:
    said(book)
    async with OpslogApp(book, demo=True).run_test(size=(120, 40)) as pilot:
        await looking.press(pilot, "f6")
        assert "Said, nobody told yet" in looking.text(pilot.app)
        await looking.press(pilot, "A")
        assert isinstance(pilot.app.screen, FeedbackScreen)
        assert "speaker 3   sales 1" in looking.text(pilot.app)
        await looking.press(pilot, "tab", "tab", "tab", "y")  # product, speaker, sales
        assert pilot.app.clipboard == feedback.text(feedback.gathered(book, concerns="sales"))
        await looking.press(pilot, "d", "=销售群", "enter")
        assert waits(book) == {"speaker": 3}
        assert "Nothing is waiting" in looking.text(pilot.app)
        await looking.press(pilot, "o")
        assert "✓ 销售群" in looking.text(pilot.app)
        await looking.press(pilot, "u")
        assert waits(book) == {"speaker": 3, "sales": 1}


async def test_it_waits_beside_those_who_declined(book: Book) -> None:
    said(book)
    async with OpslogApp(book, demo=True).run_test(size=(80, 24)) as pilot:
        await looking.press(pilot, "f6", "2", "enter", "P")
        assert isinstance(pilot.app.screen, PassOnScreen)
        assert "3 answers" in looking.line_with(pilot.app, "for speaker")
        await looking.press(pilot, "down", "y")
        assert "cases 2" in pilot.app.clipboard
        await looking.press(pilot, "d", "=老周", "enter")
        assert waits(book) == {"sales": 1}
        assert "王志刚" in looking.text(pilot.app)
        await looking.press(pilot, "A")
        assert isinstance(pilot.app.screen, FeedbackScreen)


async def test_of_one_event(book: Book) -> None:
    said(book)
    async with OpslogApp(book, demo=True).run_test(size=(80, 24)) as pilot:
        await looking.press(pilot, "f4", "A")
        assert isinstance(pilot.app.screen, FeedbackScreen)
        assert "上海沙龙" in looking.text(pilot.app)
        assert "现场演示" in looking.text(pilot.app)
