"""How the queue stands on the screen: groups, who is left out, the pace."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from textual.widgets import Input

from opslog.domain.calls.queue import QueueLine
from opslog.domain.rosters.rosters import Cards
from opslog.services.book.book import Book
from opslog.services.calls import calling, off_list
from opslog.services.calls.queue import queue as call_queue
from opslog.services.cards import step_progress
from opslog.tui.calls.calls import CallsScreen
from opslog.tui.calls.queue.rows import QueueRows
from tests.conftest import StandingClock
from tests.services.calls.test_calling import PEOPLE, TOMORROW, salon_last_week, salon_tomorrow
from tests.services.lists import make_list
from tests.tui import looking
from tests.tui.calls.test_calls import opened, queued, shown


async def test_the_filter_shows_one_event_and_its_later_ones(book: Book) -> None:
    salon_tomorrow(book)
    make_list(book, PEOPLE[:2], event="下周沙龙", ends_ago=-timedelta(days=7))
    async with opened(book) as pilot:
        assert len(queued(pilot)) == 4
        await pilot.press("slash")
        pilot.app.screen.query_one(Input).value = "下周"
        await pilot.press("enter")
        await pilot.pause()
        assert queued(pilot) == ["王志刚", "李娜"]
        await pilot.press("slash", "enter")
        await pilot.pause()
        assert len(queued(pilot)) == 6
        await pilot.press("o")
        assert len(queued(pilot)) == 4


async def test_a_long_name_is_whole_in_the_queue(book: Book) -> None:
    people = [("Michael Chen", "云帆科技", "总监", "+8613800138000", "")]
    make_list(book, people, ends_ago=TOMORROW)
    async with opened(book, (120, 40)) as pilot:
        await pilot.pause()
        assert "云帆科技" in looking.line_with(pilot.app, "  Michael Chen 总监")


@pytest.mark.parametrize("air", [False, True])
@pytest.mark.parametrize(("ready", "later"), [(0, 0), (3, 0), (0, 2), (3, 2), (1, 1)])
def test_positions_and_rows_agree(book: Book, ready: int, later: int, air: bool) -> None:
    made = salon_last_week(book, 0)
    [line, *_rest] = call_queue.queue(book)
    lines = [
        QueueLine(**{**_fields(line), "card_id": n, "ready": n < ready})
        for n in range(ready + later)
    ]
    rows = QueueRows(lines, lambda entry: (str(entry.card_id),), lambda group: (), air=air)
    drawn = rows.rows(0, 99)
    assert rows.count() == len(drawn)
    for at, row in enumerate(drawn):
        if row.heading is None:
            assert rows.position(row.key) == at
    assert [row.cells for row in drawn if row.heading is None] == [
        (str(n),) for n in range(ready + later)
    ]
    assert rows.position("nobody") is None
    assert made.cards


def _fields(line: QueueLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in QueueLine.__dataclass_fields__}


async def test_who_is_left_out_is_counted_above_the_queue_and_called_by_a_key(book: Book) -> None:
    people = (PEOPLE[0], ("测试", "甲公司", "", "+8613800138009", ""))
    make_list(book, people, ends_ago=TOMORROW)
    async with opened(book) as pilot:
        assert "1 of 1 left" in shown(pilot, "#about")
        assert "h 1 left out" in shown(pilot, "#about")
        await pilot.press("h")
        await pilot.pause()
        text = looking.text(pilot.app)
        for said in ("made up  1", "测试", "name has “测试”", "b keeps and calls them"):
            assert said in text
        await pilot.press("S")
        await pilot.pause()
        assert "S takes it off" in looking.text(pilot.app)
        await pilot.press("S", "enter")
        await pilot.pause()
        await pilot.press("b")
        await pilot.pause()
        assert "Nobody is left out." in looking.text(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert "2 of 2 left" in shown(pilot, "#about")


async def test_the_queue_stands_in_groups_and_says_once_what_for(book: Book) -> None:
    made = salon_tomorrow(book)
    calling.record(book, made.cards[1], "reminder", "no_answer", lane="phone")
    when = book.now() + timedelta(hours=1)
    calling.record(book, made.cards[2], "reminder", "call_back", lane="phone", when=when)
    async with opened(book, (120, 40)) as pilot:
        text = looking.text(pilot.app)
        order = [
            "Phone · day before",
            "王志刚",
            "陈静",
            "Promised times",
            "张伟",
            "李娜",
        ]
        places = [text.index(words, 100) for words in order]
        assert places == sorted(places)
        assert "◷ 10:00  张伟" in text
        assert "Tried, again later 1" in looking.line_with(pilot.app, "from 11:00")
        assert " now" not in text.replace("Not now", "").replace("allowed now", "")


async def test_outside_calling_hours_nothing_says_call_now(
    book: Book, clock: StandingClock
) -> None:
    salon_tomorrow(book)
    clock.move_to(clock.now().replace(hour=4, minute=0))  # noon in Shanghai
    async with opened(book) as pilot:
        assert "calls are made from 13:30" in shown(pilot, "#about")
        assert "now" not in shown(pilot, "#about")


async def test_the_pace_is_said_once_there_are_calls_enough(
    book: Book, clock: StandingClock
) -> None:
    make_list(
        book, [(f"王{n}", "", "", f"+861380013{n:04}", "") for n in range(9)], ends_ago=TOMORROW
    )
    async with opened(book) as pilot:
        for _call in range(6):
            clock.move_to(clock.now() + timedelta(minutes=3))
            assert "an hour" not in shown(pilot, "#about")
            await pilot.press("1")
        await pilot.pause()
        assert "done about 09:27   3 of 9 left" in shown(pilot, "#about")


async def test_how_the_forecast_is_counted_opens_by_a_key(book: Book) -> None:
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("1", "W")
        await pilot.pause()
        text = looking.text(pilot.app)
        assert "1  coming × 0.8 = 0.8" in text
        assert "2.0 expected" in text
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, CallsScreen)


async def test_who_was_contacted_today_waits_in_a_group_and_is_counted(book: Book) -> None:
    made = salon_last_week(book, 0)
    off_list.record(book, made.people[1], "answered", lane="phone", direction="in")
    async with opened(book, (120, 40)) as pilot:
        assert "李娜" not in queued(pilot)
        assert "contacted today 1" in looking.text(pilot.app)
        await pilot.press("o")
        await pilot.pause()
        assert queued(pilot)[-1] == "李娜"
        told = looking.text(pilot.app)
        assert "Contacted lately 1" in told
        assert "Tue 11-24 09:00  李娜" in told
        await pilot.press("h")
        await pilot.pause()
        told = looking.text(pilot.app)
        assert "contacted today  1" in told
        assert "not before Tue 11-24 09:00" in told
        await pilot.press("b")
        await pilot.pause()
        assert "Enter opens their card" in looking.notices(pilot.app)


async def test_how_many_are_left_is_one_number_whatever_the_queue_shows(book: Book) -> None:
    made = salon_last_week(book, 0)
    tomorrow = book.now() + timedelta(days=1)
    calling.record(book, made.cards[1], "callback-1", "call_back", lane="phone", when=tomorrow)
    left = "4 of 4 left, 1 of them on another day"
    async with opened(book, (120, 40)) as pilot:
        assert left in shown(pilot, "#about")
        assert "李娜" not in queued(pilot)
        await pilot.press("o")
        await pilot.pause()
        assert left in shown(pilot, "#about")
        assert "李娜" in queued(pilot)
        await pilot.press("o", "g", "g", "3")  # no answer: called again on another day
        await pilot.pause()
        assert "4 of 4 left, 2 of them on another day" in shown(pilot, "#about")
        await pilot.press("2")  # answered
        await pilot.pause()
        assert "3 of 4 left, 2 of them on another day" in shown(pilot, "#about")
    assert call_queue.still_open(book, Cards(made.roster_id), "callback-1") == (3, 2)
    far = step_progress.Work(book, made.event_id).far("callback-1")
    assert far is not None
    assert (far.open, far.of) == (3, 4)


async def test_somebody_left_out_twice_is_one_person_wherever_that_is_counted(
    book: Book,
) -> None:
    people = (PEOPLE[0], ("测试", "甲公司", "", "+8613800138009", ""))
    first = make_list(book, people, ends_ago=TOMORROW)
    make_list(book, people, event="杭州沙龙", ends_ago=TOMORROW, people=first.people)
    async with opened(book, (120, 40)) as pilot:
        assert "made up 1" in looking.text(pilot.app)
        await pilot.press("h")
        await pilot.pause()
        assert "made up  1 person, 2 rows" in looking.text(pilot.app)
