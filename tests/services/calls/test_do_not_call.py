"""Who asked not to be called: it belongs to the number, whoever has it, on whatever list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslog.domain.people.card import CALL, MAIL, WRITE
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.calls import calling
from opslog.services.calls.queue import queue as call_queue
from opslog.services.people import card as person_card
from opslog.services.people import erasing
from opslog.services.twins import twins
from tests.conftest import StandingClock
from tests.services.calls.test_calling import close
from tests.services.lists import make_list, make_person

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TOMORROW = timedelta(days=-1)
NUMBER, OTHER = "+8613800138061", "+8613800138062"
ROW = ("林晓", "示例制造有限公司", "", NUMBER, "")
SPELLINGS = ("林曉", "Lin Xiao", "小林", "")


def queued(book: Book) -> set[str]:
    """The numbers in the queue."""
    return {line.phone for line in call_queue.queue(book, later=True)}


@pytest.mark.parametrize("name", SPELLINGS)
def test_the_number_is_not_called_under_another_name_nor_on_another_list(
    book: Book, name: str
) -> None:
    first = make_list(book, [ROW], event="一", ends_ago=TOMORROW)
    make_list(book, [(name, "另一家", "", NUMBER, "")], event="二", ends_ago=TOMORROW)
    assert len(call_queue.queue(book, later=True)) == 2
    calling.record(book, first.cards[0], "reminder", "do_not_call", lane="phone")
    assert queued(book) == set()
    history.undo(book)
    assert len(call_queue.queue(book, later=True)) == 2


def test_the_card_says_since_when_and_by_whom(book: Book) -> None:
    sheet = make_list(book, [ROW, ("何平", "", "", OTHER, "")])
    calling.record(book, sheet.cards[0], "callback-1", "do_not_call", lane="phone")
    person_card.set_barred(book, sheet.people[1], True)
    bars = [bar for id in sheet.people for bar in person_card.get(book, id).bars]
    assert [str(bar.text("2026-11-24")) for bar in bars if bar.scope == CALL] == [
        "not to be called since 2026-11-24: said so themselves",
        "not to be called since 2026-11-24: marked by hand",
    ]


def test_whoever_has_a_new_number_is_not_called_by_it(book: Book) -> None:
    sheet = make_list(book, [ROW], ends_ago=TOMORROW)
    person_card.set_barred(book, sheet.people[0], True)
    person_card.edit(book, sheet.people[0], phone="13800138062")
    assert queued(book) == set()
    person_card.set_barred(book, sheet.people[0], False)
    assert queued(book) == {OTHER}


def test_each_way_of_reaching_somebody_is_barred_and_allowed_by_itself(book: Book) -> None:
    sheet = make_list(book, [(*ROW[:4], "lin@a.cn"), ("何平", "", "", OTHER, "lin@a.cn")])
    linxiao, heping = sheet.people
    close(book, sheet, 0, 1, 2)
    person_card.set_wecom(book, linxiao, True)
    assert {line.lane for line in call_queue.queue(book, later=True)} == {"phone", "wecom"}
    change = person_card.set_barred(book, linxiao, True, (WRITE, MAIL))
    assert str(change.label) == "林晓 is not to be contacted"
    assert [str(bar.text("2026-11-24")) for bar in person_card.get(book, linxiao).bars] == [
        "not to be messaged since 2026-11-24: marked by hand",
        "not to be e-mailed since 2026-11-24: marked by hand",
    ]
    assert {line.lane for line in call_queue.queue(book, later=True)} == {"phone"}
    assert [bar.scope for bar in person_card.get(book, heping).bars] == [MAIL]  # by the address
    person_card.set_barred(book, heping, False, (MAIL,))
    assert [bar.scope for bar in person_card.get(book, linxiao).bars] == [WRITE]
    history.undo(book)
    history.undo(book)
    assert person_card.get(book, linxiao).bars == ()


def test_who_is_reached_by_messages_only_and_wants_none_is_left_alone(book: Book) -> None:
    sheet = make_list(
        book, [("林晓", "", "", "", ""), ("何平", "", "", OTHER, "")], ends_ago=TOMORROW
    )
    person_card.set_wecom(book, sheet.people[0], True)
    assert len(call_queue.queue(book, later=True)) == 2
    person_card.set_barred(book, sheet.people[0], True, (WRITE,))
    left = call_queue.queue(book, later=True)
    assert [line.phone for line in left] == [OTHER]
    (one,) = call_queue.not_called(book, left)
    assert str(one.why) == "asked not to be called"


def test_somebody_without_a_number_is_marked_too(book: Book) -> None:
    person = make_person(book, "林晓")
    person_card.set_barred(book, person, True)
    assert person_card.get(book, person).do_not_call
    person_card.set_barred(book, person, False)
    assert not person_card.get(book, person).do_not_call


def test_taken_off_it_is_off_for_everybody_with_the_number(book: Book) -> None:
    sheet = make_list(book, [ROW, ("林曉", "", "", NUMBER, "")], ends_ago=TOMORROW)
    for person in sheet.people:
        person_card.set_barred(book, person, True)
    person_card.set_barred(book, sheet.people[1], False)
    assert len(call_queue.queue(book, later=True)) == 2


def test_a_number_stays_suppressed_after_its_owner_was_erased(book: Book) -> None:
    sheet = make_list(book, [ROW])
    person_card.set_barred(book, sheet.people[0], True)
    erasing.erase(book, sheet.people[0], "林晓")
    assert NUMBER[3:].encode() not in book.path.read_bytes()
    other = make_list(book, [("林曉", "", "", OTHER, "")], event="二", ends_ago=TOMORROW).people[0]
    assert queued(book) == {OTHER}
    person_card.edit(book, other, phone=NUMBER)
    assert queued(book) == set()
    assert person_card.get(book, other).do_not_call
    history.undo(book)
    assert queued(book) == {OTHER}
    person_card.edit(book, other, phone=NUMBER)
    person_card.set_barred(book, other, False)
    person_card.edit(book, other, title="经理")
    assert queued(book) == {NUMBER}


def test_a_wrong_number_is_not_offered_again_and_another_one_is(book: Book) -> None:
    first = make_list(book, [ROW], event="一", ends_ago=TOMORROW)
    make_list(book, [ROW], event="二", ends_ago=TOMORROW)
    calling.record(book, first.cards[0], "reminder", "wrong_number", lane="phone")
    assert queued(book) == set()
    person_card.edit(book, first.people[0], phone="13800138062")
    assert queued(book) == {OTHER}
    history.undo(book)
    history.undo(book)
    assert queued(book) == {NUMBER}


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["list", "merge", "undo", "redo", "edit"]),
        st.integers(0, 5),
        st.sampled_from(SPELLINGS),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(steps=STEPS)
def test_no_sequence_queues_a_number_that_asked_not_to_be_called(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, str]]
) -> None:
    book = open_book(tmp_path_factory.mktemp("dnc") / "opslog.db", clock=StandingClock(NOW))
    people = make_list(
        book, [ROW, ("何平", "", "", OTHER, "")], event="零", ends_ago=TOMORROW
    ).people
    person_card.set_barred(book, people[0], True)
    since = history.changes(book)[0].id
    for at, (step, place, name) in enumerate(steps):
        one, two = people[place % len(people)], people[(place + 1) % len(people)]
        if step == "list":
            rows = [(name, "", "", NUMBER if place % 2 else OTHER, "")]
            people += make_list(book, rows, event=f"第{at}场", ends_ago=TOMORROW).people
        elif step == "merge" and person_card.living(book, one) != person_card.living(book, two):
            twins.merge(book, person_card.living(book, one), person_card.living(book, two))
        elif step == "edit":
            person_card.edit(book, person_card.living(book, one), name=name or "某人")
        elif step == "undo" and history.changes(book)[0].id > since:
            newest = next(c for c in history.changes(book) if c.state == "done")
            if newest.id > since:
                history.undo(book)
        elif step == "redo" and any(c.state == "undone" for c in history.changes(book)):
            history.redo(book)
        assert NUMBER not in queued(book)
    book.close()
