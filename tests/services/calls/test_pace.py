"""The pace of one's own past, today's calls, and when they are too many for a carrier."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog import shipped
from opslog.services.book import history, own_kinds
from opslog.services.book.book import Book
from opslog.services.calls import calling, contact_limits, off_list, pace
from tests.conftest import StandingClock
from tests.services.calls.test_calling import PEOPLE, salon_last_week
from tests.services.calls.test_not_now import later
from tests.services.lists import make_list


def dial(book: Book, clock: StandingClock, person: int, times: int, minutes: int = 1) -> None:
    for _time in range(times):
        off_list.record(book, person, "no_answer", lane="phone")
        later(clock, minutes=minutes)


def test_yesterdays_calls_say_how_fast_todays_will_go(book: Book, clock: StandingClock) -> None:
    made = make_list(book, PEOPLE)
    usual = timedelta(minutes=4), True, 0, None
    assert pace.now(book) == usual
    dial(book, clock, made.people[1], 30, minutes=0)  # written down in one go, of another day
    later(clock, days=1)
    assert pace.now(book) == usual
    dial(book, clock, made.people[0], 7, minutes=4)
    later(clock, days=1)
    found = pace.now(book)
    assert (found.each, found.usual, found.today) == (timedelta(minutes=4), False, 0)
    done = found.done_at(book, 10)
    assert done is not None
    assert f"{done:%H:%M}" == "10:08", "9:28 and ten calls of four minutes"
    dial(book, clock, made.people[0], 7, minutes=2)
    assert pace.now(book)[:3] == (timedelta(minutes=2), False, 7)
    long_ago = book.now() - timedelta(days=50)
    off_list.record(book, made.people[0], "no_answer", lane="phone", at=long_ago)
    assert pace.now(book)[:3] == (timedelta(minutes=2), False, 7)
    later(clock, days=60)
    assert pace.now(book) == usual


def test_too_many_calls_are_warned_of_and_the_warning_can_be_off(
    book: Book, clock: StandingClock
) -> None:
    made = make_list(book, PEOPLE)
    dial(book, clock, made.people[0], 39)
    off_list.record(book, made.people[1], "replied", lane="wecom")  # no dial
    assert pace.now(book).too_many is None
    dial(book, clock, made.people[0], 1)
    assert str(pace.now(book).too_many) == "40 calls within an hour: a pause?"
    contact_limits.set_warning(book, on=False)
    assert pace.now(book).too_many is None
    history.undo(book)
    assert pace.now(book).too_many is not None
    later(clock, hours=2)
    assert pace.now(book).too_many is None


@pytest.mark.parametrize("own", [False, True])
def test_the_mode_is_changed_by_an_action_and_undone(book: Book, own: bool) -> None:
    """Also in a file of one's own from before there was a warning in it."""
    if own:
        folder = book.path.parent / "playbooks"
        folder.mkdir()
        text = 'mode = "seven"  # mine\nonce_a_workday = false\n[[cap]]\nmode = "daily"\nmost = 1\n'
        (folder / "contact_limits.toml").write_text(text, encoding="utf-8")
    before = own_kinds.contact_limits(book)
    change = contact_limits.set_mode(book, "daily")
    assert str(change.label) == "Contacts: one a day"
    limits = own_kinds.contact_limits(book)
    assert (limits.mode, [cap.most for cap in limits.caps]) == ("daily", [1])
    contact_limits.set_warning(book, on=True)
    limits = own_kinds.contact_limits(book)
    assert (limits.mode, limits.an_hour, limits.a_day) == ("daily", 40, 150)
    history.undo(book)
    history.undo(book)
    assert own_kinds.contact_limits(book) == before


def test_the_last_touch_and_the_next_allowed_are_known_before_one(book: Book) -> None:
    from opslog.services.calls import call_card

    made = salon_last_week(book, 0)
    before = call_card.card(book, made.cards[0], "callback-1").touch
    assert (before.last, before.until, before.mode) == (None, None, "wecom")
    calling.record(book, made.cards[0], "callback-1", "interested", lane="phone")
    touch = call_card.card(book, made.cards[0], "callback-2").touch
    assert touch.last == book.now()
    assert (str(touch.purpose), str(touch.outcome)) == ("call-back 1", "interested")
    assert touch.until == book.clock.at(book.today() + timedelta(days=1)) + timedelta(hours=9)
    assert str(touch.why) == "contacted today"
    assert call_card.card(book, made.cards[0], "reminder").touch.free


def test_the_usual_minutes_of_a_call_are_ones_own(book: Book) -> None:
    folder = book.path.parent / "playbooks"
    folder.mkdir()
    text = shipped.text(own_kinds.CONTACT_LIMITS.ships).replace("minutes = 4", "minutes = 6")
    (folder / "contact_limits.toml").write_text(text, encoding="utf-8")
    assert pace.now(book).each == timedelta(minutes=6)
