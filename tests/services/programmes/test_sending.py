"""Today's messages: who gets which, what becomes of each, and that nothing goes out twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.programmes.queue import behind
from opslog.exchange.writing.cells import Named
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.book.contributions import Scope
from opslog.services.calls import calling
from opslog.services.calls.calling import TouchedSince
from opslog.services.people import card
from opslog.services.programmes import enrolling, members, missed, programmes, queue, sending
from opslog.services.programmes import held as held_by
from opslog.services.programmes.export import enrolments_table
from opslog.tui.programmes import rows
from tests.conftest import StandingClock
from tests.services.lists import make_list
from tests.services.programmes.programme import PEOPLE, PROGRAMME, begin, due, held, people


def days_on(book: Book, clock: StandingClock, days: int) -> None:
    clock.move_to(clock.now() + timedelta(days=days))


def test_by_title_each_has_their_hour(book: Book) -> None:
    begin(book)
    assert due(book) == [
        ("lunch", "hello", "王志刚"),
        ("lunch", "hello", "陈晨"),
        ("evening", "hello", "李娜"),
    ]


def test_many_are_one_change_with_one_line_of_the_log(book: Book, clock: StandingClock) -> None:
    ids = begin(book)
    days_on(book, clock, 1)
    assert [step for _slot, step, _who in due(book)] == ["two"] * 3
    before = book.con.execute("SELECT count(*) FROM log").fetchone()[0]
    change = sending.sent(book, ids)
    assert str(change.label) == "Sent 3 messages"
    assert book.con.execute("SELECT count(*) FROM log").fetchone()[0] == before + 1
    assert queue.day(book).sent == 3
    assert not due(book)
    days_on(book, clock, 1)
    assert [step for _slot, step, _who in due(book)] == ["three"] * 3
    history.undo(book)
    days_on(book, clock, -1)
    assert queue.day(book).sent == 0
    assert len(due(book)) == 3
    history.redo(book)
    assert queue.day(book).sent == 3


def test_the_second_window_is_told(book: Book) -> None:
    ids = begin(book, 1)
    other = open_book(book.path, clock=book.clock)
    try:
        queue.card(other, ids[0])
        sending.sent(book, ids)
        with pytest.raises(TouchedSince, match="had “day 1” already"):
            sending.sent(other, ids)
        with pytest.raises(TouchedSince):
            sending.skip(other, ids[0])
    finally:
        other.close()
    assert book.con.execute("SELECT count(*) FROM touch").fetchone()[0] == 1


def test_what_nobody_sent_is_missed_and_said(book: Book, clock: StandingClock) -> None:
    ids = begin(book, 1)
    days_on(book, clock, 2)
    assert due(book) == [("lunch", "three", "王志刚")]
    sending.sent(book, ids)
    assert [(p.state, str(p.title)) for p in queue.card(book, ids[0]).steps] == [
        ("missed", "day 1"),
        ("missed", "day 2"),
        ("sent", "day 3"),
        ("now", "day 7"),
    ]


@pytest.mark.parametrize("few", [0, 1_000])
def test_who_answers_leaves_and_waits_for_an_answer(
    book: Book, clock: StandingClock, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(held_by, "_FEW_DUE", few)
    ids = begin(book)
    sending.sent(book, ids)
    days_on(book, clock, 1)
    sending.replied(book, ids[0], "能发报价吗")
    day = queue.day(book)
    assert [(one.person, one.words) for one in day.answered] == [("王志刚", "能发报价吗")]
    assert day.replied == 1
    assert day.rate == (1, 3)
    assert due(book) == [("lunch", "two", "陈晨")]
    assert held(book) == {"a colleague of theirs answered": 1}
    days_on(book, clock, 1)
    day = queue.day(book)
    assert (day.replied, day.rate) == (0, (1, 3)), "of today, and of thirty days"
    sending.answered(book, ids[0])
    assert not queue.day(book).answered


def test_who_was_mailed_answers_by_mail(book: Book, clock: StandingClock) -> None:
    """Whatever the step behind goes by."""
    mailed = PROGRAMME.replace('id = "two"', 'id = "two"\nchannel = "email"')
    programmes.put(book, "trial", mailed)
    enrolling.enter(book, "trial", people(book, 1))
    one = enrolling.of_person(book, 1)[0].id
    sending.sent(book, [one])
    days_on(book, clock, 1)
    sending.sent(book, [one])
    sending.replied(book, one, "收到")
    sending.answered(book, one)
    lanes = [row[0] for row in book.con.execute("SELECT lane FROM touch ORDER BY id")]
    assert lanes == ["wecom", "email", "email", "email"]


def test_a_step_that_was_skipped_is_nothing_somebody_answers(
    book: Book, clock: StandingClock
) -> None:
    """They answer the mail they had, not the message they never got."""
    mailed = PROGRAMME.replace('id = "hello"', 'id = "hello"\nchannel = "email"')
    programmes.put(book, "trial", mailed)
    enrolling.enter(book, "trial", people(book, 1))
    one = enrolling.of_person(book, 1)[0].id
    sending.sent(book, [one])
    days_on(book, clock, 1)
    sending.skip(book, one)
    sending.replied(book, one, "收到")
    lanes = [row[0] for row in book.con.execute("SELECT lane FROM touch ORDER BY id")]
    assert lanes == ["email", "email"]


def test_a_step_that_is_a_call_is_done_by_the_call_that_was_made_for_it(
    book: Book, clock: StandingClock
) -> None:
    """Not by one of the week before; and who was called for it does not wait for having been."""
    called = PROGRAMME.replace('id = "seven"', 'id = "seven"\nchannel = "call"')
    programmes.put(book, "trial", called)
    made = make_list(book, PEOPLE[:1])
    enrolling.enter(book, "trial", made.people)
    one = enrolling.of_person(book, made.people[0])[0].id
    calling.record(book, made.cards[0], "reminder", "coming", lane="phone")
    days_on(book, clock, 7)
    assert due(book) == [("lunch", "seven", "王志刚")]
    with pytest.raises(Refused, match="day 7 is a call; log it, and the step is done"):
        sending.sent(book, [one])
    calling.record(book, made.cards[0], "reminder", "coming", lane="phone")
    assert due(book) == [("lunch", "seven", "王志刚")]
    sending.sent(book, [one])
    assert [step.state for step in queue.card(book, one).steps][-1] == "sent"
    assert not due(book)
    assert book.con.execute("SELECT count(*) FROM touch").fetchone()[0] == 2, "the call itself"


def test_what_they_had_this_week_is_of_seven_days_with_today(
    book: Book, clock: StandingClock
) -> None:
    ids = begin(book, 1)
    sending.sent(book, ids)
    days_on(book, clock, 6)
    assert queue.card(book, ids[0]).this_week == 1
    days_on(book, clock, 1)
    assert queue.card(book, ids[0]).this_week == 0


def test_staff_get_them_before_lunch_and_before_leaving_in_turn(
    book: Book, clock: StandingClock
) -> None:
    programmes.put(book, "trial", PROGRAMME.replace('staff = "lunch"', 'staff = "alternate"'))
    enrolling.enter(book, "trial", people(book, 1))
    found = [*due(book)]
    for _day in range(2):
        days_on(book, clock, 1)
        found += due(book)
    assert [(slot, step) for slot, step, _who in found] == [
        ("lunch", "hello"),
        ("leaving", "two"),
        ("lunch", "three"),
    ]


def test_put_off_until_the_evening(book: Book, clock: StandingClock) -> None:
    ids = begin(book, 1)
    sending.not_now(book, ids[0], clock.now() + timedelta(hours=10))
    assert due(book) == [("19:00", "hello", "王志刚")]
    with pytest.raises(Refused, match="skip this one instead"):
        sending.not_now(book, ids[0], clock.now() + timedelta(days=1))


def test_run_to_its_end(book: Book, clock: StandingClock) -> None:
    ids = begin(book, 1)
    for days in (0, 1, 1, 5):
        days_on(book, clock, days)
        sending.sent(book, ids)
    assert enrolling.of_person(book, 1)[0].state == "finished"
    card = queue.card(book, ids[0])
    assert card.next_on is None


def _steps(book: Book, ids: Sequence[int]) -> set[str]:
    """The step of somebody, as each place of the product that names one says it."""
    line = [one for slot in queue.day(book).slots for one in slot.lines if one.enrolment_id in ids]
    cards = [queue.card(book, id) for id in ids]
    found = {one.step for one in line} | {one.line.step for one in cards}
    titles = {str(one.title) for card in cards for one in card.steps if one.state == "now"}
    assert titles == {str(card.line.step_title) for card in cards}
    found |= {one.step for one in members.many(book, ids)}
    table = enrolments_table(book, Scope())
    at = [column.key for column in table.columns].index("next_step")
    cells = [row[at] for row in table.rows]
    return found | {str(cell.code) for cell in cells if isinstance(cell, Named)}


def test_one_step_of_somebody_is_named_everywhere_and_is_the_one_that_is_sent(
    book: Book, clock: StandingClock
) -> None:
    """However they came to it: late, put off, or gone on."""
    ids = begin(book, 1)
    days_on(book, clock, 6)  # Sunday: three are passed, the fourth is Monday's
    assert [one.step for one in members.many(book, ids)] == ["three"]
    days_on(book, clock, 1)
    assert _steps(book, ids) == {"seven"}
    sending.not_now(book, ids[0], clock.now() + timedelta(hours=2))
    assert _steps(book, ids) == {"seven"}, "put off at a step that had passed"
    assert due(book) == [("11:00", "seven", "王志刚")]
    clock.move_to(clock.now() + timedelta(hours=3))
    sending.sent(book, ids)
    rows = book.con.execute("SELECT step, state FROM sending ORDER BY id").fetchall()
    assert [tuple(row) for row in rows] == [
        *((step, "missed") for step in ("hello", "two", "three")),
        ("seven", "sent"),
    ]
    one = enrolling.of_person(book, 1)[0]
    assert (one.state, one.next_step) == ("finished", "seven"), "the place at its end is known"


def test_a_message_that_was_not_sent_on_its_day_says_so(book: Book, clock: StandingClock) -> None:
    """Who still gets it, and who does not any more since the next one came."""
    ids = begin(book, 1)
    sending.sent(book, ids)

    def said() -> str:
        (line,) = [one for slot in queue.day(book).slots for one in slot.lines]
        return str(behind(line, book.today()) or "")

    days_on(book, clock, 1)
    assert said() == ""
    days_on(book, clock, 1)
    assert said() == "day 2 missed: not sent before day 3 came"
    assert [one.state for one in queue.card(book, ids[0]).steps[:3]] == ["sent", "missed", "now"]
    days_on(book, clock, 1)
    assert said() == "day 2 missed: not sent before day 3 came"
    sending.sent(book, ids)
    days_on(book, clock, 5)
    assert said() == "not sent on its day, Mon 11-30; it still can go"


def test_what_is_by_hand_need_not_be_a_message_at_all(book: Book, clock: StandingClock) -> None:
    begin(book, 1)
    seen = []
    for _day in range(2):
        days_on(book, clock, 1)
        (line,) = [one for slot in queue.day(book).slots for one in slot.lines]
        mark = rows._person(line, False, 60).right[0]
        seen.append((len(line.missed), line.skippable, *mark))
    assert seen == [(1, True, "✗", "dim"), (2, False, "✗", "warn")]


def test_who_left_or_is_kept_back_is_not_said_to_be_unsent(
    book: Book, clock: StandingClock
) -> None:
    stays, leaves, barred = begin(book, 3)
    sending.sent(book, [stays, leaves, barred])
    days_on(book, clock, 2)  # day 2 went by for all of them, day 3 still may go
    today = book.today()

    def unsent() -> list[int]:
        found = missed.unsent(book, today - timedelta(days=2), today)
        return sorted(one.id for one in found)

    assert unsent() == [stays, leaves, barred]
    sending.sent(book, [leaves])  # which notes that day 2 was missed
    assert unsent() == [stays, leaves, barred]
    enrolling.leave(book, [leaves])
    card.set_barred(book, sending.get(book, barred).person_id, True, ("write",))
    assert unsent() == [stays]


def test_who_had_the_last_step_is_said_to_have_had_it(book: Book, clock: StandingClock) -> None:
    programmes.put(book, "trial", PROGRAMME.replace('runs = "month"', 'runs = "week"'))
    enrolling.enter(book, "trial", people(book, 1))
    one = enrolling.of_person(book, 1)[0].id
    days_on(book, clock, 9)
    sending.sent(book, [one])
    assert sending.get(book, one).state == "finished"
    with pytest.raises(TouchedSince, match="王志刚 had “day 7” already"):
        sending.sent(book, [one])
    days_on(book, clock, 1)
    with pytest.raises(Refused, match="has had all of “Trial”; nothing more is due"):
        sending.sent(book, [one])
    with pytest.raises(Refused, match="has had all of “Trial”"):
        sending.not_now(book, one, book.now() + timedelta(hours=1))


def test_all_that_nothing_is_known_for_is_named_on_the_card(
    book: Book, clock: StandingClock
) -> None:
    text = PROGRAMME.replace("words of day two", "see you at {place}, {event}!")
    programmes.put(book, "trial", text)
    enrolling.enter(book, "trial", people(book, 1))
    days_on(book, clock, 1)
    one = enrolling.of_person(book, 1)[0].id
    assert queue.card(book, one).blank == ("place",)


def test_a_long_name_has_the_room_there_is_and_own_words_are_said_where_there_are_none(
    book: Book, clock: StandingClock
) -> None:
    begin(book, 1)
    (line,) = [one for slot in queue.day(book).slots for one in slot.lines]
    assert rows._person(line, False, 50).right[0][0] == "own words"  # there are none
    days_on(book, clock, 1)
    enrolment = line.enrolment_id
    by_hand = 'id = "two"\nday = 2\nby_hand = true\nstage = "results"'
    programmes.put(book, "trial", PROGRAMME.replace('id = "two"\nday = 2', by_hand))
    (line,) = [one for slot in queue.day(book).slots for one in slot.lines]
    assert (line.enrolment_id, line.unwritten) == (enrolment, False)
    assert rows._person(line, False, 50).right[-2][0] == "results"
    long = replace(line, person="欧阳娜娜娜娜")
    assert "欧阳娜娜娜娜" in "".join(text for text, _look in rows._person(long, False, 50).left)
    assert "…" in "".join(text for text, _look in rows._person(long, False, 40).left)


def test_several_are_put_off_or_skipped_as_one_change(book: Book, clock: StandingClock) -> None:
    early, late, _third = begin(book)
    enrolling.move(book, [late], "seven")  # nothing comes behind it within the month
    later = book.clock.at(book.today() + timedelta(days=3))
    before = history.count(book)
    change = sending.all_not_now(book, [early, late], later)
    assert str(change.label) == "Put off 1 message"
    assert [str(said) for said in change.left] == [
        "王志刚 gets the next message Tue 11-24; skip this one instead"
    ]
    assert history.count(book) == before + 1
    assert sending.get(book, late).next_on == book.today() + timedelta(days=3)
    with pytest.raises(Refused, match="skip this one instead"):
        sending.all_not_now(book, [early, _third], later)
    assert str(sending.skip(book, early, _third).label) == "Skipped 2 messages"
    assert history.count(book) == before + 2


def test_an_export_says_who_gets_nothing_more(book: Book) -> None:
    begin(book, 2)
    card.set_barred(book, 1, True, ("write",))
    table = enrolments_table(book, Scope())
    keys = [column.key for column in table.columns]
    rows_of = {str(row[keys.index("person")]): row for row in table.rows}
    said = {
        who: (getattr(row[keys.index("left_why")], "code", ""), row[keys.index("next_on")])
        for who, row in rows_of.items()
    }
    assert said == {"王志刚": ("barred", None), "李娜": ("", book.today())}
