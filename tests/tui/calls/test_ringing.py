"""Promised times ring on every screen, by the keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.calls import calling, off_list
from opslog.services.people import card as person_card
from opslog.services.people import erasing
from opslog.services.segments import call_lists
from opslog.tui.cards.card import PersonScreen
from opslog.tui.events import dialogs
from opslog.tui.frame.app import OpslogApp
from opslog.tui.frame.bars.bars import RingLine, StatusBar
from opslog.tui.widgets.text import mask_phones
from tests.conftest import StandingClock
from tests.services.calls.test_calling import salon_last_week, salon_tomorrow
from tests.services.calls.test_not_now import later, promised
from tests.tui.calls.test_calls import queued, shown

SIZES = [(80, 24), (120, 40)]
SCREENS = ["f2", "f3", "f4", "f5", "f6", "f7"]


@pytest.fixture(autouse=True)
def show_phones() -> Iterator[None]:
    yield
    mask_phones(False)


@pytest.fixture
def bells(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each time that the bell of the terminal sounded."""
    rung: list[str] = []
    monkeypatch.setattr(OpslogApp, "bell", lambda _app: rung.append("bell"))
    return rung


def ring_line(pilot: Pilot[Any]) -> str:
    """What rings on the screen in front; '' where nothing does."""
    row = pilot.app.screen.query_one(RingLine)
    return "".join(text for text, _look in row.spans(row.size.width)) if row.display else ""


def said(pilot: Pilot[Any]) -> str:
    bar = pilot.app.screen.query_one(StatusBar)
    return "".join(text for text, _look in bar.spans(200))


async def poll(pilot: Pilot[Any]) -> None:
    """What the app does twice a second."""
    app = pilot.app
    assert isinstance(app, OpslogApp)
    app._look_for_others()
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_a_promised_time_rings_on_every_screen(
    book: Book, clock: StandingClock, bells: list[str], size: tuple[int, int]
) -> None:
    promised(book)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=size) as pilot:
        await poll(pilot)
        assert ring_line(pilot) == ""
        assert not bells
        later(clock, hours=1)
        await poll(pilot)
        await poll(pilot)
        assert bells == ["bell"], "once"
        for key in SCREENS:
            await pilot.press(key)
            await pilot.pause()
            assert "Promised for 10:00 王志刚 13800138000" in ring_line(pilot), key
            assert ring_line(pilot).rstrip().endswith("R call  Z in 15 min"), key


async def test_one_key_opens_the_call_and_its_outcome_ends_the_ringing(
    book: Book, clock: StandingClock, bells: list[str]
) -> None:
    promised(book)
    later(clock, hours=1)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f7")
        await poll(pilot)
        await pilot.press("R")
        await pilot.pause()
        assert "王志刚" in shown(pilot)
        await pilot.press("1")
        await pilot.pause()
        assert ring_line(pilot) == ""
        await pilot.press("u")
        await pilot.pause()
        assert "王志刚" in ring_line(pilot)


async def test_one_key_lets_it_ring_again_later(
    book: Book, clock: StandingClock, bells: list[str]
) -> None:
    promised(book)
    later(clock, hours=1)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await poll(pilot)
        await pilot.press("Z")
        await pilot.pause()
        assert ring_line(pilot) == ""
        assert "Not now: 王志刚, from 10:15" in said(pilot)
        await pilot.press("Z")
        await pilot.pause()
        later(clock, minutes=15)
        await poll(pilot)
        assert "Promised for 10:00 王志刚" in ring_line(pilot)
        assert bells == ["bell", "bell"]
        later(clock, minutes=-20)  # the clock is set back
        await poll(pilot)
        assert ring_line(pilot) == ""


async def test_snoozed_in_one_window_it_is_quiet_in_the_other(
    book: Book, clock: StandingClock, bells: list[str]
) -> None:
    promised(book)
    later(clock, hours=1)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await poll(pilot)
        assert "王志刚" in ring_line(pilot)
        with closing(open_book(book.path, clock=clock)) as other:
            second = OpslogApp(other, demo=True)
            async with second.run_test(size=(80, 24)) as there:
                await poll(there)
                assert "王志刚" in ring_line(there)
                await there.press("Z")
                await there.pause()
                assert ring_line(there) == ""
        await poll(pilot)
        assert ring_line(pilot) == ""


async def test_the_bell_can_be_off_and_stays_so(
    book: Book, clock: StandingClock, bells: list[str]
) -> None:
    promised(book)
    later(clock, hours=1)
    book.set_setting("bell", "off")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await poll(pilot)
        assert "王志刚" in ring_line(pilot)
        assert not bells
        await pilot.press("B")
        assert book.setting("bell") == ""
        assert "Promised times ring" in said(pilot)
        await pilot.press("B")
        assert book.setting("bell") == "off"
        assert "don't ring" in said(pilot)


async def test_the_number_is_masked_and_whoever_was_erased_rings_no_more(
    book: Book, clock: StandingClock, bells: list[str]
) -> None:
    _card, person, _at = promised(book)
    later(clock, hours=1)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await poll(pilot)
        await pilot.press("M")
        strip = pilot.app.screen.query_one(RingLine).render_line(0)
        assert "13800138000" not in strip.text
        assert "138****8000" in strip.text
        erasing.erase(book, person, "王志刚")
        app.broadcast({})
        assert ring_line(pilot) == ""


async def test_a_promise_of_a_list_that_has_ended_is_opened_and_kept(
    book: Book, clock: StandingClock, bells: list[str]
) -> None:
    made = salon_last_week(book)
    wanted = call_lists.read(book, {"name": "老客户", "closes": "today"})
    roster_id = call_lists.make(book, made.people[:1], wanted, "上海").made
    card_id = book.con.execute("SELECT id FROM card WHERE roster_id=?", (roster_id,)).fetchone()[0]
    at = book.now() + timedelta(days=1)
    calling.record(book, card_id, "callback-1", "call_back", lane="phone", when=at)
    call_lists.end(book, roster_id)
    later(clock, days=1)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await poll(pilot)
        assert "王志刚" in ring_line(pilot)
        await pilot.press("R")
        await pilot.pause()
        assert "王志刚" in shown(pilot)
        await pilot.press("2")
        await pilot.pause()
        assert ring_line(pilot) == ""


async def test_somebody_on_no_list_is_opened_as_a_person(
    book: Book, clock: StandingClock, bells: list[str]
) -> None:
    made = salon_last_week(book)
    at = book.now() + timedelta(minutes=5)
    off_list.record(book, made.people[3], "call_back", lane="phone", when=at)
    later(clock, minutes=5)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await poll(pilot)
        await pilot.press("R")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PersonScreen)
        assert pilot.app.screen.person_id == made.people[3]


async def test_several_are_counted_and_none_is_said(
    book: Book, clock: StandingClock, bells: list[str]
) -> None:
    made = salon_last_week(book, 0)
    at = book.now() + timedelta(hours=1)
    for card in made.cards[:3]:
        calling.record(book, card, "callback-1", "call_back", lane="phone", when=at)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await poll(pilot)
        await pilot.press("R")
        await pilot.pause()
        notes = [note.message for note in pilot.app._notifications]
        assert notes == ["No promised call is due just now"]
        later(clock, hours=1)
        await poll(pilot)
        assert "2 more" in ring_line(pilot)
        assert bells == ["bell"]


@pytest.mark.parametrize("size", SIZES)
async def test_not_now_on_calls_takes_a_row_out_until_then(
    book: Book, clock: StandingClock, size: tuple[int, int]
) -> None:
    salon_last_week(book, 0)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=size) as pilot:
        await pilot.press("f6")
        await pilot.pause()
        assert queued(pilot)[0] == "王志刚"
        await pilot.press("z")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert queued(pilot)[0] == "李娜"
        assert queued(pilot)[-1] == "王志刚"
        assert "李娜" in shown(pilot), "on to the next"
        assert "Not now: 王志刚, from 11:00" in said(pilot)
        await pilot.press("u")
        await pilot.pause()
        assert queued(pilot)[0] == "王志刚"
        await pilot.press("z", *"2", "enter")
        await pilot.pause()
        assert "王志刚" not in queued(pilot), "tomorrow's are shown with o"
        history.undo(book)
        person_card.set_wecom(book, 1, None)


async def test_cancelling_an_event_names_who_was_promised_a_call(book: Book) -> None:
    made = salon_tomorrow(book)
    when = book.now() + timedelta(hours=2)
    calling.record(book, made.cards[0], "reminder", "call_back", lane="phone", when=when)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        app.run_worker(dialogs.cancel_event(app, made.event_id))
        await pilot.pause()
        told = str(app.screen.query_one(".detail", Static).render())
        assert "tell them" in told
        assert "王志刚" in told
        assert "11:00" in told
        await pilot.press("escape")
