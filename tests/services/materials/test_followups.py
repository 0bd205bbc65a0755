"""Follow-ups: each on their own date, in the queue like calls, proven by them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.leads.leads import RETURNED
from opslog.domain.reviews.pictures import Bars
from opslog.locale import msg
from opslog.services.book import history, own_files, own_kinds
from opslog.services.book.book import Book
from opslog.services.calls import call_card, call_files, calling, contact_limits, off_list
from opslog.services.calls.queue import queue
from opslog.services.cards import step_progress
from opslog.services.events import events
from opslog.services.leads import leads
from opslog.services.materials import requests
from opslog.services.people import erasing
from opslog.services.reviews import reviews
from opslog.services.today import agenda
from opslog.services.twins import twins
from tests.conftest import StandingClock
from tests.services.lists import make_list
from tests.services.materials import PEOPLE, release

HOUR = timedelta(hours=10)


def go_to(book: Book, clock: StandingClock, day: str) -> None:
    clock.move_to(book.clock.at(date.fromisoformat(day)) + HOUR)


def due(book: Book) -> list[tuple[str, str, bool]]:
    return [(one.person, one.purpose, one.ready) for one in queue.queue(book)]


def steps(book: Book) -> list[tuple[str, int, int]]:
    return [
        (one.item.evidence, one.item.done, one.item.of)
        for one in agenda.today(book)
        if one.item.evidence.startswith("followup")
    ]


def proven(book: Book, event_id: int) -> list[str]:
    rows = book.con.execute(
        "SELECT evidence FROM step_shown WHERE proven AND event_id=? ORDER BY id", (event_id,)
    )
    return [row[0] for row in rows]


def test_each_is_called_on_a_date_of_their_own(book: Book, clock: StandingClock) -> None:
    made = release(book)  # out on Friday 2026-11-13
    wang, li, zhang = made.cards
    requests.refuse(book, [zhang])
    requests.send(book, [li])  # on 2026-11-23
    assert due(book) == []
    assert steps(book) == []
    go_to(book, clock, "2027-02-12")
    assert due(book) == []
    go_to(book, clock, "2027-02-22")  # the 13th lay in the spring festival, so did the days after
    assert due(book) == [("王志刚", "followup-3", True)]
    assert steps(book) == [("followup-3", 0, 2)]
    (line,) = queue.queue(book)
    assert "3 months after they asked" in str(line.why)
    card = call_card.card(book, line.card_id, line.purpose)
    assert "供应链白皮书" in card.talk.say
    assert card.outcomes.keys[1].code == "in_use"
    calling.record(book, wang, "followup-3", "in_use", lane="phone")
    assert due(book) == []
    go_to(book, clock, "2027-02-23")
    assert due(book) == [("李娜", "followup-3", True)]
    assert proven(book, made.event_id) == []
    calling.record(book, li, "followup-3", "not_read", lane="phone")
    assert proven(book, made.event_id) == ["followup-3"]
    go_to(book, clock, "2027-05-13")
    assert due(book) == [("王志刚", "followup-6", True)]
    history.undo(book)
    assert proven(book, made.event_id) == []


def test_the_last_of_a_month_has_its_day_in_any_month(book: Book, clock: StandingClock) -> None:
    made = release(book, PEOPLE[:1])
    go_to(book, clock, "2026-12-01")
    requests.note(book, made.cards[0], {"asked_on": "2026-11-30"})
    go_to(book, clock, "2027-02-26")
    assert due(book) == []
    go_to(book, clock, "2027-03-01")  # the 28th is a Sunday
    assert due(book) == [("王志刚", "followup-3", True)]


def test_who_never_answered_is_tried_again_at_the_next(book: Book, clock: StandingClock) -> None:
    made = release(book, PEOPLE[:1])
    (wang,) = made.cards
    go_to(book, clock, "2027-02-22")
    for day in ("2027-02-22", "2027-02-24", "2027-02-26"):
        go_to(book, clock, day)
        calling.record(book, wang, "followup-3", "no_answer", lane="phone")
    go_to(book, clock, "2027-03-20")
    assert due(book) == []  # tried as often as it is of use
    go_to(book, clock, "2027-05-13")
    (line,) = queue.queue(book)
    assert (line.purpose, line.ready) == ("followup-6", True)
    assert "last time: no answer" in str(line.why) or line.attempts == 0


def test_nobody_called_in_time_stands_for_the_next_one(book: Book, clock: StandingClock) -> None:
    made = release(book, PEOPLE[:1])
    go_to(book, clock, "2027-06-01")
    assert due(book) == [("王志刚", "followup-6", True)]
    far = step_progress.of_event(book, made.event_id)
    assert (far["followup-3"].done, far["followup-6"].done) == (1, 0)


def test_a_promise_outlives_its_follow_up(book: Book, clock: StandingClock) -> None:
    made = release(book, PEOPLE[:1])
    go_to(book, clock, "2027-05-12")  # the day before the next one
    when = book.clock.at(date(2027, 5, 14)) + timedelta(hours=15)
    calling.record(book, made.cards[0], "followup-3", "call_back", lane="phone", when=when)
    go_to(book, clock, "2027-05-13")
    (line,) = queue.queue(book, later=True)
    assert (line.purpose, line.promised, line.due, line.also) == ("followup-6", True, when, ())


def test_a_follow_up_is_held_by_the_caps_a_promised_one_is_not(
    book: Book, clock: StandingClock
) -> None:
    made = release(book, PEOPLE[:1])
    other = make_list(book, [()], people=[made.people[0]])
    go_to(book, clock, "2027-02-22")
    calling.record(book, other.cards[0], "callback-1", "answered", lane="phone")
    assert due(book) == []  # contacted today
    (held,) = queue.with_held(book, later=True)[1]
    assert (held.purpose, str(held.why)) == ("followup-3", "contacted today")
    go_to(book, clock, "2027-02-23")
    when = clock.now() + timedelta(hours=2)
    calling.record(book, made.cards[0], "followup-3", "call_back", lane="phone", when=when)
    clock.move_to(when)
    assert due(book) == [("王志刚", "followup-3", True)]


@pytest.mark.parametrize("how", ["do not call", "erased", "dropped step", "withdrawn", "cancelled"])
def test_who_is_not_followed_up(book: Book, clock: StandingClock, how: str) -> None:
    made = release(book, PEOPLE[:1])
    go_to(book, clock, "2027-02-22")
    assert len(queue.queue(book)) == 1
    if how == "do not call":
        calling.record(book, made.cards[0], "followup-3", "do_not_call", lane="phone")
    elif how == "erased":
        erasing.erase(book, made.people[0], "王志刚")
    elif how == "dropped step":
        book.con.execute("UPDATE step SET state='dropped'")
    elif how == "withdrawn":
        book.con.execute("UPDATE card SET state='withdrawn'")
    else:
        events.cancel(book, made.event_id)
    assert queue.queue(book, later=True) == []
    go_to(book, clock, "2027-05-20")
    assert queue.queue(book, later=True) == []


def test_of_two_who_are_one_there_is_one_follow_up(book: Book, clock: StandingClock) -> None:
    made = release(book, PEOPLE[:2])
    requests.send(book, [made.cards[1]])
    twins.merge(book, made.people[0], made.people[1])
    go_to(book, clock, "2027-02-22")
    assert due(book) == []
    go_to(book, clock, "2027-02-23")  # three months after it was sent
    assert due(book) == [("王志刚", "followup-3", True)]


def test_a_plan_from_before_follows_up_too(book: Book, clock: StandingClock) -> None:
    release(book, PEOPLE[:1])
    book.con.execute("UPDATE step SET evidence='', key='follow-3' WHERE evidence='followup-3'")
    book.con.execute("DELETE FROM step WHERE evidence<>''")
    go_to(book, clock, "2027-02-22")
    assert due(book) == [("王志刚", "followup-3", True)]


def test_no_purpose_is_refused_with_those_there_are(book: Book) -> None:
    with pytest.raises(Refused, match="followup-3"):
        queue.queue(book, "followup")


def test_a_list_waits_for_what_is_to_come(book: Book, clock: StandingClock) -> None:
    """Months in which nobody is called do not put the list to rest."""
    made = release(book, PEOPLE[:1])
    for _look in range(2):
        assert due(book) == []
    go_to(book, clock, "2027-02-22")
    calling.record(book, made.cards[0], "followup-3", "hand_over", lane="phone")
    go_to(book, clock, "2027-05-20")
    assert due(book) == []  # sales has them
    assert datetime.fromisoformat("2027-05-20").date() == book.today()


def test_who_is_with_sales_is_not_followed_up_until_they_come_back(
    book: Book, clock: StandingClock
) -> None:
    made = release(book, PEOPLE[:2])
    leads.keep(book, made.people[0], {}, "李销售")
    go_to(book, clock, "2027-02-22")
    assert [who for who, _purpose, ready in due(book) if ready] == [PEOPLE[1][0]]
    (waits,) = [one for one in queue.queue(book, later=True) if not one.ready]
    assert (waits.person, str(waits.held)) == (PEOPLE[0][0], "with sales")
    leads.set_state(book, leads.present(book, made.people[0]).id, RETURNED)
    assert [who for who, _purpose, ready in due(book) if ready] == [one[0] for one in PEOPLE[:2]]


def test_with_sales_only_the_follow_up_of_these_days_waits_and_no_other_call(
    book: Book, clock: StandingClock
) -> None:
    made = release(book, PEOPLE[:1])
    leads.keep(book, made.people[0], {}, "李销售")
    go_to(book, clock, "2027-02-10")
    (ahead,) = queue.queue(book, later=True)
    assert (str(ahead.held or ""), ahead.due.astimezone(book.clock.zone).date()) == (
        "",
        date(2027, 2, 15),
    )
    go_to(book, clock, "2027-02-22")
    budget = contact_limits.Budget(book, call_files.books(book))
    held = [
        budget.held(made.people[0], purpose, "phone", clock.now()) is not None
        for purpose in ("followup-3", "callback-1")
    ]
    assert held == [True, False]


def test_the_review_of_a_release_counts_its_requests(book: Book, clock: StandingClock) -> None:
    made = release(book)
    requests.refuse(book, [made.cards[2]])
    requests.send(book, [made.cards[0]])
    go_to(book, clock, "2027-03-01")
    calling.record(book, made.cards[0], "followup-3", "needs", lane="phone")
    calling.record(book, made.cards[1], "followup-3", "no_answer", lane="phone")
    leads.keep(book, made.people[0], {}, "李销售")
    found = reviews.review(book, made.event_id, "")
    picture = found.picture("requests")
    assert isinstance(picture, Bars)
    assert [(str(bar.number.label), bar.number.value) for bar in picture.bars] == [
        *(("Asked", 3), ("Allowed", 1), ("Sent", 1), ("Refused", 1)),
        *(("Followed up", 2), ("Responded", 1), ("Leads", 1)),
    ]


def test_of_a_release_nobody_is_looked_at_before_their_time_can_come(
    book: Book, clock: StandingClock
) -> None:
    made = release(book)
    read = list[str]()
    book.con.set_trace_callback(read.append)
    assert due(book) == []
    assert queue.people(book) == {}
    book.con.set_trace_callback(None)
    assert not [text for text in read if "FROM card c JOIN person" in text and "[]" not in text]
    assert len(queue.queue(book, later=True)) == 3
    assert book.con.execute("SELECT count(*) FROM call_settled").fetchone()[0] == 0
    go_to(book, clock, "2027-02-22")
    assert len(due(book)) == len(made.cards)


def test_of_whom_a_limit_holds_back_on_their_date_it_is_said_before(
    book: Book, clock: StandingClock
) -> None:
    made = release(book)
    go_to(book, clock, "2027-02-10")
    limits = own_kinds.text_in_force(book, own_kinds.CONTACT_LIMITS)
    cap = '\n[[cap]]\nmode = "wecom"\nmost = 1\ndays = 30\n'
    own_files.put(book, own_kinds.CONTACT_LIMITS.place, limits + cap, msg("{x}", x="caps"))
    off_list.record(book, made.people[0], "answered", lane="phone")
    lines, held, _old = queue.with_held(book, later=False)
    assert lines == []
    assert [one.person_id for one in held] == made.people[:1]
