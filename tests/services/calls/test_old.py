"""Call-backs that nobody touched for long: counted apart everywhere, taken up again, ended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog.domain.base.refusal import Refused
from opslog.locale import msg
from opslog.services.book import history, own_files, own_kinds
from opslog.services.book.book import Book
from opslog.services.calls import calling, not_now
from opslog.services.calls.queue import old, workload
from opslog.services.calls.queue import queue as call_queue
from opslog.services.cards import ticking
from opslog.services.events import events
from opslog.services.people import card as person_card
from tests.conftest import StandingClock
from tests.services.calls.test_calling import PEOPLE, close, names
from tests.services.lists import Sheet, make_list, make_steps

LONG = timedelta(days=90)


@pytest.fixture
def made(book: Book, clock: StandingClock) -> Sheet:
    """A list of four whose call-back was opened 90 days ago."""
    sheet = make_list(book, PEOPLE, event="北京大会", ends_ago=timedelta(days=3))
    close(book, sheet, 0)
    clock.move_to(clock.instant + LONG)
    return sheet


def waiting(book: Book) -> list[tuple[str, str, int]]:
    return [(one.event, one.purpose, one.number) for one in old.lists(book)]


def test_they_are_counted_apart_on_every_screen(
    book: Book, clock: StandingClock, made: Sheet
) -> None:
    clock.move_to(clock.instant - timedelta(days=1))
    assert (len(names(book)), workload.today(book).all, waiting(book)) == (4, 4, [])
    clock.move_to(clock.instant + timedelta(days=1))
    assert names(book) == []
    assert workload.today(book).all == 0
    assert call_queue.with_held(book, later=False).old == 4
    assert call_queue.first(book, later=True) == []
    assert waiting(book) == [("北京大会", "callback-1", 4)]
    assert call_queue.queue(book) == []
    assert waiting(book) == [("北京大会", "callback-1", 4)], "nor is the list settled"


def test_whoever_was_tried_put_off_or_promised_a_call_of_late_is_not_among_them(
    book: Book, clock: StandingClock, made: Sheet
) -> None:
    calling.record(book, made.cards[0], "callback-1", "no_answer", lane="phone")
    not_now.put_off(book, made.people[1], book.now() + timedelta(days=1))
    at = book.now() + timedelta(days=120)
    calling.record(book, made.cards[2], "callback-1", "call_back", lane="phone", when=at)
    assert waiting(book) == [("北京大会", "callback-1", 1)]
    clock.move_to(clock.instant + LONG)
    assert waiting(book) == [("北京大会", "callback-1", 2)]
    clock.move_to(clock.instant + timedelta(days=1))
    assert waiting(book) == [("北京大会", "callback-1", 3)]
    clock.move_to(clock.instant + timedelta(days=60))
    assert names(book) == [PEOPLE[2][0]], "a promise is kept however old the list is"


def test_of_an_event_or_a_list_that_is_named_they_stand_in_the_queue(
    book: Book, made: Sheet
) -> None:
    assert len(call_queue.queue(book, event_id=made.event_id)) == 4
    assert len(call_queue.queue(book, roster_id=made.roster_id)) == 4
    assert call_queue.with_held(book, event_id=made.event_id, later=False).old == 0
    line = call_queue.line(book, made.people[0])
    assert line is not None
    assert line.purpose == "callback-1", "a call to one of them is for this call-back"
    assert call_queue.line(book, made.people[0], old=False) is None


def test_taken_up_again_they_are_due_and_one_undo_takes_it_back(
    book: Book, clock: StandingClock, made: Sheet
) -> None:
    assert call_queue.queue(book) == []  # which notes the list
    change = old.take_up(book, old.lists(book))
    assert str(change.label) == "Taken up again: 4 call-backs (北京大会)"
    assert (len(names(book)), workload.today(book).all, waiting(book)) == (4, 4, [])
    clock.move_to(clock.instant + LONG)
    assert (names(book), waiting(book)) == ([], [("北京大会", "callback-1", 4)])
    clock.move_to(clock.instant - LONG)
    history.undo(book)
    assert waiting(book) == [("北京大会", "callback-1", 4)]
    with pytest.raises(Refused, match="Nobody waits there any more"):
        old.take_up(book, [])


def test_ended_their_step_is_closed_with_the_reason_and_one_undo_opens_it(
    book: Book, made: Sheet
) -> None:
    step = make_steps(book, made.event_id, "callback-1")["callback-1"]
    assert call_queue.queue(book) == []  # which notes the list
    change = ticking.end_calls(book, old.lists(book), "旧名单，不再打")
    assert str(change.label) == "Ended: 4 call-backs (北京大会)"
    assert (waiting(book), call_queue.queue(book, event_id=made.event_id)) == ([], [])
    (line,) = [one for one in events.plan(book, made.event_id) if one.id == step]
    assert (line.state, line.note) == ("done", "旧名单，不再打")
    assert {str(one.why) for one in call_queue.not_called(book, [])} == {
        "the step was closed by hand"
    }
    history.undo(book)
    assert waiting(book) == [("北京大会", "callback-1", 4)]


def test_what_no_plan_has_a_step_for_is_not_ended(book: Book, made: Sheet) -> None:
    with pytest.raises(Refused, match="has no open step for these calls"):
        ticking.end_calls(book, old.lists(book), "")
    assert waiting(book) == [("北京大会", "callback-1", 4)]


@pytest.mark.parametrize(("days", "number"), [(0, 0), (89, 4), (91, 0)])
def test_the_operator_says_after_how_long(book: Book, made: Sheet, days: int, number: int) -> None:
    kind = own_kinds.CONTACT_LIMITS
    text = own_kinds.text_in_force(book, kind)
    said = text.replace("callback_days = 90", f"callback_days = {days}")
    own_files.put(book, kind.place, said, msg("{x}", x="old"))
    assert sum(one.number for one in old.lists(book)) == number
    assert len(names(book)) == 4 - number


def test_somebody_barred_since_is_none_of_them(book: Book, made: Sheet) -> None:
    person_card.set_barred(book, made.people[0], True)
    assert waiting(book) == [("北京大会", "callback-1", 3)]


def test_lists_on_which_they_alone_wait_are_not_gone_through_again(
    book: Book, clock: StandingClock, made: Sheet
) -> None:
    assert call_queue.queue(book) == []
    read = list[str]()
    book.con.set_trace_callback(read.append)
    assert call_queue.with_held(book, later=False).old == 4
    assert call_queue.people(book) == {}
    assert waiting(book) == [("北京大会", "callback-1", 4)]
    book.con.set_trace_callback(None)
    assert not [text for text in read if "FROM card c JOIN person" in text]
    calling.record(book, made.cards[0], "callback-1", "answered", lane="phone")
    assert call_queue.with_held(book, later=False).old == 3
    clock.move_to(clock.instant - LONG)
    assert len(names(book)) == 3, "nor does a clock set back hide them"
