"""To be added on WeCom: who, with which words, and what comes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from opslog.domain.base.refusal import Refused
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import call_card, calling, promises
from opslog.services.calls.queue import adding
from opslog.services.calls.queue import queue as call_queue
from opslog.services.people import card as people
from tests.conftest import StandingClock
from tests.services.calls.test_calling import PEOPLE, close, decide, salon_last_week
from tests.services.calls.test_not_now import later
from tests.services.lists import Sheet, make_list

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def kept(book: Book) -> Sheet:
    """Last week's salon, tidied; the first two were kept."""
    made = salon_last_week(book, 0)
    for card in (0, 1):
        decide(book, made, card, "keep")
    return made


def to_add(book: Book, *, later: bool = True) -> list[str]:
    return [line.person for line in adding.queue(book, later=later)]


def test_who_was_kept_and_is_not_on_wecom_is_to_be_added(book: Book) -> None:
    made = kept(book)
    assert to_add(book) == ["王志刚", "李娜"]
    people.set_wecom(book, made.people[0], True)
    assert to_add(book) == ["李娜"]
    people.set_wecom(book, made.people[0], False)
    people.set_barred(book, made.people[1], True, ["write"])
    assert to_add(book) == ["王志刚"]


def test_the_words_say_why_and_go_with_the_request(book: Book) -> None:
    made = kept(book)
    card = call_card.card(book, made.cards[0], "add")
    assert card.lane == "wecom"
    assert card.talk.say.startswith("Hello 王志刚, I organised “北京大会”")
    assert [outcome.code for outcome in card.outcomes.keys] == [
        *("asked", "accepted", "refused", "not_found"),
    ]


def test_who_was_asked_is_asked_once_more_after_days(book: Book, clock: StandingClock) -> None:
    made = kept(book)
    adding.record(book, made.cards[0], "asked")
    line = adding.line(book, made.people[0])
    assert line is not None
    assert (line.ready, line.attempts, line.due) == (False, 1, NINE + timedelta(days=3))
    assert to_add(book, later=False) == ["李娜"]
    later(clock, days=3)
    assert to_add(book, later=False) == ["王志刚", "李娜"]
    other = call_card.card(book, made.cards[0], "add").talk.say
    assert "few days ago" in other
    adding.record(book, made.cards[0], "asked")
    assert adding.line(book, made.people[0]) is None


@pytest.mark.parametrize("outcome", ["refused", "not_found"])
def test_who_does_not_want_to_is_asked_for_no_list_again(book: Book, outcome: str) -> None:
    made = kept(book)
    adding.record(book, made.cards[0], outcome)
    other = make_list(book, PEOPLE[:1], event="杭州", people=made.people[:1])
    close(book, other, 0)
    decide(book, other, 0, "keep")
    assert to_add(book) == ["李娜"]


def test_accepted_is_on_wecom_and_one_undo_takes_back_both(book: Book) -> None:
    made = kept(book)
    adding.record(book, made.cards[0], "accepted")
    assert people.get(book, made.people[0]).wecom is True
    assert to_add(book) == ["李娜"]
    line = call_queue.line(book, made.people[0])
    assert line is not None
    assert (line.lane, line.ready) == ("wecom", True), "written to at once"
    history.undo(book)
    assert people.get(book, made.people[0]).wecom is None
    assert to_add(book) == ["王志刚", "李娜"]


def test_asking_leaves_what_was_promised_and_is_no_touch(book: Book) -> None:
    made = kept(book)
    at = NINE + timedelta(hours=2)
    calling.record(book, made.cards[0], "callback-1", "call_back", lane="phone", when=at)
    adding.record(book, made.cards[0], "asked")
    assert [ring.due for ring in promises.rings(book)] == [at]
    adding.record(book, made.cards[1], "asked")
    line = call_queue.line(book, made.people[1])
    assert line is not None
    assert line.ready
    assert line.held is None


def test_an_outcome_there_is_none_of_is_refused(book: Book) -> None:
    made = kept(book)
    with pytest.raises(
        Refused, match=r"known: asked, accepted, does not want to \(refused\), not found"
    ):
        adding.record(book, made.cards[0], "wrong_number")
    with pytest.raises(Refused, match="no longer on any list"):
        adding.record(book, 999, "asked")


def test_a_reminder_by_wecom_has_no_wrong_number(book: Book) -> None:
    made = salon_last_week(book)
    outcomes = call_card.card(book, made.cards[0], "reminder", "wecom").outcomes
    codes = [outcome.code for outcome in outcomes.all]
    assert "sent" in codes
    assert "wrong_number" not in codes
    assert "no_answer" not in codes


def test_the_number_is_of_whom_the_lane_shows(book: Book) -> None:
    made = kept(book)
    assert adding.number(book) == len(adding.queue(book, later=False)) > 0
    adding.log(book, adding.queue(book)[0].person_id, "asked")
    assert adding.number(book) == len(adding.queue(book, later=False))
    people.set_wecom(book, made.people[1], True)
    assert adding.number(book, made.event_id) == len(adding.queue(book, made.event_id, later=False))
