"""A call with somebody who stands in no queue."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog.domain.base.refusal import Refused
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.book.contributions import Scope
from opslog.services.calls import calling, off_list
from opslog.services.calls.attendance import guests
from opslog.services.calls.export import calls_table
from opslog.services.calls.queue import purposes
from opslog.services.calls.queue.purposes import PURPOSE
from opslog.services.cards import cards
from opslog.services.daybook.due import due
from opslog.services.people import card as person_card
from opslog.services.twins import twins
from tests.services.calls.test_calling import PEOPLE, TOMORROW, close
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
    told = [str(one.text) for one in cards.timeline(book, person)]
    assert told[0] == "phone: interested"
    assert "Called 王志刚: interested" not in told, "it stands by itself"
    assert log(book) == [("Called 王志刚: interested", None)]
    assert person_card.get(book, person).last_contact_at == book.now()
    assert follow_ups(book) == []
    history.undo(book)
    assert all("interested" not in str(one.text) for one in cards.timeline(book, person))


def test_a_call_of_who_was_merged_away_is_of_who_stayed(book: Book) -> None:
    kept, gone = make_list(book, PEOPLE[:2], ends_ago=timedelta(days=40)).people
    twins.merge(book, kept, gone)
    off_list.record(book, gone, "interested", lane="phone")
    assert [row[0] for row in book.con.execute("SELECT person_id FROM touch")] == [kept]


def log(book: Book) -> list[tuple[str, int | None]]:
    rows = book.con.execute("SELECT text, event_id FROM log WHERE source='call' ORDER BY id")
    return [tuple(row) for row in rows]


def touches(book: Book) -> list[tuple[object, ...]]:
    rows = book.con.execute(
        "SELECT card_id, event_id, purpose, lane, direction, outcome, note, at, counts FROM touch"
    )
    return [tuple(row) for row in rows]


def test_it_is_an_attempt_like_any_other(book: Book) -> None:
    person = somebody(book)
    off_list.record(book, person, "interested", lane="wecom", note="要报价")
    off_list.record(book, person, "no_answer", lane="phone")
    about = (None, None, "callback-1")
    assert touches(book) == [
        (*about, "wecom", "out", "interested", "要报价", "2026-11-23T01:00:00Z", 1),
        (*about, "phone", "out", "no_answer", "", "2026-11-23T01:00:00Z", 0),
    ]
    table = calls_table(book, Scope())
    assert [(row[0], row[1]) for row in table.rows] == [(None, "王志刚"), (None, "王志刚")]
    history.undo(book)
    history.undo(book)
    assert touches(book) == []


def test_who_rings_was_reached(book: Book) -> None:
    person = somebody(book)
    for outcome in ("no_answer", "wrong_number"):
        with pytest.raises(Refused, match="They called: “"):
            off_list.record(book, person, outcome, lane="phone", direction="in")
    assert touches(book) == []


def test_a_message_tells_nothing_of_the_number(book: Book) -> None:
    made = make_list(book, PEOPLE[:1], ends_ago=-timedelta(hours=31))
    calling.record(book, made.cards[0], "reminder", "not_reachable", lane="wecom")
    with pytest.raises(Refused, match="is no outcome of reminder by WeCom"):
        calling.record(book, made.cards[0], "reminder", "wrong_number", lane="wecom")
    assert book.con.execute("SELECT 1 FROM suppressed").fetchone() is None
    calling.record(book, made.cards[0], "reminder", "wrong_number", lane="phone")
    assert book.con.execute("SELECT 1 FROM suppressed").fetchone() is not None


def test_who_rings_about_an_event_is_known_there(book: Book) -> None:
    """Also by whoever asked not to be called, and days before reminders are made."""
    made = make_list(book, PEOPLE[:2], event="上海沙龙", ends_ago=-timedelta(days=9))
    person = made.people[0]
    person_card.set_barred(book, person, True)
    change = off_list.log(
        *(book, person, "not_coming"),
        lane="phone",
        event_id=made.event_id,
        direction="in",
        note="出差",
        at=book.now() - timedelta(hours=2),
    )
    assert str(change.label) == "王志刚 called: not coming, to be passed on"
    assert log(book) == [("王志刚 called: not coming, to be passed on · 出差", made.event_id)]
    (touch,) = touches(book)
    assert touch[:6] == (made.cards[0], made.event_id, "reminder", "phone", "in", "not_coming")
    assert touch[7] == "2026-11-22T23:00:00Z"
    assert guests.forecast(book, made.event_id).lines[0].code == "not_coming"
    told = [str(one.text) for one in cards.timeline(book, person)]
    assert "reminder, phone, they called: not coming · 出差" in told


def test_a_call_is_for_what_they_stand_in_the_queue(book: Book) -> None:
    made = make_list(book, PEOPLE[:1], ends_ago=-timedelta(hours=31))
    off_list.log(book, made.people[0], "coming", lane="phone")
    off_list.log(book, made.people[0], "interested", lane="phone")
    assert [touch[:3] for touch in touches(book)] == [
        (made.cards[0], made.event_id, "reminder"),
        (None, None, "callback-1"),
    ]


def test_about_an_event_whose_list_they_are_not_on(book: Book) -> None:
    person = somebody(book)
    other = make_list(book, PEOPLE[1:2], event="北京大会", ends_ago=-timedelta(days=9))
    off_list.log(book, person, "coming", lane="phone", event_id=other.event_id)
    assert touches(book)[0][:3] == (None, other.event_id, "reminder")
    assert cards.timeline(book, person)[0].event == "北京大会"


def test_no_call_is_logged_before_it_was_made(book: Book) -> None:
    person, later = somebody(book), book.now() + timedelta(minutes=1)
    with pytest.raises(Refused, match="still to come"):
        off_list.log(book, person, "answered", lane="phone", at=later)


def test_a_time_agreed_on_is_a_follow_up(book: Book) -> None:
    person = somebody(book)
    when = calling.read_promise(book, None, PURPOSE, "phone", "call_back", "明天10点").at
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
        calling.read_promise(book, None, PURPOSE, "phone", "call_back", "昨天10点")


def test_who_rings_means_the_event_to_come(book: Book) -> None:
    """Also once they said they come, and where a call-back of an older event waits for them."""
    old = make_list(book, PEOPLE[:1], event="北京大会", ends_ago=timedelta(days=3))
    close(book, old, 0)
    made = make_list(book, PEOPLE[:1], ends_ago=TOMORROW, people=old.people)
    off_list.log(book, made.people[0], "coming", lane="phone")
    off_list.log(book, made.people[0], "not_coming", lane="phone", direction="in")
    newest = touches(book)[-1]
    assert newest[:3] == (made.cards[0], made.event_id, "reminder")
    assert guests.forecast(book, made.event_id).lines[0].code == "not_coming"


def test_there_is_no_call_back_of_an_event_to_come(book: Book) -> None:
    """What was said of it all the same proves no call-back."""
    made = make_list(book, PEOPLE[:1], ends_ago=TOMORROW)
    close(book, made, 0)
    with pytest.raises(Refused, match=r"上海沙龙 starts .*nothing to call back about"):
        calling.record(book, made.cards[0], "callback-1", "answered", lane="phone")
    off_list.log(book, made.people[0], "interested", lane="phone", event_id=made.event_id)
    assert touches(book)[0][:3] == (None, made.event_id, "callback-1")


def test_the_next_call_does_what_the_one_before_asked_for(book: Book) -> None:
    """What was done is no longer on Today."""
    person = somebody(book)
    for outcome, waiting in (("call_back", 1), ("call_back", 1), ("answered", 0)):
        off_list.record(book, person, outcome, lane="phone")
        assert len([one for one in due(book) if one.title == "Call 王志刚"]) == waiting
    history.undo(book)
    assert [one.title for one in due(book)] == ["Call 王志刚"]


def test_nobody_is_reminded_of_what_is_not_offline(book: Book) -> None:
    made = make_list(book, PEOPLE[:1], ends_ago=TOMORROW)
    person = made.people[0]
    about = {one.purpose for one in purposes.abouts(book, person, direction="in")}
    assert "reminder" in about
    book.con.execute("UPDATE event SET kind='webinar' WHERE id=?", (made.event_id,))
    for event_id in (None, made.event_id):
        found = purposes.abouts(book, person, event_id, direction="in")
        assert {one.purpose for one in found} == {"callback-1"}
