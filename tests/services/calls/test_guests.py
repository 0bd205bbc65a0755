"""Who will come, who came, and whom the hosts are told of."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog.domain.leads.leads import LOST
from opslog.locale import msg
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import call_card, calling
from opslog.services.calls.attendance import guests
from opslog.services.calls.queue import due as call_due
from opslog.services.leads import leads
from opslog.services.people import card as person_card
from tests.conftest import StandingClock
from tests.services.calls.test_calling import (
    PEOPLE,
    TOMORROW,
    names,
    remind,
    salon_last_week,
    salon_tomorrow,
)
from tests.services.lists import make_list


def test_forecast_from_the_newest_outcomes(book: Book, clock: StandingClock) -> None:
    made = salon_tomorrow(book)
    remind(book, made, 0, "coming")
    remind(book, made, 1, "unsure")
    book.con.execute("UPDATE card SET state='withdrawn' WHERE id=?", (made.cards[3],))
    found = guests.forecast(book, made.event_id)
    assert str(found.arithmetic) == "1.6 = 1 coming × 0.8 + 1 unsure × 0.4 + 1 not called × 0.4"
    clock.move_to(clock.now() + timedelta(days=1))
    remind(book, made, 1, "coming")
    assert str(guests.forecast(book, made.event_id).arithmetic).startswith("2 = 2 coming × 0.8")


def test_whom_they_bring_along_is_expected_too(book: Book) -> None:
    made = salon_tomorrow(book)
    remind(book, made, 0, "coming")
    book.con.execute("UPDATE card SET guests=2 WHERE id=?", (made.cards[0],))
    assert str(guests.forecast(book, made.event_id).arithmetic).startswith(
        "3.6 = 3 coming × 0.8 + 3 not called × 0.4"
    )
    assert guests.guests(book, made.event_id)[0].brings == 2
    assert call_card.card(book, made.cards[0], "reminder").guests == 2


def test_show_up_and_marks(book: Book) -> None:
    made = salon_tomorrow(book)
    remind(book, made, 0, "coming")
    remind(book, made, 1, "colleague_comes")
    assert [guest.person for guest in guests.guests(book, made.event_id)][:2] == [
        "王志刚",
        "李娜",
    ]
    guests.mark_attended(book, made.cards[0], True)
    guests.mark_attended(book, made.cards[1], False)
    guests.mark_attended(book, made.cards[2], True)
    rate = guests.show_up(book, made.event_id)
    assert (rate.signed_up, rate.confirmed, rate.attended, rate.unmarked) == (4, 2, 2, 1)
    assert (rate.of_confirmed, rate.of_signed_up) == ((1, 2), (2, 4))
    assert rate.confirmed_and_attended == 1
    history.undo(book)
    assert guests.show_up(book, made.event_id).attended == 1


def test_marking_many_is_one_change_and_one_line(book: Book) -> None:
    made = salon_tomorrow(book)
    change = guests.mark_many_attended(book, made.event_id, made.cards, True)
    assert str(change.label) == "上海沙龙: 4 people came"
    assert [row["text"] for row in book.con.execute("SELECT text FROM log")] == [
        "上海沙龙: 4 people came"
    ]
    assert guests.show_up(book, made.event_id).attended == 4
    same = guests.mark_many_attended(book, made.event_id, made.cards, True)
    assert not same
    history.undo(book)
    assert guests.show_up(book, made.event_id).unmarked == 4


def test_declined_and_handed_over_are_passed_on(book: Book) -> None:
    made = salon_tomorrow(book)
    remind(book, made, 0, "not_coming", reason="time", note="想要资料")
    other = salon_last_week(book, 0)
    calling.record(book, other.cards[2], "callback-1", "hand_over", lane="phone")
    found = guests.pass_on(book)
    assert [(p.person, str(p.outcome), str(p.reason), p.note) for p in found] == [
        ("张伟", "hand over", "", ""),
        ("王志刚", "not coming", "time does not suit", "想要资料"),
    ]
    assert [p.person for p in guests.pass_on(book, made.event_id)] == ["王志刚"]
    remind(book, made, 0, "coming")  # changed their mind
    assert guests.pass_on(book, made.event_id) == []


def test_who_was_there_before_is_marked(book: Book) -> None:
    old = salon_last_week(book, 0)
    calling.record(book, old.cards[0], "callback-1", "interested", lane="phone")
    guests.mark_attended(book, old.cards[0], True)
    person_card.set_wecom(book, old.people[1], True)
    new = make_list(book, PEOPLE, ends_ago=TOMORROW, people=old.people[:2])
    found = call_card.earlier(book, new.roster_id)
    assert set(found) == set(old.people[:2])
    card = call_card.card(book, new.cards[0], "reminder")
    assert [
        str(mark) for mark in card.earlier.marks(msg("{day}", day=book.today().isoformat()))
    ] == [
        "called before: 2026-11-23 北京大会, interested",
        "came to 1 earlier",
    ]
    assert found[old.people[1]].wecom


@pytest.mark.parametrize("state", ["waiting", "withdrawn"])
def test_who_has_no_place_is_neither_reminded_nor_counted(book: Book, state: str) -> None:
    made = salon_tomorrow(book)
    remind(book, made, 0, "call_back", when=book.now() + timedelta(hours=1))
    for card in made.cards[:2]:
        book.con.execute("UPDATE card SET state=? WHERE id=?", (state, card))
    book.con.execute("UPDATE card SET state='unknown' WHERE id=?", (made.cards[2],))
    assert names(book) == ["张伟", "陈静"]
    due = call_due.due(book)
    assert {(one.kind, one.people) for one in due} == {("reminder", 2)}
    assert str(guests.forecast(book, made.event_id).arithmetic).endswith("2 not called × 0.4")


def test_who_was_handed_over_after_the_call_is_passed_on_no_more(
    book: Book, clock: StandingClock
) -> None:
    made = salon_last_week(book, 0)
    leads.keep(book, made.people[2], {}, "李销售")
    leads.set_state(book, leads.present(book, made.people[2]).id, LOST)
    clock.move_to(clock.instant + timedelta(days=3))
    calling.record(book, made.cards[2], "callback-1", "hand_over", lane="phone")
    assert [one.person for one in guests.pass_on(book)] == ["张伟"], "handed over before it"
    clock.move_to(clock.instant + timedelta(hours=1))
    leads.keep(book, made.people[2], {}, "周销售")
    assert guests.pass_on(book) == []
