"""What is said before a touch, and how fast the calls go, by the keys."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.calls import call_card, calling, not_now
from opslog.services.calls.queue import queue as call_queue
from opslog.services.people import card as person_card
from opslog.tui.cards.card import PersonScreen
from opslog.tui.people.pane import who
from opslog.tui.people.touch import allowed_text
from tests.conftest import StandingClock
from tests.services.calls.test_calling import close, salon_last_week, salon_tomorrow
from tests.services.calls.test_not_now import later
from tests.services.calls.test_pace import dial
from tests.tui import looking
from tests.tui.calls.test_calls import SIZES, opened, shown
from tests.tui.calls.test_ringing import said


def whole(text: str) -> str:
    """Without the breaks between lines."""
    return " ".join(text.split())


@pytest.mark.parametrize("size", SIZES)
async def test_the_last_touch_and_the_next_allowed_stand_on_both_cards(
    book: Book, clock: StandingClock, size: tuple[int, int]
) -> None:
    made = salon_last_week(book, 0)
    calling.record(book, made.cards[0], "callback-1", "interested", lane="phone")
    close(book, made, 2)
    last = "last 09:00 call-back 1, phone: interested"
    async with opened(book, size) as pilot:
        assert "never contacted · allowed now (as WeCom allows)" in whole(shown(pilot))
        await pilot.press("f7", "down", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PersonScreen)
        told = looking.text(pilot.app)
        assert ("never contacted" in told) or (last in told)
    later(clock, days=1)
    async with opened(book, size) as pilot:
        await pilot.press("i")
        await pilot.pause()
        assert whole(looking.text(pilot.app)).count("allowed now (as WeCom allows)") == 1


async def test_another_mode_is_one_choice_and_is_said(book: Book) -> None:
    salon_last_week(book, 0)
    async with opened(book, (120, 40)) as pilot:
        await pilot.press("T", *"3", "enter")
        await pilot.pause()
        assert "Contacts: one a day" in said(pilot)
        assert "allowed now (one a day)" in whole(shown(pilot))
        assert own_kinds.contact_limits(book).mode == "daily"
        await pilot.press("u")
        await pilot.pause()
        assert "allowed now (as WeCom allows)" in whole(shown(pilot))


@pytest.mark.parametrize("size", SIZES)
async def test_too_many_calls_are_said_at_the_top(
    book: Book, clock: StandingClock, size: tuple[int, int]
) -> None:
    made = salon_tomorrow(book)
    dial(book, clock, made.people[3], 40)
    async with opened(book, size) as pilot:
        assert "40 calls within an hour: a pause?" in shown(pilot, "#about")
        await pilot.press("T", *"4", "enter")
        await pilot.pause()
        assert "a pause?" not in shown(pilot, "#about")
        assert "4 of 4 left" in shown(pilot, "#about")


async def test_who_rings_was_reached(book: Book) -> None:
    """Of a call that came in no outcome is offered that says nobody answered."""
    made = salon_last_week(book, 0)
    async with opened(book, (120, 40)) as pilot:
        pilot.app.push_screen(PersonScreen(made.people[0]))
        await pilot.pause()
        assert "no answer" in looking.text(pilot.app)
        await pilot.press("0")
        await pilot.pause()
        text = looking.text(pilot.app)
        assert "interested" in text
        assert "no answer" not in text
        assert "wrong number" not in text


async def test_the_day_says_how_long_its_calls_take(book: Book, clock: StandingClock) -> None:
    made = salon_tomorrow(book)
    later(clock, days=-1)
    dial(book, clock, made.people[3], 8, minutes=8)
    later(clock, days=1, minutes=-64)
    async with opened(book, (120, 40)) as pilot:
        await pilot.press("f2")
        await pilot.pause()
        await looking.until(pilot, "people to call")
        assert "about 30 min of calls" in looking.text(pilot.app)


def test_one_verdict_says_what_is_strongest(book: Book, clock: StandingClock) -> None:
    """On the call card, beside the list of people and on the person's card alike."""
    made = salon_last_week(book, 0)
    card, person = made.cards[0], made.people[0]

    def verdicts() -> set[str]:
        touches = [
            call_card.card(book, card, "callback-1").touch,
            who(book, person_card.get(book, person), "e", call_queue.line(book, person)).touch,
        ]
        for touch in touches:
            said = allowed_text(touch, clock.zone, book.now())
            assert touch.allowed == (said.startswith("allowed now"))
        return {allowed_text(touch, clock.zone, book.now()) for touch in touches}

    assert verdicts() == {"allowed now (as WeCom allows)"}
    calling.record(book, card, "callback-1", "no_answer", lane="phone")
    (again,) = verdicts()
    assert re.fullmatch(r"not before .*\d\d:\d\d", again)
    not_now.put_off(book, person, book.now() + timedelta(days=3))
    assert verdicts() == {"put off until Thu 11-26 09:00"}
    at = book.now() + timedelta(hours=2)
    calling.record(book, card, "callback-1", "call_back", lane="phone", when=at)
    assert verdicts() == {"allowed now (never held back)"}  # a promise, which ended the putting off
    person_card.set_barred(book, person, True)
    assert verdicts() == {"not to be called since 2026-11-23: marked by hand"}
