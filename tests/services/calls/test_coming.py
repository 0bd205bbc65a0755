"""Who is coming: one count, and where a number holds others than Calls counts it says so."""

from __future__ import annotations

from datetime import timedelta

from opslog.domain.imports.guests import Brought
from opslog.domain.reports.stretches import DAY, of
from opslog.domain.rosters.rosters import Cards
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.calls.attendance import door, guests
from opslog.services.calls.attendance.coming import coming, to_tell
from opslog.services.calls.queue import queue as call_queue
from opslog.services.events import events
from opslog.services.people import by_hand
from opslog.services.reports import reports
from opslog.tui.calls.head import counted
from opslog.tui.events.figures import figures
from tests.services.calls.test_calling import PEOPLE, salon_tomorrow
from tests.services.lists import make_list


def said(book: Book, event_id: int) -> list[str]:
    left = call_queue.not_called(book, [], event_id=event_id)
    rows = counted(guests.forecast(book, event_id, left))
    return ["".join(text for text, _look in row).strip() for row in rows]


def test_guests_stand_ins_and_who_has_no_number_are_said_where_they_count(book: Book) -> None:
    people = [*PEOPLE, ("陈晨", "宝钢", "经理", "", "")]
    made = make_list(book, people, ends_ago=-timedelta(hours=31))
    event_id = made.event_id
    for card, outcome in zip(made.cards, ("coming", "coming", "not_coming"), strict=False):
        calling.record(book, card, "reminder", outcome, lane="phone")
    door.set_guests(book, made.cards[0], Brought(2))
    instead = by_hand.given({"name": "小李", "phone": "13900139009"})
    door.stand_in(book, made.cards[2], instead, guests=0, came=False)
    assert said(book, event_id)[:4] == [
        "5  coming × 0.8 = 4.0",
        "2 of the list, 1 stand in, 2 guests",
        "2  not called × 0.4 = 0.8",
        "2 of the list, 1 without a number among them",
    ]
    assert guests.confirmed(book, event_id) == (2, 1, 2)
    assert len(coming(book, event_id)) == 3
    assert sorted(map(str, to_tell(book, event_id).coming)) == ["小李", "李娜", "王志刚 + 2"]
    (figure,) = [one for one in figures(book, events.get(book, event_id)) if one.guests]
    assert "".join(text for text, _look in figure.said) == "2 + 1 stands in + 2 guests"
    left = call_queue.not_called(book, [], event_id=event_id)
    shares = guests.shares(book, Cards(made.roster_id), "reminder", left)
    assert [(str(one.title), one.number) for one in shares] == [("coming", 2), ("not called", 2)]


def test_who_sends_somebody_not_named_yet_is_said_apart_and_no_report_calls_them_coming(
    book: Book,
) -> None:
    made = salon_tomorrow(book)
    for card, outcome in zip(made.cards, ("coming", "colleague_comes"), strict=False):
        calling.record(book, card, "reminder", outcome, lane="phone")
    assert guests.confirmed(book, made.event_id) == (1, 1, 0)
    sums = reports.report(book, of(DAY, book.today())).sums
    assert [one.outcome for one in sums.coming] == ["coming"]


def test_whoever_withdrew_since_is_expected_nowhere(book: Book) -> None:
    made = salon_tomorrow(book)
    for card in made.cards[:2]:
        calling.record(book, card, "reminder", "coming", lane="phone")
    book.con.execute("UPDATE card SET state='withdrawn' WHERE id=?", (made.cards[0],))
    assert guests.confirmed(book, made.event_id) == (1, 0, 0)
    assert [one.person for one in coming(book, made.event_id)] == ["李娜"]
    assert said(book, made.event_id)[0] == "1  coming × 0.8 = 0.8"
