"""What stands behind the steps of a plan: calls, rounds and marks."""

from __future__ import annotations

from datetime import timedelta

from opslog.domain.events.plans.evidence import HowFar
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.calls.attendance import guests
from opslog.services.cards import proofs, step_progress
from opslog.services.events import events
from opslog.services.people import card as person_card
from opslog.services.screening import rounds
from tests.conftest import StandingClock
from tests.services.calls.test_calling import TOMORROW
from tests.services.lists import make_list, make_steps

BEFORE = "reminders-day-before"
PEOPLE = (
    ("王志刚", "万科企业", "总经理", "+8613800138000", ""),
    ("测试", "万科企业", "", "+8613800138001", ""),  # made up: called nobody
    ("李娜", "华为技术", "", "+8613800138004", ""),
    ("张伟", "华为技术", "", "+8613800138005", ""),
)


def test_reminder_calls_count_whom_no_call_waits_for(book: Book) -> None:
    made = make_list(book, PEOPLE, ends_ago=TOMORROW)
    make_steps(book, made.event_id, BEFORE)
    assert step_progress.of_event(book, made.event_id) == {BEFORE: (0, 3, False)}
    calling.record(book, made.cards[0], "reminder", "coming", lane="phone")
    assert step_progress.of_event(book, made.event_id)[BEFORE] == (1, 3, False)
    calling.record(book, made.cards[2], "reminder", "no_answer", lane="phone")  # to be tried again
    assert step_progress.of_event(book, made.event_id)[BEFORE] == (1, 3, False)
    person_card.set_barred(book, made.people[3], True)
    assert step_progress.of_event(book, made.event_id)[BEFORE] == (1, 2, False)
    events.cancel(book, made.event_id)
    assert step_progress.of_event(book, made.event_id) == {}


def test_rounds_call_backs_and_marks_after_the_event(book: Book, clock: StandingClock) -> None:
    made = make_list(book, PEOPLE)
    make_steps(book, made.event_id, "round-0", "callback-1", "attendance")
    round_id = rounds.open_round(book, made.roster_id).made
    rounds.decide(book, round_id, made.cards[1], "drop", reason="made_up")
    found = step_progress.of_event(book, made.event_id)
    assert found["round-0"] == (1, 4, False)
    assert "callback-1" not in found
    rounds.close_round(book, round_id, force=True)
    calling.record(book, made.cards[0], "callback-1", "answered", lane="phone")
    guests.mark_attended(book, made.cards[0], True)
    guests.mark_attended(book, made.cards[2], False)
    found = step_progress.of_event(book, made.event_id)
    assert found["callback-1"] == (1, 3, False)
    assert found["attendance"] == (2, 3, False)


def test_once_the_event_began_who_was_called_to_be_reminded_stays_called(
    book: Book, clock: StandingClock
) -> None:
    made = make_list(book, PEOPLE, ends_ago=TOMORROW)
    make_steps(book, made.event_id, BEFORE)
    calling.record(book, made.cards[0], "reminder", "coming", lane="phone")
    calling.record(book, made.cards[2], "reminder", "no_answer", lane="phone")
    clock.move_to(clock.instant + timedelta(days=2))

    def far() -> HowFar:
        return step_progress.of_event(book, made.event_id)[BEFORE]

    assert far() == (2, 3, False)  # no other call waits for who did not answer
    round_id = rounds.open_round(book, made.roster_id).made
    rounds.decide(book, round_id, made.cards[0], "drop", reason="competitor")
    rounds.decide(book, round_id, made.cards[3], "drop", reason="colleague")
    guests.mark_attended(book, made.cards[3], True)
    assert far() == (2, 3, False)


def test_reminders_all_made_are_done_with_the_last_of_them_however_it_ended(
    book: Book, clock: StandingClock
) -> None:
    made = make_list(book, PEOPLE, ends_ago=TOMORROW)
    make_steps(book, made.event_id, BEFORE)
    for card in made.cards[2:]:
        calling.record(book, card, "reminder", "no_answer", lane="phone")
    called_at = clock.instant
    clock.move_to(clock.instant + timedelta(days=2))
    calling.record(
        *(book, made.cards[0], "reminder", "coming"), lane="phone", at=called_at
    )  # written down afterwards
    (step,) = [one for one in events.plan(book, made.event_id) if one.evidence == BEFORE]
    assert (step.state, step.done_at) == ("done", called_at)
    assert proofs.flaws(book) == []
