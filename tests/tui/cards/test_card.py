"""A person's card, by its keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.people import card as person_card
from opslog.tui.calls.card.qr import QrScreen
from opslog.tui.cards.card import PersonScreen
from opslog.tui.daybook.capture import CaptureScreen
from opslog.tui.daybook.task import TaskScreen
from opslog.tui.frame.app import OpslogApp
from opslog.tui.frame.navigation import open_screen
from tests.services.calls.test_calling import PEOPLE, salon_last_week, salon_tomorrow
from tests.services.lists import make_list
from tests.tui.looking import line_with, press, text, until


@asynccontextmanager
async def opened(
    book: Book, person_id: int, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[Any]]:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=size, notifications=True) as pilot:
        open_screen(app, "person", person_id)
        await pilot.pause()
        yield pilot


def touches(book: Book) -> list[tuple[str, str]]:
    return [tuple(row) for row in book.con.execute("SELECT purpose, outcome FROM touch")]


async def test_what_is_due_stands_on_top_and_a_digit_logs_it(book: Book) -> None:
    made = salon_tomorrow(book)
    async with opened(book, made.people[0]) as pilot:
        assert "now  Reminder · 上海沙龙" in text(pilot.app)
        await press(pilot, "1")
        assert touches(book) == [("reminder", "coming")]
        assert "No call and no follow-up is due with this person." in text(pilot.app)
        await press(pilot, "u")
        assert touches(book) == []
        assert "now  Reminder · 上海沙龙" in text(pilot.app)


async def test_a_promised_time_says_how_long_it_is_until_then(book: Book) -> None:
    made = salon_tomorrow(book)
    when = book.now() + timedelta(hours=2, minutes=30)
    calling.record(book, made.cards[0], "reminder", "call_back", lane="phone", when=when)
    async with opened(book, made.people[0], (120, 40)) as pilot:
        assert "in 2 h 30 min" in line_with(pilot.app, "◷ Mon 11-23 11:30")


async def test_whoever_stands_in_no_queue_is_called_for_no_event(book: Book) -> None:
    made = make_list(book, PEOPLE[:1], ends_ago=timedelta(days=40))
    async with opened(book, made.people[0], (120, 40)) as pilot:
        await press(pilot, "4", "=10", "enter")
        assert touches(book) == [("callback-1", "call_back")]
        row = book.con.execute("SELECT text, due_at, person_id FROM follow_up").fetchone()
        assert tuple(row) == ("Call 王志刚", "2026-11-23T02:00:00Z", made.people[0])
        assert "◷" not in text(pilot.app)
        assert "to do: Call 王志刚" in text(pilot.app)
        assert "Called 王志刚: call back (10:00)" in text(pilot.app)
        await press(pilot, "u")
        assert book.con.execute("SELECT count(*) FROM follow_up").fetchone()[0] == 0
        assert person_card.get(book, made.people[0]).last_contact_at is None


async def test_a_reason_is_asked_for_here_too(book: Book) -> None:
    made = salon_tomorrow(book)
    async with opened(book, made.people[0]) as pilot:
        await press(pilot, "2", "2", "enter")
        row = book.con.execute("SELECT outcome, reason FROM touch").fetchone()
        assert tuple(row) == ("not_coming", "travel")


async def test_the_next_and_the_one_before_of_the_list(book: Book) -> None:
    salon_tomorrow(book)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f7", "enter")
        assert "People   1 / 4" in text(app)
        assert "陈静" in text(app)
        await press(pilot, "right_square_bracket", "right_square_bracket")
        assert "People   3 / 4" in text(app)
        assert "李娜" in text(app)
        await press(pilot, "left_square_bracket", "left_square_bracket", "left_square_bracket")
        assert "The list begins here" in text(app)
        assert "陈静" in text(app)


async def test_a_card_of_no_list_says_so(book: Book) -> None:
    made = salon_tomorrow(book)
    async with opened(book, made.people[0]) as pilot:
        await press(pilot, "right_square_bracket")
        assert "was not opened from a list" in text(pilot.app)


@pytest.mark.parametrize(("key", "screen"), [("a", CaptureScreen), ("r", TaskScreen)])
async def test_a_line_and_a_follow_up_begin_with_the_name(
    book: Book, key: str, screen: type[CaptureScreen]
) -> None:
    made = salon_tomorrow(book)
    async with opened(book, made.people[0]) as pilot:
        await press(pilot, key, "=PPT", "enter")
        assert isinstance(pilot.app.screen, PersonScreen)
        assert "PPT" in text(pilot.app)
        await press(pilot, key)
        assert isinstance(pilot.app.screen, screen)


async def test_the_qr_code_of_the_number(book: Book) -> None:
    made = salon_tomorrow(book)
    async with opened(book, made.people[0]) as pilot:
        await press(pilot, "c")
        assert isinstance(pilot.app.screen, QrScreen)


async def test_the_time_line_stands_by_events_with_the_company_beside(book: Book) -> None:
    made = salon_last_week(book, 0)
    colleague = ("赵敏", "万科企业", "行政", "+8613800139999", "")
    make_list(book, [colleague], event="上海沙龙", ends_ago=-timedelta(days=3))
    calling.record(book, made.cards[0], "callback-1", "interested", lane="phone")
    async with opened(book, made.people[0], (120, 40)) as pilot:
        shown = text(pilot.app)
        assert shown.index("○ 北京大会") < shown.rindex("call-back 1, phone: interested")
        assert "2 others" in line_with(pilot.app, "Same company")
        assert "signed up" in line_with(pilot.app, "赵敏  行政")
        assert "手机  +8613800138000" in shown


async def test_who_is_not_to_be_called_says_why(book: Book) -> None:
    made = salon_tomorrow(book)
    async with opened(book, made.people[0], (120, 40)) as pilot:
        await press(pilot, "S")
        assert "not to be called since 2026-11-23" in text(pilot.app)
        await press(pilot, "1")
        assert touches(book) == []


async def test_who_is_coming_rings_to_cancel(book: Book) -> None:
    """0, then 2: the digits are those of the event to come, though nobody is to be called."""
    made = salon_tomorrow(book)
    calling.record(book, made.cards[0], "reminder", "coming", lane="phone")
    async with opened(book, made.people[0], (120, 40)) as pilot:
        assert "Log a call: reminder · 上海沙龙" in text(pilot.app)
        await press(pilot, "0")
        assert "They called (reminder · 上海沙龙)" in text(pilot.app)
        await press(pilot, "2", "enter")
        assert touches(book)[-1] == ("reminder", "not_coming")


async def test_what_else_can_come_of_a_call_is_in_the_list_behind_9(book: Book) -> None:
    made = salon_tomorrow(book)
    async with opened(book, made.people[0]) as pilot:
        await press(pilot, "9", "=interested", "enter")
        assert touches(book) == [("callback-1", "interested")]


async def test_who_comes_instead_and_whom_they_bring_from_a_card(book: Book) -> None:
    made = salon_tomorrow(book)
    async with opened(book, made.people[0]) as pilot:
        await press(pilot, "plus", "2", "enter")
        row = book.con.execute("SELECT guests FROM card WHERE id=?", (made.cards[0],)).fetchone()
        assert row[0] == 2
        await press(pilot, "I", "=孙悦 云帆科技", "enter")
        assert "孙悦 comes instead of 王志刚" in text(pilot.app)
        await press(pilot, "I")
        await until(pilot, "王志刚 is not signed up for an event to come")


async def test_they_are_asked_on_the_list_of_people_too(book: Book) -> None:
    made = salon_tomorrow(book)
    async with opened(book, made.people[0]) as pilot:
        await press(pilot, "f7", "slash", "=王志刚", "down", "plus", "2", "enter")
        row = book.con.execute("SELECT guests FROM card WHERE id=?", (made.cards[0],)).fetchone()
        assert row[0] == 2
        await press(pilot, "I", "=孙悦 云帆科技", "enter")
        assert "孙悦 comes instead of 王志刚" in text(pilot.app)
        await press(pilot, "plus")
        await until(pilot, "王志刚 is not signed up for an event to come")
