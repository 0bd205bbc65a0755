"""Who is on a list and not called, and how they are called all the same."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.calls.left_out import LeftOut, counted
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.calls.attendance import guests
from opslog.services.calls.queue import due as call_due
from opslog.services.calls.queue import left_out
from opslog.services.calls.queue import queue as call_queue
from opslog.services.people import card as person_card
from opslog.services.screening import rounds
from tests.conftest import StandingClock
from tests.services.calls.test_calling import TOMORROW
from tests.services.lists import Sheet, make_list

PEOPLE = (
    ("王志刚", "万科企业", "总经理", "+8613800138000", ""),
    ("测试", "万科企业", "", "+8613800138001", ""),
    ("陈静", "比亚迪", "", "", "cj@example.com"),
    ("王志刚", "万科企业", "", "+8613800138003", ""),  # another number: joined to nobody
    ("李娜", "华为技术", "", "+8613800138004", ""),
    ("张伟", "华为技术", "", "+8613800138005", ""),
    ("吴敏", "中兴", "", "+8613800138006", ""),
    ("郑强", "中兴", "", "+8613800138007", ""),
)


def salon(book: Book) -> Sheet:
    made = make_list(book, PEOPLE, ends_ago=TOMORROW)
    round_id = rounds.open_round(book, made.roster_id).made
    rounds.decide(book, round_id, made.cards[4], "drop", reason="competitor")
    rounds.decide(book, round_id, made.cards[5], "drop", reason="not_target")
    book.con.execute("UPDATE card SET state='withdrawn' WHERE id=?", (made.cards[6],))
    person_card.set_barred(book, made.people[7], True)
    return made


def left(book: Book, purpose: str | None = None) -> list[LeftOut]:
    return call_queue.not_called(book, call_queue.queue(book, purpose), purpose)


def test_a_reminder_leaves_out_the_plainly_invalid_and_calls_who_is_not_the_target(
    book: Book,
) -> None:
    made = salon(book)
    assert [line.card_id for line in call_queue.queue(book)] == [made.cards[0], made.cards[5]]
    assert [(one.card_id, one.kind, str(one.why)) for one in left(book)] == [
        (made.cards[1], "rule", "made up"),
        (made.cards[2], "number", "without a number"),
        (made.cards[3], "duplicate", "the same name and company twice"),
        (made.cards[4], "verdict", "competitor"),
        (made.cards[6], "state", "withdrew"),
        (made.cards[7], "barred", "asked not to be called"),
    ]
    assert {one.people for one in call_due.due(book)} == {2}
    # The forecast knows verdicts and sign-ups: two rows fewer, and the one who said no such thing.
    assert sum(line.number for line in guests.forecast(book, made.event_id).lines) == 6
    # Beside the queue nobody expects who is made up or stands there twice.
    beside = guests.forecast(book, made.event_id, left(book))
    assert sum(line.number for line in beside.lines) == 4


def test_who_is_left_out_brings_nobody_along(book: Book) -> None:
    made = salon(book)
    book.con.execute("UPDATE card SET guests=2 WHERE id IN (?, ?)", (made.cards[1], made.cards[5]))
    (line,) = guests.forecast(book, made.event_id, left(book)).lines
    assert (line.number, [str(one) for one in line.of]) == (
        6,
        ["4 of the list", "2 guests", "1 without a number among them"],
    )


@pytest.mark.parametrize("card", [1, 3, 4, 6])
def test_kept_after_all_they_are_called_and_one_undo_takes_it_back(book: Book, card: int) -> None:
    made = salon(book)
    one = next(one for one in left(book) if one.card_id == made.cards[card])
    left_out.call_all_the_same(book, one)
    assert made.cards[card] in [line.card_id for line in call_queue.queue(book)]
    history.undo(book)
    assert made.cards[card] not in [line.card_id for line in call_queue.queue(book)]


def test_kept_where_no_round_was_opened_tidying_is(book: Book) -> None:
    made = make_list(book, PEOPLE[:2], ends_ago=TOMORROW)
    (one,) = left(book)
    left_out.call_all_the_same(book, one)
    assert [line.card_id for line in call_queue.queue(book)] == made.cards
    history.undo(book)
    assert book.con.execute("SELECT count(*) FROM round").fetchone()[0] == 0


def test_who_asked_or_has_no_number_is_not_called_by_a_key(book: Book) -> None:
    salon(book)
    by_kind = {one.kind: one for one in left(book)}
    with pytest.raises(Refused, match="asked not to be called; S takes that off"):
        left_out.call_all_the_same(book, by_kind["barred"])
    with pytest.raises(Refused, match="has no number; e adds one"):
        left_out.call_all_the_same(book, by_kind["number"])


def test_a_call_back_leaves_out_all_that_is_dropped_now(book: Book) -> None:
    made = make_list(book, PEOPLE[:6], ends_ago=timedelta(days=3))
    tidy = rounds.open_round(book, made.roster_id).made
    for card, reason in ((0, "not_target"), (4, "competitor")):
        rounds.decide(book, tidy, made.cards[card], "drop", reason=reason)
    rounds.close_round(book, tidy, force=True)
    called = {line.card_id for line in call_queue.queue(book)}
    assert called == {made.cards[at] for at in (1, 2, 3, 5)}  # what the rules say was screened
    assert [(one.card_id, str(one.why)) for one in left(book)] == [
        (made.cards[0], "not target"),
        (made.cards[4], "competitor"),
    ]
    left_out.call_all_the_same(book, left(book)[0])  # the round is closed, the verdict is not
    assert made.cards[0] in {line.card_id for line in call_queue.queue(book)}
    assert made.cards[0] in [
        line.card_id
        for line in rounds.deck(book, rounds.open_round(book, made.roster_id).made).lines
    ]


def test_somebody_left_out_twice_counts_once(book: Book) -> None:
    made = make_list(book, PEOPLE[:2], ends_ago=TOMORROW)
    make_list(book, PEOPLE[:2], event="另一场", ends_ago=TOMORROW, people=made.people)
    assert len(left(book)) == 2
    assert [(str(why), number) for why, number in counted(left(book))] == [("made up", 1)]


def test_a_promise_to_remind_holds_for_who_is_not_the_target(book: Book) -> None:
    made = make_list(book, PEOPLE[:1], ends_ago=TOMORROW)
    when = book.now() + timedelta(hours=2)
    calling.record(book, made.cards[0], "reminder", "call_back", lane="phone", when=when)
    tidy = rounds.open_round(book, made.roster_id).made
    rounds.decide(book, tidy, made.cards[0], "drop", reason="not_target")
    assert "promise" in {one.kind for one in call_due.due(book)}
    rounds.decide(book, tidy, made.cards[0], "drop", reason="competitor")
    assert "promise" not in {one.kind for one in call_due.due(book)}


def test_whom_a_list_calls_a_colleague_is_not_reminded_until_the_remark_is_gone(book: Book) -> None:
    made = make_list(
        book,
        [
            ("王志刚", "我司", "", "+8613800138000", ""),
            ("李娜", "华为技术", "", "+8613800138004", ""),
            ("吴敏", "中兴", "", "+8613800138006", ""),
        ],
        ends_ago=TOMORROW,
    )
    person_card.edit(book, made.people[1], note="同事")
    assert [(one.card_id, str(one.why)) for one in left(book)] == [
        (made.cards[0], "colleague"),
        (made.cards[1], "colleague"),
    ]
    person_card.edit(book, made.people[1], note="同事推荐")
    assert [line.card_id for line in call_queue.queue(book)] == made.cards[1:]


def test_a_whole_list_left_out_is_told_until_the_event_begins(
    book: Book, clock: StandingClock
) -> None:
    people = (PEOPLE[1], ("周杰", "A", "", "+8613800138011", ""), PEOPLE[2])
    made = make_list(book, people, ends_ago=TOMORROW)
    assert call_queue.queue(book) == []
    assert [one.person for one in left(book)] == ["测试", "周杰", "陈静"]
    (due,) = call_due.due(book)
    text = "reminder calls the day before: all 3 on the list are left out"
    assert (due.kind, due.ref, str(due.label), due.whom) == (
        *("reminder", made.event_id, text),
        frozenset(),
    )
    clock.move_to(clock.now() + timedelta(days=2))
    assert left(book) == []
    assert call_due.due(book) == []


def test_who_is_left_out_stays_said_when_all_others_were_called(book: Book) -> None:
    made = make_list(book, PEOPLE[:2], ends_ago=TOMORROW)
    calling.record(book, made.cards[0], "reminder", "coming", lane="phone")
    assert call_queue.queue(book) == []
    assert [one.person for one in left(book)] == ["测试"]
    assert not [one for one in call_due.due(book) if "left out" in str(one.label)]
