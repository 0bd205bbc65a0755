"""Calls promised and reminders moved: when each comes up."""

from __future__ import annotations

from datetime import timedelta

from textual.widgets import Input

from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.calls.queue import due as call_due
from opslog.services.events import events
from opslog.services.today import agenda
from opslog.tui.calls.calls import CallsScreen
from opslog.tui.widgets.asking.prompt import Prompt
from tests.conftest import StandingClock
from tests.services.calls.test_calling import salon_last_week, salon_tomorrow
from tests.tui import looking
from tests.tui.calls.test_calls import opened, queued, shown


async def test_when_is_read_as_it_is_typed(book: Book) -> None:
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("4", *"15:30")
        prompt = pilot.app.screen
        assert isinstance(prompt, Prompt)
        assert str(prompt.query_one("#meaning").render()) == "→ 15:30"
        prompt.query_one(Input).value = "soon"
        await pilot.press("enter")
        assert pilot.app.screen is prompt
        prompt.query_one(Input).value = "明天上午10点"
        await pilot.press("enter")
        await pilot.pause()
        touch = book.con.execute("SELECT * FROM touch").fetchone()
        assert (touch["next_at"], touch["promised"]) == ("2026-11-24T02:00:00Z", 1)
        assert "王志刚" not in queued(pilot)
        await pilot.press("4", "enter")  # no time: as the rule says
        await pilot.pause()
        assert book.con.execute("SELECT sum(promised) FROM touch").fetchone()[0] == 1


async def test_a_promise_comes_up_when_its_time_comes(book: Book, clock: StandingClock) -> None:
    made = salon_tomorrow(book)
    when = book.now() + timedelta(hours=2)
    calling.record(book, made.cards[2], "reminder", "call_back", lane="phone", when=when)
    async with opened(book) as pilot:
        assert queued(pilot)[-1] == "张伟"
        clock.move_to(when)
        screen = pilot.app.screen
        assert isinstance(screen, CallsScreen)
        screen._tick()
        assert queued(pilot)[0] == "张伟"


async def test_a_call_promised_for_a_day_off_says_so(book: Book) -> None:
    salon_last_week(book, 0)
    async with opened(book) as pilot:
        await looking.press(pilot, "4", "=周日10点")
        assert "10:00 · Sun 11-29 is a day off" in looking.text(pilot.app)
        await looking.press(pilot, "enter")
    due = call_due.due(book)[-1]
    assert [str(one) for one in agenda.move_warnings(book, [due], "2026-11-28")] == [
        "Sat 11-28 is a day off"
    ]
    assert agenda.move_warnings(book, [due], "2026-11-30") == []


async def test_a_reminder_hangs_on_its_event_whatever_day_that_is(
    book: Book, clock: StandingClock
) -> None:
    clock.move_to(clock.now() + timedelta(days=4))  # a Friday; the salon is on Saturday
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await looking.press(pilot, "4", "=明天10点")
        assert "→ Sat 11-28 10:00" in looking.text(pilot.app)
        assert "day off" not in looking.text(pilot.app)


async def test_today_opens_the_reminders_and_the_promise(book: Book) -> None:
    made = salon_tomorrow(book)
    old = salon_last_week(book, 0)
    when = book.now() + timedelta(days=2)
    calling.record(book, old.cards[3], "callback-1", "call_back", lane="phone", when=when)
    async with opened(book) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, CallsScreen)
        await screen.show("reminder", made.event_id)
        await pilot.pause()
        assert queued(pilot) == ["王志刚", "李娜", "张伟", "陈静"]
        await screen.show("promise", old.cards[3])
        await pilot.pause()
        assert "陈静" in shown(pilot)
        assert "promised Wed 11-25 09:00" in shown(pilot)


async def test_a_moved_event_moves_its_reminders(book: Book) -> None:
    made = salon_tomorrow(book)
    async with opened(book) as pilot:
        assert len(queued(pilot)) == 4
        moved = book.clock.now() + timedelta(days=10)
        pilot.app.do(lambda: events.move(book, made.event_id, moved))  # type: ignore[attr-defined]  # OpslogApp
        await pilot.pause()
        assert queued(pilot) == []


async def test_call_back_tomorrow_at_ten_in_four_keys(book: Book, clock: StandingClock) -> None:
    salon_last_week(book, 0)
    clock.move_to(clock.now().replace(hour=3))  # 11:00: ten o'clock is over for today
    async with opened(book) as pilot:
        await pilot.press("4", "1", "0", "enter")
        await pilot.pause()
        touch = book.con.execute("SELECT next_at, promised FROM touch").fetchone()
        assert tuple(touch) == ("2026-11-24T02:00:00Z", 1)
