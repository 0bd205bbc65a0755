"""A message whose day is long past is not offered as if nothing had happened."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog.domain.base.refusal import Refused
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.programmes import enrolling, members, programmes, queue, sending
from opslog.services.today import agenda
from opslog.store.programmes import enrolments as store
from tests.conftest import StandingClock
from tests.services.lists import make_list
from tests.services.programmes import programme

MISSED = "missed: due more than 14 days ago"


def later(book: Book, clock: StandingClock, days: int) -> None:
    clock.move_to(clock.instant + timedelta(days=days))


def at_last(book: Book, clock: StandingClock, number: int = 1) -> list[int]:
    """People whose last step, of day 7, is due today: Monday 30 November."""
    week = programme.PROGRAMME.replace('runs = "month"', 'runs = "week"')
    programmes.put(book, "trial", week)
    ids = programme.people(book, number)
    enrolling.enter(book, "trial", ids, step="seven")
    return [enrolling.of_person(book, id)[0].id for id in ids]


def became(book: Book, enrolment: int) -> dict[str, str]:
    return {id: made.state for id, made in store.sendings(book.con, enrolment).items()}


def test_the_last_step_of_a_year_ago_is_missed_said_and_counted(
    book: Book, clock: StandingClock
) -> None:
    two = at_last(book, clock, 2)
    later(book, clock, 14)
    assert len(programme.due(book)) == 2
    later(book, clock, 1)
    assert programme.due(book) == []
    later(book, clock, 350)
    assert programme.due(book) == []
    assert programme.held(book) == {MISSED: 2}
    (held,) = queue.day(book).held
    assert held.out, "nothing comes behind it"
    assert not [one for one in agenda.today(book) if one.item.kind == "message"]
    assert [step.state for step in queue.card(book, two[0]).steps][-1] == "missed"
    with pytest.raises(Refused, match=MISSED):
        sending.sent(book, two)


def test_it_is_written_down_with_what_is_done_next_and_taken_back_with_it(
    book: Book, clock: StandingClock
) -> None:
    (one,) = at_last(book, clock)
    later(book, clock, 40)
    others = make_list(book, [("赵六", "丙", "", "+8613900000009", "")], event="大会").people
    change = enrolling.enter(book, "trial", others)
    assert "1 message missed: its day is long past" in [str(said) for said in change.left]
    assert became(book, one) == {"seven": "missed"}
    assert sending.get(book, one).state == "finished"
    assert MISSED not in programme.held(book)
    history.undo(book, change.id)
    assert sending.get(book, one).state == "active"
    assert became(book, one) == {}
    assert programme.held(book) == {MISSED: 1}


@pytest.mark.parametrize("written", [False, True])
def test_another_step_brings_it_back(book: Book, clock: StandingClock, written: bool) -> None:
    (one,) = at_last(book, clock)
    later(book, clock, 42)
    if written:
        others = make_list(book, [("赵六", "丙", "", "+8613900000009", "")], event="大会").people
        enrolling.enter(book, "trial", others, step="two")
    enrolling.move(book, [one], "seven")
    later(book, clock, 1)
    assert ("seven", "王志刚") in [(step, who) for _slot, step, who in programme.due(book)]
    sending.sent(book, [one])
    assert became(book, one) == {"seven": "sent"}
    with pytest.raises(Refused, match="in no programme now"):
        enrolling.move(book, [one], "seven")


def test_what_comes_next_is_told_instead(book: Book, clock: StandingClock) -> None:
    text = programme.PROGRAMME.replace('runs = "month"', 'runs = "half_year"')
    programmes.put(book, "trial", text)
    (person,) = programme.people(book, 1)
    enrolling.enter(book, "trial", [person], step="seven")
    later(book, clock, 40)
    (held,) = queue.day(book).held
    enrolled = enrolling.of_person(book, person)[0]
    row = members.many(book, [enrolled.id])[0]
    assert row.step == "later"
    assert row.next_on == held.until
    assert held.until is not None
    assert not held.out
    later(book, clock, (held.until - book.today()).days)
    assert [step for _slot, step, _who in programme.due(book)] == ["later"]
    sending.sent(book, [enrolled.id])
    assert became(book, enrolled.id) == {"seven": "missed", "later": "sent"}


def test_of_what_was_put_off_the_day_it_was_put_off_to_counts(
    book: Book, clock: StandingClock
) -> None:
    (one,) = at_last(book, clock)
    sending.not_now(book, one, book.now() + timedelta(days=30))
    later(book, clock, 37)
    assert len(programme.due(book)) == 1
    later(book, clock, 8)
    assert programme.due(book) == []


def test_a_programme_may_say_after_how_many_days(book: Book, clock: StandingClock) -> None:
    at_last(book, clock)
    text = programmes.text(book, "trial")
    programmes.put(book, "trial", text.replace("target = 8", "target = 8\nlate = 60"))
    later(book, clock, 60)
    assert len(programme.due(book)) == 1
    later(book, clock, 1)
    assert programme.held(book) == {"missed: due more than 60 days ago": 1}
    with pytest.raises(Refused, match="“late” must be a whole number from 1 to 400"):
        programmes.put(book, "trial", text.replace("target = 8", "target = 8\nlate = 0"))
