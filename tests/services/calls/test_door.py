"""At the door: walk-ins, substitutes and guests, in attendance and forecast."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.events.plans.evidence import REMINDERS_ON_DAY
from opslog.domain.imports.guests import Brought
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import call_card, calling, promises
from opslog.services.calls.attendance import door, guests
from opslog.services.calls.queue import due as call_due
from opslog.services.calls.queue import queue as call_queue
from opslog.services.cards import cards, step_progress
from opslog.services.people import by_hand
from opslog.services.people import card as person_card
from opslog.store.calls import attendance
from tests.conftest import StandingClock
from tests.services.calls.test_calling import salon_tomorrow

ZHAO = {"name": "赵敏", "company": "云帆科技", "phone": "13700137000"}


def expected(book: Book, event_id: int) -> float:
    return guests.forecast(book, event_id).expected


def listed(book: Book, event_id: int) -> dict[str, tuple[bool | None, str, str]]:
    return {
        one.person: (one.attended, one.instead_of, one.replaced_by)
        for one in guests.guests(book, event_id)
    }


def test_a_walk_in_came_and_counts_and_one_undo_takes_it_back(book: Book) -> None:
    event_id = salon_tomorrow(book).event_id
    before, people = expected(book, event_id), len(person_card.page(book))
    change = door.walk_in(book, event_id, by_hand.given(ZHAO), guests=2)
    rate = guests.show_up(book, event_id)
    assert (rate.attended, rate.walk_ins, rate.guests, rate.signed_up) == (1, 1, 2, 4)
    assert expected(book, event_id) == pytest.approx(before + 3 * 0.8)
    assert listed(book, event_id)["赵敏"][0] is True
    assert str(change.label) == "赵敏 came to 上海沙龙"
    history.undo(book)
    assert guests.show_up(book, event_id).attended == 0
    assert len(person_card.page(book)) == people


def test_who_came_is_one_number_though_somebody_stood_in_for_one_who_came(book: Book) -> None:
    made = salon_tomorrow(book)
    door.stand_in(book, made.cards[0], by_hand.given(ZHAO), guests=2, came=True)
    rate = guests.show_up(book, made.event_id)
    assert (rate.attended, rate.stood_in, rate.guests, rate.signed_up) == (1, 1, 2, 4)
    guests.mark_attended(book, made.cards[0], True)
    marked = [one for one in guests.guests(book, made.event_id) if one.attended]
    assert guests.show_up(book, made.event_id).attended == len(marked) == 2
    assert attendance.of_events(book.con, [made.event_id])[0]["attended"] == 1


def test_whoever_is_on_the_list_already_is_meant_by_their_name(book: Book) -> None:
    made = salon_tomorrow(book)
    person = person_card.get(book, made.people[0])
    typed = by_hand.given({"name": person.name})
    assert door.on_list(book, made.event_id, typed) == person
    assert door.on_list(book, made.event_id, {**typed, "company": person.company}) == person
    for other in ({"company": "云帆科技"}, {"phone": "+8613700137000"}):
        assert door.on_list(book, made.event_id, {**typed, **other}) is None
    number = len(listed(book, made.event_id))
    assert door.walk_in(book, made.event_id, typed, same=person.id).made == made.cards[0]
    assert listed(book, made.event_id)[person.name][0] is True
    assert len(listed(book, made.event_id)) == number


def test_of_two_with_one_name_on_the_list_none_is_guessed(book: Book) -> None:
    made = salon_tomorrow(book)
    name = person_card.get(book, made.people[0]).name
    door.walk_in(book, made.event_id, {"name": name, "company": "云帆科技"})
    with pytest.raises(Refused, match="several on this list could be meant"):
        door.on_list(book, made.event_id, {"name": name})


def test_who_is_there_is_not_reminded_and_walk_ins_never_count(
    book: Book, clock: StandingClock
) -> None:
    made = salon_tomorrow(book)
    clock.move_to(clock.instant + timedelta(days=1))  # the day of it, five hours before
    calling.record(
        *(book, made.cards[0], "reminder", "call_back"),
        lane="phone",
        when=book.now() + timedelta(hours=1),
    )
    door.walk_in(book, made.event_id, by_hand.given(ZHAO))
    guests.mark_attended(book, made.cards[0], True)
    guests.mark_attended(book, made.cards[1], True)
    assert sorted(line.person for line in call_queue.queue(book, later=True)) == ["张伟", "陈静"]
    assert promises.rings(book) == []
    item = next(one for one in call_due.due(book) if one.kind == "reminder")
    assert (item.people, item.done, item.of) == (2, 2, 4)
    far = step_progress.Work(book, made.event_id).far(REMINDERS_ON_DAY)
    assert far is not None
    assert (far.done, far.of) == (2, 4)


def test_somebody_who_is_on_the_list_after_all_is_marked(book: Book) -> None:
    made = salon_tomorrow(book)
    door.walk_in(book, made.event_id, by_hand.given({"name": "王志刚"}), same=made.people[0])
    rate = guests.show_up(book, made.event_id)
    assert (rate.attended, rate.walk_ins, rate.signed_up) == (1, 0, 4)


def test_a_substitute_takes_the_place_and_the_other_does_not_come(book: Book) -> None:
    made = salon_tomorrow(book)
    calling.record(book, made.cards[0], "reminder", "coming", lane="phone")
    calling.record(book, made.cards[1], "reminder", "no_answer", lane="phone")
    before = expected(book, made.event_id)
    card_id = door.stand_in(book, made.cards[0], by_hand.given(ZHAO), guests=0, came=False).made
    assert expected(book, made.event_id) == pytest.approx(before)
    shown = listed(book, made.event_id)
    assert shown["赵敏"] == (None, "王志刚", "")
    assert shown["王志刚"] == (None, "", "赵敏")
    assert all(one.person_id != made.people[0] for one in call_queue.queue(book, later=True))
    assert call_card.card(book, card_id, "reminder").instead_of == "王志刚"
    texts = [str(one.text) for one in cards.timeline(book, made.people[0])]
    assert "signed up; 赵敏 comes instead" in texts
    rate = guests.show_up(book, made.event_id)
    assert (rate.signed_up, rate.confirmed) == (4, 1)
    history.undo(book)
    assert listed(book, made.event_id)["王志刚"] == (None, "", "")


def test_a_substitute_at_the_door_came_and_the_other_did_not(book: Book) -> None:
    made = salon_tomorrow(book)
    door.stand_in(book, made.cards[0], by_hand.given(ZHAO), came=True)
    shown = listed(book, made.event_id)
    assert (shown["赵敏"][0], shown["王志刚"][0]) == (True, False)
    rate = guests.show_up(book, made.event_id)
    assert (rate.attended, rate.unmarked, rate.signed_up) == (1, 3, 4)


def test_nobody_stands_in_for_themselves_or_twice(book: Book) -> None:
    made = salon_tomorrow(book)
    changes = history.count(book)
    with pytest.raises(Refused, match="who comes instead"):
        door.stand_in(
            book, made.cards[0], by_hand.given({"name": "王志刚"}), same=made.people[0], came=True
        )
    assert history.count(book) == changes
    door.stand_in(book, made.cards[0], by_hand.given(ZHAO), came=True)
    guests.mark_attended(book, made.cards[1], True)
    with pytest.raises(Refused, match="李娜 came"):
        door.stand_in(book, made.cards[1], by_hand.given({"name": "孙悦"}), came=True)
    with pytest.raises(Refused, match="already"):
        door.stand_in(book, made.cards[0], by_hand.given({"name": "孙悦"}), came=True)


def test_guests_are_set_on_the_card_and_counted(book: Book) -> None:
    made = salon_tomorrow(book)
    before = expected(book, made.event_id)
    assert str(door.set_guests(book, made.cards[0], Brought(2)).label) == "王志刚 brings 2 guests"
    assert expected(book, made.event_id) == pytest.approx(before + 2 * 0.4)
    guests.mark_attended(book, made.cards[0], True)
    assert guests.show_up(book, made.event_id).guests == 2
    with pytest.raises(Refused, match="from 0 to 99"):
        door.set_guests(book, made.cards[0], Brought(100))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("wz", True),
        ("wangzhi", True),
        ("志刚", True),
        ("8000", True),
        ("13800", True),
        ("万科", True),
        ("ln", False),
        ("9999", False),
    ],
)
def test_somebody_is_found_by_little(book: Book, typed: str, found: bool) -> None:
    made = salon_tomorrow(book)
    (wang,) = (one for one in guests.guests(book, made.event_id) if one.person == "王志刚")
    assert wang.answers_to(typed) is found


def test_who_comes_instead_is_written_with_the_call_that_said_so(book: Book) -> None:
    made = salon_tomorrow(book)
    calling.record(
        *(book, made.cards[0], "reminder", "colleague_comes"),
        lane="phone",
        instead=door.Substitute(by_hand.given(ZHAO), guests=1),
    )
    found = listed(book, made.event_id)
    first = person_card.get(book, made.people[0]).name
    assert found["赵敏"][1] == first
    assert found[first][2] == "赵敏"
    history.undo(book)  # one change, as it was one answer
    assert "赵敏" not in listed(book, made.event_id)
    assert not call_card.card(book, made.cards[0], "reminder").attempts
