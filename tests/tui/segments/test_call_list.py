"""A call list of whom one looks at: one key on People, on lists, at the door and on a card."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog.domain.events.events import EventDraft
from opslog.services.book.book import Book
from opslog.services.calls.attendance import guests
from opslog.services.calls.queue import queue as call_queue
from opslog.services.events import events
from opslog.tui.calls.attendance.attendance import AttendanceScreen
from tests.services.lists import Sheet, make_list
from tests.tui.looking import press, text, until
from tests.tui.people.test_people import ROWS, opened


@pytest.fixture
def sheet(book: Book) -> Sheet:
    return make_list(book, ROWS)


def queued(book: Book) -> list[tuple[str, str]]:
    return sorted((line.event, line.person) for line in call_queue.queue(book))


async def test_who_is_found_becomes_a_list_that_f6_calls(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f7") as (pilot, app):
        await press(pilot, "l")
        await until(pilot, "That would be everybody")
        await press(pilot, "slash", "=云帆", "down", "l")
        await until(pilot, "1 interested")
        assert "1 person" in text(app)
        await press(pilot, "enter")
        await until(pilot, "Call list 云帆: 1 person. F6 calls")
        assert queued(book) == [("云帆", "李娜")]
        await press(pilot, "f6")
        await until(pilot, "Phone · call-back 1")
        assert "云帆" in text(app)
        await press(pilot, "u", "f7", "u")
    assert queued(book) == []


async def test_the_marked_and_their_words_purpose_and_days(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f7") as (pilot, _app):
        await press(pilot, "space", "down", "space", "l", "=老朋友", "tab", "3")
        await until(pilot, "1 coming")
        await press(pilot, "tab", "tab", "=您好{person}", "tab", "=tomorrow", "enter")
        await until(pilot, "Call list 老朋友: 2 people")
    assert queued(book) == []
    found = call_queue.queue(book, later=True)
    assert [line.purpose for line in found] == ["invitation"] * 2


async def test_of_a_list_those_kept_and_its_days_changed(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f5") as (pilot, _app):
        await press(pilot, "e")
        await until(pilot, "This is no call list")
        await press(pilot, "l")
        await until(pilot, "上海沙龙: a list of whom?")
        await press(pilot, "enter", "1", "enter")  # nobody is kept yet: all who are still in
        await until(pilot, "Call list 上海沙龙 · still on the list")
        await press(pilot, "end", "e", "=沙龙老客户", "enter")
        await until(pilot, "沙龙老客户")
    assert {event for event, _person in queued(book)} == {"沙龙老客户"}


async def test_at_the_door_a_list_is_of_whom_is_shown(book: Book, sheet: Sheet) -> None:
    guests.mark_many_attended(book, sheet.event_id, sheet.cards[:2], False)
    guests.mark_attended(book, sheet.cards[2], True)
    async with opened(book, "f6") as (pilot, app):
        await app.push_screen(AttendanceScreen(sheet.event_id))
        await press(pilot, "slash", "=ln", "tab", "l")
        await until(pilot, "we missed you")
        await press(pilot, "enter")
        assert queued(book) == [("上海沙龙 · did not come", "李娜")]
        await press(pilot, "slash", "escape", "v", "v", "l", "enter")  # those who came
        await until(pilot, "Call list 上海沙龙 · 1 person")
    assert len(queued(book)) == 2


async def test_who_did_not_come_gets_what_they_missed(book: Book, sheet: Sheet) -> None:
    guests.mark_many_attended(book, sheet.event_id, sheet.cards[:2], False)
    guests.mark_attended(book, sheet.cards[2], True)
    async with opened(book, "f6") as (pilot, app):
        await app.push_screen(AttendanceScreen(sheet.event_id))
        await press(pilot, "l")
        await until(pilot, "Words")
        assert "we missed you" in text(app)
        await press(pilot, "enter")
        await until(pilot, "上海沙龙 · did not come: 2 people")
    assert queued(book) == [("上海沙龙 · did not come", name) for name in ("李娜", "王志刚")]


async def test_one_person_by_their_card(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f7") as (pilot, _app):
        await press(pilot, "slash", "=李娜", "enter", "l", "enter")
        await until(pilot, "Call list 李娜: 1 person")
    assert queued(book) == [("李娜", "李娜")]


async def test_the_door_says_why_nobody_stands_there_and_offers_only_what_answers(
    book: Book, sheet: Sheet
) -> None:
    async with opened(book, "f6") as (pilot, app):
        await app.push_screen(AttendanceScreen(sheet.event_id))
        await pilot.resize_terminal(200, 30)
        await until(pilot, "+ Guests")
        await press(pilot, "slash", "=zzz")
        await until(pilot, "Nobody on this list answers to “zzz”.")
        assert "No event has a list" not in text(app)
        assert "+ Guests" not in text(app)
        await press(pilot, "escape", "v")
        await until(pilot, "Nobody is marked so.")


async def test_whom_an_event_is_for_stands_on_it_and_opens(book: Book, sheet: Sheet) -> None:
    events.create(book, EventDraft("北京大会", "conference", book.now() + timedelta(days=9)))
    async with opened(book, "f7") as (pilot, app):
        await press(pilot, "slash", "=深蓝", "down", "l", "tab", "3", "tab", "=北京", "enter")
        await until(pilot, "Call list 深蓝: 1 person")
        await press(pilot, "f4", "enter")
        await until(pilot, "of the audience 0 / 1")
        await press(pilot, "escape", "i")
        await until(pilot, "Audience: 北京大会")
        assert "王志刚" in text(app)
        assert "李娜" not in text(app)


async def test_delete_says_what_goes_and_what_stays(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f7") as (pilot, app):
        await press(pilot, "slash", "=云帆", "down", "l", "enter", "f5", "delete")
        await until(pilot, "This is no call list")
        await press(pilot, "end", "delete")
        assert "Delete the call list 云帆?" in text(app)
        assert "its 1 person stays in People" in text(app)
        await press(pilot, "enter")
        await until(pilot, "Call list 云帆 deleted")
        assert queued(book) == []
        await press(pilot, "u")
        assert queued(book) == [("云帆", "李娜")]
