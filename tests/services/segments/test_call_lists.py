"""Call lists: made of any people, called like any list, each person once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from opslog.domain.base.refusal import Refused
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.book.contributions import MISSED
from opslog.services.calls import call_card, calling, promises
from opslog.services.calls.attendance import guests
from opslog.services.calls.queue import due
from opslog.services.calls.queue import queue as call_queue
from opslog.services.cards import cards
from opslog.services.people import card as person_card
from opslog.services.people import erasing
from opslog.services.rosters import rosters
from opslog.services.screening import rounds
from opslog.services.segments import call_lists, groups
from opslog.services.twins import twins
from tests.conftest import StandingClock
from tests.services.calls.test_calling import salon_last_week, salon_tomorrow
from tests.services.lists import Sheet, make_list


def made(book: Book, people: list[int], **typed: str) -> int:
    wanted = call_lists.read(book, {"name": "老客户", **typed})
    return call_lists.make(book, people, wanted, "上海").made


def queued(book: Book, roster_id: int | None = None) -> list[str]:
    return [line.person for line in call_queue.queue(book, roster_id=roster_id, later=True)]


@pytest.fixture
def sheet(book: Book) -> Sheet:
    """Four people of an event that is over; nobody is called for it yet."""
    return make_list(
        book,
        [
            ("王志刚", "深蓝", "总监", "+8613800138000", ""),
            ("李娜", "云帆", "经理", "+8613800138001", ""),
            ("陈晨", "山海", "CEO", "+8613800138002", ""),
            ("赵敏", "星河", "经理", "", ""),
        ],
    )


def test_a_call_list_is_called_with_its_own_words_and_undone_by_one_key(
    book: Book, sheet: Sheet
) -> None:
    assert queued(book) == []
    roster_id = made(book, sheet.people[:2], track="{person}您好，{company}用上新功能了吗？")
    assert sorted(queued(book)) == ["李娜", "王志刚"]
    line = call_queue.queue(book)[0]
    assert (line.event, line.event_id, line.purpose) == ("老客户", None, "callback-1")
    card = call_card.card(book, line.card_id, line.purpose)
    assert card.talk.say == f"{line.person}您好，{line.company}用上新功能了吗？"
    assert "event" not in str(line.why)
    said = book.con.execute("SELECT text FROM log ORDER BY id DESC").fetchone()["text"]
    assert said == "Call list 老客户: 2 people"
    history.undo(book)
    assert queued(book) == []
    history.redo(book)
    assert len(queued(book, roster_id=roster_id)) == 2


def test_it_stands_among_the_lists_with_rounds_of_its_own(book: Book, sheet: Sheet) -> None:
    roster_id = made(book, sheet.people[:3])
    state = next(one for one in rosters.listing(book) if one.roster_id == roster_id)
    assert (state.event, state.event_id, state.cards, state.rows) == ("老客户", None, 3, 3)
    assert rosters.resolve(book, "老客户") == roster_id
    assert roster_id not in [one.roster_id for one in rosters.not_over(book)], "nothing is due"
    round_id = rounds.open_round(book, roster_id).made
    card = rounds.deck(book, round_id).first()
    assert card is not None
    rounds.decide(book, round_id, card, "drop", "colleague")
    assert len(queued(book)) == 2


def test_outcomes_and_promises_of_no_event_come_back_where_they_are_needed(
    book: Book, sheet: Sheet, clock: StandingClock
) -> None:
    made(book, sheet.people[:1])
    card_id = call_queue.queue(book)[0].card_id
    when = book.now() + timedelta(hours=3)
    calling.record(book, card_id, "callback-1", "call_back", lane="phone", when=when)
    promise = next(one for one in due.due(book) if one.kind == "promise")
    assert (promise.event, promise.event_id, promise.person) == ("老客户", None, "王志刚")
    told = next(one for one in cards.timeline(book, sheet.people[0]) if one.kind == "called")
    assert (told.event, told.event_id) == ("老客户", None)
    said = [str(one.text) for one in cards.timeline(book, sheet.people[0])]
    assert "put on the list 老客户" in said
    assert str(told.text).endswith("call back · 老客户")
    calling.move_promise(book, card_id, when + timedelta(hours=1))
    clock.move_to(when + timedelta(hours=2))
    assert call_queue.queue(book)[0].promised
    calling.record(book, card_id, "callback-1", "hand_over", lane="phone")
    assert [one.event for one in guests.pass_on(book)] == ["老客户"]
    assert queued(book) == []


def test_somebody_on_two_lists_is_called_once_for_both(book: Book, sheet: Sheet) -> None:
    made(book, sheet.people[:2])
    made(book, sheet.people[1:3], name="新客户", purpose="invitation")
    assert sorted(queued(book)) == ["李娜", "王志刚", "陈晨"]
    both = next(line for line in call_queue.queue(book) if line.person == "李娜")
    assert sorted(part.event for part in both.parts) == ["新客户", "老客户"]


def test_an_invitation_has_who_comes_and_who_does_not(book: Book, sheet: Sheet) -> None:
    made(book, sheet.people[:1], purpose="invitation")
    line = call_queue.queue(book)[0]
    card = call_card.card(book, line.card_id, line.purpose)
    assert [one.code for one in card.outcomes.keys][:2] == ["coming", "not_coming"]
    calling.record(book, line.card_id, "invitation", "not_coming", lane="phone")
    assert queued(book) == []
    assert guests.pass_on(book) == [], "they were expected nowhere"


def test_its_days_hold(book: Book, sheet: Sheet, clock: StandingClock) -> None:
    made(book, sheet.people[:1], opens="+2d", closes="+3d")
    assert not call_queue.queue(book)
    first = call_queue.queue(book, later=True)[0]
    assert not first.ready
    assert first.due == book.clock.at(book.today() + timedelta(days=2))
    clock.move_to(clock.instant + timedelta(days=2))
    assert [line.ready for line in call_queue.queue(book)] == [True]
    clock.move_to(clock.instant + timedelta(days=2))
    assert queued(book) == []


def test_days_that_were_changed_hold_after_everybody_was_through(
    book: Book, sheet: Sheet, clock: StandingClock
) -> None:
    roster_id = made(book, sheet.people[:1], closes="today")
    clock.move_to(clock.instant + timedelta(days=1))
    assert queued(book) == []
    wanted = call_lists.read(book, {"name": "老客户", "closes": "+1d"}, "老客户")
    call_lists.change(book, roster_id, wanted)
    assert queued(book) == ["王志刚"]


def test_nobody_who_asked_or_is_gone_is_called(book: Book, sheet: Sheet) -> None:
    a, b, c, _d = sheet.people
    person_card.set_barred(book, a, True)
    made(book, [a, b, b, c])
    assert sorted(queued(book)) == ["李娜", "陈晨"]
    twins.merge(book, b, c)
    assert len(queued(book)) == 1
    erasing.erase(book, b, "李娜")
    assert queued(book) == []
    made(book, [c, b, a], name="再来")
    assert queued(book) == [], "nobody comes back by a list that names them"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "老客户"}, "name"),
        ({"name": "x", "purpose": "reminder"}, "purpose"),
        ({"name": "x", "opens": "someday"}, "opens"),
        ({"name": "x", "opens": "+3d", "closes": "+1d"}, "closes"),
        ({"name": "x", "closes": "2020-01-01"}, "closes"),
    ],
)
def test_what_can_not_be_meant_is_said_at_its_field(
    book: Book, sheet: Sheet, typed: dict[str, str], field: str
) -> None:
    made(book, sheet.people[:1])
    with pytest.raises(Refused) as refusal:
        call_lists.read(book, typed)
    assert refusal.value.field == field


def test_a_name_is_proposed_that_no_list_has(book: Book, sheet: Sheet) -> None:
    made(book, sheet.people[:1])
    assert call_lists.free_name(book, "老客户") == "老客户 2"


def missed(book: Book, event: Sheet) -> Sequence[int]:
    return groups.group(book, event.roster_id, MISSED).people


def test_of_an_old_list_those_who_were_kept(book: Book) -> None:
    old = salon_last_week(book)
    assert groups.still_in(book, old.roster_id).people == old.people
    round_id = rounds.open_round(book, old.roster_id).made
    rounds.decide(book, round_id, old.cards[0], "drop", "colleague")
    assert groups.still_in(book, old.roster_id).people == old.people[1:]
    rounds.decide(book, round_id, old.cards[2], "keep")
    assert groups.still_in(book, old.roster_id).people == [old.people[2]]


def test_those_who_did_not_come_are_those_marked_so_else_those_without_a_mark(book: Book) -> None:
    event = salon_tomorrow(book)
    with pytest.raises(Refused, match="marked"):
        missed(book, event)
    guests.mark_attended(book, event.cards[0], True)
    assert missed(book, event) == event.people[1:]
    guests.mark_attended(book, event.cards[1], False)
    assert missed(book, event) == [event.people[1]]
    guests.mark_attended(book, event.cards[1], True)
    for card in event.cards:
        guests.mark_attended(book, card, True)
    with pytest.raises(Refused, match="Everybody"):
        missed(book, event)


def test_a_call_list_is_no_sign_up(book: Book, sheet: Sheet) -> None:
    before = [one.name for one in guests.listed_events(book)]
    made(book, sheet.people)
    assert [one.name for one in guests.listed_events(book)] == before
    known = call_card.earlier(book, sheet.roster_id)
    assert known == {}, "being on a call list is nothing that happened before"


def test_a_promise_outlives_the_list_and_is_kept_by_its_call(
    book: Book, sheet: Sheet, clock: StandingClock
) -> None:
    made(book, sheet.people[:2], closes="today")
    line = next(one for one in call_queue.queue(book) if one.person == "李娜")
    when = book.now() + timedelta(days=3)
    calling.record(book, line.card_id, "callback-1", "call_back", lane="phone", when=when)
    assert queued(book)[-1] == "李娜", "it is beyond the last day, and waits"
    clock.move_to(when)
    assert queued(book) == ["李娜"], "who was not promised a call is not called any more"
    assert call_queue.queue(book)[0].ready
    assert call_card.card(book, line.card_id, "callback-1").standing is not None
    item = next(one for one in due.due(book) if one.kind == "promise")
    assert item.event_at is None, "it is of no event"
    calling.record(book, line.card_id, "callback-1", "interested", lane="phone")
    assert queued(book) == []
    assert promises.rings(book) == []


def test_a_list_that_nobody_was_called_on_is_deleted_and_comes_back(
    book: Book, sheet: Sheet
) -> None:
    roster_id = made(book, sheet.people[:2])
    ending = call_lists.ending(book, roster_id)
    assert str(ending.said) == "nobody was called: the list goes, its 2 people stay in People"
    change = call_lists.end(book, roster_id)
    assert str(change.label).startswith("Call list 老客户 deleted: nobody was called")
    assert queued(book) == []
    assert "老客户" not in [one.event for one in rosters.listing(book)]
    assert len(person_card.many(book, sheet.people)) == 4
    with pytest.raises(Refused, match="no call list, or it is gone"):
        call_lists.end(book, roster_id)
    history.undo(book)
    assert sorted(queued(book)) == ["李娜", "王志刚"]


def test_a_list_that_was_worked_on_is_closed_and_what_was_done_stays(
    book: Book, sheet: Sheet, clock: StandingClock
) -> None:
    roster_id = made(book, sheet.people[:3])
    first, second = call_queue.queue(book, roster_id=roster_id)[:2]
    calling.record(book, first.card_id, "callback-1", "answered", lane="phone")
    calling.record(
        *(book, second.card_id, "callback-1", "call_back"),
        lane="phone",
        when=book.now() + timedelta(hours=2),
    )
    change = call_lists.end(book, roster_id)
    assert "1 not called yet is called no more; 2 calls and every verdict stay" in str(change.label)
    assert queued(book, roster_id) == [second.person], "promised, so called all the same"
    assert "老客户" in [one.event for one in rosters.listing(book)]
    assert any("answered" in str(one.text) for one in cards.timeline(book, first.person_id))
    assert [ring.person_id for ring in promises.rings(book)] == [second.person_id], "still rings"
    with pytest.raises(Refused, match=r"ended on .*; e sets another day"):
        call_lists.end(book, roster_id)
    history.undo(book)
    assert len(queued(book, roster_id)) >= 1


def test_the_list_of_an_event_is_not_ended_so(book: Book, sheet: Sheet) -> None:
    with pytest.raises(Refused, match="no call list"):
        call_lists.end(book, sheet.roster_id)
