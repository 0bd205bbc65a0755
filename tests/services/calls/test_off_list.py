"""A call with somebody who stands in no queue."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog.domain.base.refusal import Refused
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import calling, off_list
from opslog.services.cards import cards
from opslog.services.people import card as person_card
from tests.services.calls.test_calling import PEOPLE
from tests.services.lists import make_list


def somebody(book: Book) -> int:
    return make_list(book, PEOPLE[:1], ends_ago=timedelta(days=40)).people[0]


def follow_ups(book: Book) -> list[tuple[str, str, int]]:
    rows = book.con.execute("SELECT text, due_at, timed FROM follow_up")
    return [tuple(row) for row in rows]


def test_it_is_a_line_of_the_log_on_their_time_line(book: Book) -> None:
    person = somebody(book)
    change = off_list.record(book, person, "interested", lane="phone")
    assert str(change.label) == "Called 王志刚: interested"
    assert str(cards.timeline(book, person)[0].text) == "Called 王志刚: interested"
    assert person_card.get(book, person).last_contact_at == book.now()
    assert follow_ups(book) == []
    history.undo(book)
    assert all("interested" not in str(one.text) for one in cards.timeline(book, person))


def test_a_time_agreed_on_is_a_follow_up(book: Book) -> None:
    person = somebody(book)
    when = calling.read_promise(book, None, off_list.PURPOSE, "phone", "call_back", "明天10点").at
    off_list.record(book, person, "call_back", lane="phone", when=when)
    assert follow_ups(book) == [("Call 王志刚", "2026-11-24T02:00:00Z", 1)]


def test_without_a_time_the_rule_says_when(book: Book) -> None:
    off_list.record(book, somebody(book), "call_back", lane="phone")
    assert [text for text, _due, _timed in follow_ups(book)] == ["Call 王志刚"]


def test_nobody_answered_asks_for_nothing(book: Book) -> None:
    off_list.record(book, somebody(book), "no_answer", lane="phone")
    assert follow_ups(book) == []


def test_handed_over_waits_to_be_passed_on(book: Book) -> None:
    change = off_list.record(book, somebody(book), "hand_over", lane="phone")
    assert str(change.label) == "Called 王志刚: hand over, to be passed on"
    assert [text for text, _due, _timed in follow_ups(book)] == ["Pass on 王志刚"]


def test_do_not_call_bars_them_and_no_call_is_logged_then(book: Book) -> None:
    person = somebody(book)
    off_list.record(book, person, "do_not_call", lane="phone")
    assert person_card.get(book, person).do_not_call
    with pytest.raises(Refused, match="asked not to be called"):
        off_list.record(book, person, "interested", lane="phone")


def test_a_wrong_number_is_remembered(book: Book) -> None:
    off_list.record(book, somebody(book), "wrong_number", lane="phone")
    rows = book.con.execute("SELECT value FROM suppressed WHERE scope='wrong'").fetchall()
    assert [row[0] for row in rows] == ["+8613800138000"]


def test_an_unknown_outcome_and_a_time_past_are_refused(book: Book) -> None:
    person = somebody(book)
    with pytest.raises(Refused, match="is no outcome"):
        off_list.record(book, person, "coming", lane="phone")
    with pytest.raises(Refused, match="is past"):
        calling.read_promise(book, None, off_list.PURPOSE, "phone", "call_back", "昨天10点")
