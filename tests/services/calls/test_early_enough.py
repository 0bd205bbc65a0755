"""A bare hour before an event at a weekend is one before it: a promise, its move, and not now."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from opslog.services.book.book import Book
from opslog.services.book.new_times import NewTime
from opslog.services.calls import calling, not_now, off_list
from opslog.services.today import agenda
from tests.conftest import StandingClock
from tests.services.calls.test_calling import PEOPLE, remind
from tests.services.lists import Sheet, make_list


@pytest.fixture
def saturday(book: Book, clock: StandingClock) -> Sheet:
    """On Friday at 10:05, a salon on Saturday at 14:00."""
    made = make_list(book, PEOPLE, ends_ago=-timedelta(days=5, hours=7))
    clock.move_to(clock.now() + timedelta(days=4, minutes=65))
    return made


def said(book: Book, time: NewTime) -> tuple[str, str]:
    local: datetime = time.at.astimezone(book.clock.zone)
    return f"{local:%a %H:%M}", str(time.moved)


EARLY = ("Sat 10:00", "the next 10:00 that is early enough")


def test_a_promise_by_a_bare_hour_falls_before_the_event(book: Book, saturday: Sheet) -> None:
    card = saturday.cards[0]
    read = calling.read_promise(book, card, "reminder", "phone", "call_back", "10")
    assert said(book, read) == EARLY
    remind(book, saturday, 0, "call_back", when=read.at)
    back = calling.read_promise(book, card, "call_back", "phone", "call_back", "10")
    assert said(book, back) == ("Mon 10:00", "the next 10:00 within calling hours")


def test_so_does_a_promise_that_is_moved_and_who_is_not_called_now(
    book: Book, saturday: Sheet
) -> None:
    remind(book, saturday, 0, "call_back", when=book.now() + timedelta(hours=1))
    (promise,) = (one.item for one in agenda.today(book) if one.item.kind == "promise")
    assert said(book, agenda.read_new_time(book, promise, "10")) == EARLY
    assert said(book, not_now.read(book, saturday.people[1], "10")) == EARLY


def test_so_does_one_that_is_logged_in_the_shell(book: Book, saturday: Sheet) -> None:
    change = off_list.log(book, saturday.people[0], "call_back", lane="phone", when="10")
    assert str(change.label) == "Called 王志刚: call back (Sat 11-28 10:00)"
