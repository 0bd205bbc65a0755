"""Not now: out of the queue until a time, and back with all that was promised."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from opslog.domain.base.refusal import Refused
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.calls import calling, not_now, off_list, promises
from opslog.services.calls.queue import queue as call_queue
from opslog.services.events import events
from opslog.services.segments import call_lists
from opslog.services.today import agenda
from opslog.services.twins import twins
from tests.conftest import StandingClock
from tests.services.calls.test_calling import names, salon_last_week, salon_tomorrow

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # a Monday, 9:00 in Shanghai


def later(clock: StandingClock, **more: int) -> None:
    clock.move_to(clock.instant + timedelta(**more))


def promised(book: Book, hours: int = 1) -> tuple[int, int, datetime]:
    """王志刚 of last week's salon was promised a call: card, person, when."""
    made = salon_last_week(book, 0)
    at = book.now() + timedelta(hours=hours)
    calling.record(
        *(book, made.cards[0], "callback-1", "call_back"), lane="phone", when=at, note="开完会"
    )
    return made.cards[0], made.people[0], at


def test_who_is_put_off_comes_back_by_itself(book: Book, clock: StandingClock) -> None:
    made = salon_last_week(book, 0)
    change = not_now.put_off(book, made.people[0], NINE + timedelta(hours=2))
    assert str(change.label) == "Not now: 王志刚, from 11:00"
    assert names(book)[0] == "李娜"
    waits = next(line for line in call_queue.queue(book) if line.person == "王志刚")
    assert (waits.ready, waits.put_off, waits.due) == (False, True, NINE + timedelta(hours=2))
    later(clock, hours=2)
    back = next(line for line in call_queue.queue(book) if line.person == "王志刚")
    assert back.ready
    assert not back.put_off


def test_put_off_is_undone_and_outlives_the_file_being_closed(book: Book) -> None:
    made = salon_last_week(book, 0)
    until = NINE + timedelta(days=1)
    not_now.put_off(book, made.people[0], until)
    with closing(open_book(book.path, clock=book.clock)) as again:
        assert "王志刚" not in names(again)
        line = call_queue.line(again, made.people[0])
        assert line is not None
        assert line.due == until
        history.undo(again)
        assert names(again)[0] == "王志刚"


def test_a_promise_that_is_put_off_is_kept_later_and_says_what_was_promised(
    book: Book, clock: StandingClock
) -> None:
    card, person, at = promised(book)
    later(clock, hours=1)
    (ring,) = promises.rings(book)
    assert (ring.kind, ring.ref, ring.person, ring.due, ring.note) == (
        *("promise", card, "王志刚", at, "开完会"),
    )
    promises.quieten(book, ring)
    (again,) = promises.rings(book)
    assert (again.promised, again.due) == (at, at + timedelta(minutes=15))
    line = call_queue.line(book, person)
    assert line is not None
    assert line.promised
    assert not line.ready
    (today,) = [one.item for one in agenda.today(book) if one.item.kind == "promise"]
    assert today.due == again.due
    assert str(today.detail) == "call-back 1, promised for 10:00"
    later(clock, minutes=15)
    line = call_queue.line(book, person)
    assert line is not None
    assert line.promised
    assert line.ready
    history.undo(book)
    assert [one.due for one in promises.rings(book)] == [at]


def test_tomorrow_on_today_puts_a_promise_off(book: Book, clock: StandingClock) -> None:
    _card, _person, at = promised(book)
    later(clock, hours=1)
    (today,) = [one.item for one in agenda.today(book) if one.item.kind == "promise"]
    agenda.snooze(book, today)
    (ring,) = promises.rings(book)
    assert ring.promised == at
    assert ring.due.date() > at.date() - timedelta(days=1)
    at_that_time = at.astimezone(book.clock.zone).time()
    assert ring.due == book.clock.at(book.today() + timedelta(days=1), at_that_time)


@pytest.mark.parametrize("direction", ["out", "in"])
def test_the_next_touch_ends_it(book: Book, direction: str) -> None:
    made = salon_last_week(book, 0)
    not_now.put_off(book, made.people[0], NINE + timedelta(days=3))
    soon = NINE + timedelta(hours=1)
    calling.record(
        *(book, made.cards[0], "callback-1", "call_back"),
        lane="phone",
        when=soon,
        direction=direction,
    )
    line = call_queue.line(book, made.people[0])
    assert line is not None
    assert line.promised
    assert line.due == soon


def test_another_time_promised_ends_it(book: Book) -> None:
    card, person, at = promised(book)
    not_now.put_off(book, person, at + timedelta(days=2))
    calling.move_promise(book, card, at + timedelta(hours=1))
    assert [ring.due for ring in promises.rings(book)] == [at + timedelta(hours=1)]


def test_a_reminder_is_not_put_off_past_its_event(book: Book) -> None:
    made = salon_tomorrow(book)
    (one, *_rest) = call_queue.queue(book)
    with pytest.raises(Refused, match="The event starts Tue 11-24 14:00; remind before that"):
        not_now.put_off(book, made.people[0], one.event_at)
    with pytest.raises(Refused, match="is past; write a later time"):
        not_now.put_off(book, made.people[0], book.now())
    not_now.put_off(book, made.people[0], one.event_at - timedelta(minutes=1))


def test_what_is_offered_before_an_event_lies_before_it(book: Book, clock: StandingClock) -> None:
    made = salon_tomorrow(book)
    later(clock, days=1, hours=3, minutes=30)  # 12:30; it starts at 14:00
    (last,) = not_now.offers(book, made.people[0])
    assert (str(last.title), f"{last.at.astimezone(clock.zone):%H:%M}") == (
        "before it begins",
        "13:30",
    )
    assert not_now.read(book, made.people[0], "").at == last.at
    later(clock, hours=1)
    with pytest.raises(Refused, match="The event starts 14:00"):
        not_now.read(book, made.people[0], "")


def test_nobody_vanishes_where_the_event_is_moved_ahead_of_what_was_put_off_or_promised(
    book: Book, clock: StandingClock
) -> None:
    made = salon_tomorrow(book)
    begins = NINE + timedelta(days=1, hours=1)  # moved from 14:00 to 10:00
    later(clock, hours=1)
    for card in made.cards[1:2]:
        at = begins + timedelta(hours=2)
        calling.record(book, card, "reminder", "call_back", lane="phone", when=at)
    not_now.put_off(book, made.people[0], begins + timedelta(hours=1))
    events.move(book, 1, begins)
    assert "王志刚" in [line.person for line in call_queue.queue(book) if line.ready]
    (ring,) = promises.rings(book)
    assert (ring.person, ring.due) == ("李娜", begins - timedelta(minutes=30))
    clock.move_to(begins - timedelta(minutes=30))
    first = call_queue.queue(book)[0]
    assert (first.person, first.promised, first.ready) == ("李娜", True, True)


def test_a_call_list_is_not_put_off_past_its_last_day(book: Book) -> None:
    made = salon_last_week(book, 0)
    wanted = call_lists.read(book, {"name": "老客户", "closes": "+1d"})
    call_lists.make(book, made.people[:1], wanted, "上海")
    with pytest.raises(Refused, match=r"老客户 is called until .*; write a time before that"):
        not_now.put_off(book, made.people[0], NINE + timedelta(days=2))
    not_now.put_off(book, made.people[0], NINE + timedelta(days=1))


def test_what_can_be_typed(book: Book) -> None:
    made = salon_last_week(book, 0)

    def read(text: str) -> str:
        return str(not_now.read(book, made.people[0], text).at.astimezone(book.clock.zone))[:16]

    assert [read(text) for text in ("", "1", "2", "明天下午3点", "16:00", "周五")] == [
        *("2026-11-23 11:00", "2026-11-23 11:00", "2026-11-24 09:00"),
        *("2026-11-24 15:00", "2026-11-23 16:00", "2026-11-27 09:00"),
    ]
    with pytest.raises(Refused, match="says no time"):
        read("später")


def test_two_hours_from_the_evening_is_the_next_working_morning(
    book: Book, clock: StandingClock
) -> None:
    made = salon_last_week(book, 0)
    later(clock, days=4, hours=10, minutes=50)  # Friday, 19:50
    soon, morning = not_now.offers(book, made.people[0])
    monday = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
    assert (soon.at, morning.at) == (monday, monday)


def test_somebody_on_no_list_rings_too(book: Book, clock: StandingClock) -> None:
    made = salon_tomorrow(book)
    at = NINE + timedelta(hours=1)
    off_list.record(book, made.people[3], "call_back", lane="phone", when=at)
    (ring,) = promises.rings(book)
    assert (ring.kind, ring.person_id, ring.due) == ("follow_up", made.people[3], at)
    later(clock, hours=1)
    promises.quieten(book, ring)
    (ring,) = promises.rings(book)
    assert (ring.promised, ring.due) == (at, at + timedelta(minutes=15))


def test_who_was_put_off_as_two_is_put_off_until_the_later_time(book: Book) -> None:
    made = salon_last_week(book, 0)
    one, other = made.people[0], made.people[1]
    not_now.put_off(book, one, NINE + timedelta(hours=2))
    not_now.put_off(book, other, NINE + timedelta(hours=3))
    twins.merge(book, one, other)
    line = call_queue.line(book, one)
    assert line is not None
    assert line.due == NINE + timedelta(hours=3)
