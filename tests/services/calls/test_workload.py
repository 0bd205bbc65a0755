"""How many people there are to call: one number on Today, Calls, in the shell and in the plan."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from opslog.domain.base.refusal import Refused
from opslog.domain.calls.outcomes import REMINDER
from opslog.domain.rosters.rosters import Cards
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.calls import calling
from opslog.services.calls.attendance import guests
from opslog.services.calls.queue import queue as call_queue
from opslog.services.calls.queue import workload
from opslog.services.cards import step_progress, ticking
from opslog.services.events.plans import steps
from opslog.services.today import agenda
from opslog.tui.today.head import calls_due
from tests.conftest import StandingClock
from tests.services.calls.test_calling import PEOPLE, TOMORROW, close, names, salon_tomorrow
from tests.services.calls.test_contact_limits import ACTS, NOW, _do
from tests.services.calls.test_corrections import WEEK, moved
from tests.services.calls.test_one_call import on_two_lists
from tests.services.lists import Sheet, make_list, make_steps

EVIDENCE = ("reminders-day-before", "reminders-on-day", "callback-1")


def test_somebody_due_for_two_events_is_one_person_to_call(book: Book) -> None:
    salon, past = on_two_lists(book)
    make_list(book, PEOPLE[:1], event="杭州", people=salon.people[:1], ends_ago=TOMORROW)
    assert workload.today(book) == (4, 0, 0)
    assert workload.today(book, [one.item for one in agenda.today(book)]) == (4, 0, 0)
    assert calls_due(agenda.today(book)) == 4
    calling.record(book, salon.cards[1], REMINDER, "coming", lane="phone")
    assert workload.today(book) == (3, 0, 0)  # 李娜 was called today: her call-back waits
    calling.record(book, past.cards[0], "callback-1", "answered", lane="phone")
    assert [str(one) for one in workload.today(book).said] == ["3 people to call"]


def test_open_call_backs_are_counted_beside_what_is_due(book: Book) -> None:
    made = make_list(book, PEOPLE, event="北京大会", ends_ago=timedelta(days=3))
    close(book, made, 0)
    assert [str(one) for one in workload.today(book).said] == ["4 to call back"]
    assert calls_due(agenda.today(book)) == 0
    calling.record(
        *(book, made.cards[0], "callback-1", "call_back"),
        lane="phone",
        when=book.now() + timedelta(hours=2),
    )
    assert workload.today(book) == (1, 3, 0)


def test_who_is_asked_again_for_another_date_is_no_call_back(
    book: Book, clock: StandingClock
) -> None:
    """Their event was moved; on the day of its reminders they are to be called as all others."""
    made, _step = moved(book)
    past = make_list(book, PEOPLE[2:], event="北京大会", ends_ago=timedelta(days=3))
    close(book, past, 0)
    assert workload.today(book) == (0, 2, 2)
    said = ["2 people to ask again", "2 more to call"]
    assert [str(one) for one in workload.today(book).said] == said
    queue = call_queue.queue(book)
    assert {line.card_id for line in queue if workload.is_anew(line)} == {*made.cards[:2]}
    calling.record(
        *(book, made.cards[0], REMINDER, "call_back"),
        lane="phone",
        when=book.now() + timedelta(hours=2),
    )
    assert workload.today(book) == (1, 2, 1)
    clock.move_to(clock.instant + WEEK)
    assert workload.today(book).anew == 0


def test_calls_closed_by_hand_leave_today_and_calls_and_are_said(
    book: Book, clock: StandingClock
) -> None:
    """Whoever was promised a time, or comes in later, is called all the same."""
    salon = salon_tomorrow(book)
    plan = make_steps(book, salon.event_id, *EVIDENCE)
    at = book.now() + timedelta(hours=3)
    calling.record(book, salon.cards[0], REMINDER, "call_back", lane="phone", when=at)
    change = ticking.tick_step(book, plan["reminders-day-before"])
    assert str(change.label) == ("Closed by hand: reminders-day-before, 4 of 4 open (上海沙龙)")
    assert names(book) == ["王志刚"]
    assert workload.today(book) == (1, 0, 0)
    left = call_queue.not_called(book, [])
    assert sorted(one.person for one in left) == ["张伟", "李娜", "陈静"]
    assert {str(one.why) for one in left} == {"the step was closed by hand"}
    clock.move_to(clock.instant + timedelta(minutes=1))
    history.undo(book)
    assert len(names(book)) == 4
    assert call_queue.not_called(book, []) == []


def test_call_backs_closed_by_hand_come_back_with_their_step(book: Book) -> None:
    made = make_list(book, PEOPLE, event="北京大会", ends_ago=timedelta(days=3))
    close(book, made, 0)
    step = make_steps(book, made.event_id, *EVIDENCE)["callback-1"]
    ticking.tick_step(book, step)
    assert call_queue.queue(book) == []
    assert call_queue.queue(book) == []  # nor is the list taken to be settled
    steps.untick_step(book, step)
    assert len(call_queue.queue(book)) == 4


def test_a_promise_is_kept_whatever_number_or_row_says(book: Book) -> None:
    """Their number is found wrong on another list: they stand on Calls as they do on Today."""
    salon, past = on_two_lists(book)
    at = book.now() + timedelta(hours=2)
    calling.record(book, past.cards[0], "callback-1", "call_back", lane="phone", when=at)
    calling.record(book, salon.cards[0], REMINDER, "wrong_number", lane="phone")
    queued = call_queue.line(book, salon.people[0], later=False)
    assert queued is not None
    assert [(one.promised, one.due) for one in queued.parts] == [(True, at)]
    assert workload.today(book) == (4, 0, 0)


@settings(max_examples=25, deadline=None)
@example(acts=[("call", 0), ("call", 4), ("day", 0)], closes=set())
@given(acts=ACTS, closes=st.sets(st.integers(0, 13), max_size=3))
def test_the_numbers_agree_whatever_was_done(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int]], closes: set[int]
) -> None:
    clock = StandingClock(NOW)
    book = open_book(tmp_path_factory.mktemp("counts") / "opslog.db", clock=clock)
    salon = salon_tomorrow(book)
    lists = [salon, make_list(book, PEOPLE[:3], event="杭州", people=salon.people[:3])]
    close(book, lists[1], 0)
    plan = [make_steps(book, made.event_id, *EVIDENCE) for made in lists]
    for place, (act, n) in enumerate(acts):
        with suppress(Refused):
            if place in closes:
                made = plan[n % 2]
                ticking.tick_step(book, made[EVIDENCE[n % 3]])
            else:
                _do(book, clock, lists, act, n)
        _check(book, lists)
    book.close()


def _check(book: Book, lists: list[Sheet]) -> None:
    queue = call_queue.queue(book)
    counted = workload.today(book)
    assert counted.due == sum(map(workload.is_due, queue))
    assert counted.anew == sum(map(workload.is_anew, queue))
    assert counted.all == len({line.person_id for line in queue}) == len(queue)
    assert calls_due(agenda.today(book)) == counted.due
    later = [part for line in call_queue.queue(book, later=True) for part in line.parts]
    reminders = {
        one.item.event_id: one.item
        for one in agenda.today(book)
        if one.item.kind == "reminder" and one.item.due <= book.now()
    }
    for made in lists:
        far = step_progress.of_event(book, made.event_id)
        left = call_queue.not_called(book, [], event_id=made.event_id)
        waits = {
            one.card_id for one in later if (one.event_id, one.purpose) == (made.event_id, REMINDER)
        }
        closed = {one.card_id for one in left if one.kind == "closed" and one.purpose == REMINDER}
        for name in EVIDENCE[:2]:
            item = reminders.get(made.event_id)
            if name not in far or item is None or item.of == 0:
                continue
            if str(item.detail) != (
                "reminder calls on the day" if "on" in name else "reminder calls the day before"
            ):
                continue
            assert (item.done, item.of) == far[name][:2]
            assert item.people == far[name].open == len(waits - closed)
            shares = guests.shares(book, Cards(made.roster_id), REMINDER, left)
            told = sum(one.number for one in shares)
            # On the day nobody is called again whose number was found wrong the day before; what
            # came of their call is told all the same.
            assert told >= item.of if "on" in name else told == item.of


def test_who_was_closed_by_hand_long_ago_is_said_of_their_list_alone(
    book: Book, clock: StandingClock
) -> None:
    made = make_list(book, PEOPLE, event="北京大会", ends_ago=timedelta(days=3))
    close(book, made, 0)
    ticking.tick_step(book, make_steps(book, made.event_id, *EVIDENCE)["callback-1"])
    clock.move_to(clock.instant + timedelta(days=89))
    assert len(call_queue.not_called(book, [])) == 4
    clock.move_to(clock.instant + timedelta(days=2))
    assert call_queue.not_called(book, []) == []
    assert len(call_queue.not_called(book, [], event_id=made.event_id)) == 4
    assert len(call_queue.not_called(book, [], roster_id=made.roster_id)) == 4


def test_who_came_since_the_calls_were_closed_is_the_only_one_looked_at(
    book: Book, clock: StandingClock
) -> None:
    made = make_list(book, PEOPLE, event="北京大会", ends_ago=timedelta(days=3))
    close(book, made, 0)
    at = book.now() + timedelta(hours=2)
    calling.record(book, made.cards[1], "callback-1", "call_back", lane="phone", when=at)
    ticking.tick_step(book, make_steps(book, made.event_id, *EVIDENCE)["callback-1"])
    clock.move_to(clock.instant + timedelta(days=1))
    read = list[str]()
    book.con.set_trace_callback(read.append)
    found = call_queue.queue(book)
    book.con.set_trace_callback(None)
    assert [line.card_id for line in found] == [made.cards[1]]
    cards = [text for text in read if "AS verdict" in text and "FROM card c JOIN person" in text]
    assert cards
    assert all(f"[{made.cards[1]}]" in text for text in cards)
