"""A key belongs to the card that stood on screen when it was typed."""

from __future__ import annotations

import pytest
from textual.message import Message

from opslog.services.book.book import Book
from opslog.tui.calls import seen
from opslog.tui.calls.seen import Seen
from tests.services.calls.test_calling import salon_tomorrow
from tests.tui import looking
from tests.tui.calls.test_calls import opened, shown, touches


def now() -> float:
    return Message().time


def test_a_key_typed_before_the_card_stood_was_meant_for_the_one_before() -> None:
    one = Seen()
    assert one.meant(now()), "the first card"
    before = now()
    one.drawing(unasked=False)
    assert not one.meant(now()), "it is not on screen yet"
    one.stands()
    assert not one.meant(before)
    assert one.meant(now())
    one.stands()
    assert one.meant(now()), "drawn again, it stands as before"


def test_a_card_that_moved_on_by_itself_takes_no_key_for_a_moment() -> None:
    one = Seen()
    one.drawing(unasked=True)
    one.stands()
    assert not one.meant(now() + seen.PAUSE_SECONDS - 0.1)
    assert one.meant(now() + seen.PAUSE_SECONDS)


def test_a_key_is_held_as_long_as_it_comes_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Seen()
    monkeypatch.setattr(seen, "REPEAT_SECONDS", 0.15)
    times = (0.0, 0.5, 0.53, 0.56, 1.0)  # the first repeat comes late, as terminals send it
    assert [one.held("1", at) for at in times] == [False, False, True, True, False]
    assert not one.held("3", 1.01), "another key is another finger"


async def test_a_digit_held_down_answers_one_call(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seen, "REPEAT_SECONDS", 3600)
    salon_tomorrow(book)
    async with opened(book) as pilot:
        await pilot.press("1", "1", "1")
        await pilot.pause()
        assert touches(book) == [("王志刚", "coming", "phone")]
        assert "李娜" in shown(pilot)
        assert "A digit held down answers one call only" in looking.text(pilot.app)
        await pilot.press("3")
        await pilot.pause()
        assert touches(book)[1:] == [("李娜", "no_answer", "phone")]
