"""Whom an event is for: invited until they sign up, counted, and tagged as everybody who does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.people.list import View
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import call_card, calling
from opslog.services.calls.attendance import guests
from opslog.services.calls.queue import queue as call_queue
from opslog.services.people import card as person_card
from opslog.services.people import list as people_list
from opslog.services.rosters import by_hand as on_lists
from opslog.services.rosters import rosters
from opslog.services.segments import call_lists, whom
from opslog.services.today import agenda
from tests.conftest import StandingClock
from tests.services.lists import Sheet, make_list
from tests.services.rosters.test_by_hand import make_event

ROWS = [(name, "", "", f"+861380013800{n}", "") for n, name in enumerate("甲乙丙")]


@pytest.fixture
def event_id(book: Book) -> int:
    return make_event(book, "北京大会", days=3)


@pytest.fixture
def sheet(book: Book) -> Sheet:
    return make_list(book, ROWS)


def invited(book: Book) -> list[str]:
    return sorted(line.person for line in call_queue.queue(book, later=True))


def made(book: Book, people: list[int], **typed: str) -> int:
    wanted = call_lists.read(book, {"name": "华东客户", "event": "@北京大会", **typed})
    return call_lists.make(book, people, wanted, "华东").made


def test_an_audience_is_invited_and_who_says_so_has_signed_up(
    book: Book, event_id: int, sheet: Sheet
) -> None:
    book.con.execute("UPDATE event SET tag='大会' WHERE id=?", (event_id,))
    made(book, sheet.people, track="{person}您好，想请您{day}来{event}")
    assert invited(book) == ["丙", "乙", "甲"]
    assert whom.audience(book, event_id) == (3, 0)
    line = call_queue.queue(book)[0]
    card = call_card.card(book, line.card_id, line.purpose)
    assert (line.event, line.purpose) == ("华东客户", "invitation")
    assert "来北京大会" in card.talk.say
    calling.record(book, line.card_id, "invitation", "coming", lane="phone")
    assert line.person not in invited(book)
    assert whom.audience(book, event_id) == (3, 1)
    assert [guest.person for guest in guests.guests(book, event_id)] == [line.person]
    assert person_card.get(book, line.person_id).tags == ("大会",)
    history.undo(book)
    assert whom.audience(book, event_id) == (3, 0)
    assert person_card.get(book, line.person_id).tags == ()


def test_who_signs_up_by_any_way_is_not_invited_any_more(
    book: Book, event_id: int, sheet: Sheet
) -> None:
    roster_id = made(book, sheet.people)
    on_lists.add(book, {"name": "甲"}, event_id=event_id, same=sheet.people[0])
    assert invited(book) == ["丙", "乙"]
    view = View(facets=(("audience", str(event_id)),))
    assert len(people_list.found(book, view).ids) == 3
    both = view.having("event", str(event_id))
    assert people_list.found(book, both).ids == [sheet.people[0]]
    history.undo(book)
    assert len(invited(book)) == 3
    assert roster_id in rosters.order(book)


def test_nobody_is_invited_once_it_began_nor_by_an_audience_without_calls(
    book: Book, event_id: int, sheet: Sheet, clock: StandingClock
) -> None:
    made(book, sheet.people[:1], purpose="none")
    assert invited(book) == []
    assert whom.audience(book, event_id) == (1, 0)
    made(book, sheet.people, name="全部")
    assert len(invited(book)) == 3
    assert whom.audience(book, event_id) == (3, 0), "nobody counts twice"
    clock.move_to(clock.instant + timedelta(days=4))
    assert invited(book) == []


def test_an_audience_is_no_sign_up_and_asks_for_no_round(
    book: Book, event_id: int, sheet: Sheet
) -> None:
    before = [(item.kind, item.title) for item in agenda.everything_due(book)]
    made(book, sheet.people)
    assert [(item.kind, item.title) for item in agenda.everything_due(book)] == before
    assert guests.show_up(book, event_id).signed_up == 0
    assert all(one.name != "北京大会" for one in guests.listed_events(book))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"event": "", "purpose": "none"}, "event"),
        ({"event": "nowhere"}, "event"),
        ({"purpose": "callback-1"}, "purpose"),
    ],
)
def test_what_does_not_go_together_is_said(
    book: Book, event_id: int, sheet: Sheet, typed: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        made(book, sheet.people, **typed)
    assert refusal.value.field == field
