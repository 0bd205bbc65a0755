"""Somebody on two lists is one call: everything it is for is asked, and it counts once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslog.domain.calls.outcomes import PHONE
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.calls import call_card, calling, off_list
from opslog.services.calls.queue import queue as call_queue
from opslog.services.twins import twins
from tests.conftest import StandingClock
from tests.services.calls.test_calling import PEOPLE, TOMORROW, close, names, salon_tomorrow
from tests.services.lists import Sheet, make_list

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def on_two_lists(book: Book) -> tuple[Sheet, Sheet]:
    """The first two people of tomorrow's salon were at a conference, whose call-back is open."""
    salon = salon_tomorrow(book)
    past = make_list(book, PEOPLE[:2], event="北京大会", people=salon.people[:2])
    close(book, past, 0)
    return salon, past


def purposes(book: Book, person: str) -> list[str]:
    [line] = [line for line in call_queue.queue(book) if line.person == person]
    return [part.purpose for part in line.parts if part.ready]


def touches(book: Book) -> list[tuple[int, str, str, int | None]]:
    rows = book.con.execute("SELECT card_id, purpose, outcome, call_id FROM touch ORDER BY id")
    return [tuple(row) for row in rows]


def test_two_purposes_stand_in_one_line(book: Book) -> None:
    on_two_lists(book)
    assert sorted(names(book)) == sorted(person[0] for person in PEOPLE)
    line = next(line for line in call_queue.queue(book) if line.person == "王志刚")
    assert {(part.purpose, part.event) for part in line.parts} == {
        ("reminder", "上海沙龙"),
        ("callback-1", "北京大会"),
    }
    assert names(book, "callback-1", later=False).count("王志刚") == 1


def test_who_is_reminded_is_not_asked_in_the_same_call_how_it_was(
    book: Book, clock: StandingClock
) -> None:
    """A list tidied before the event opens its call-back for the evening of that day."""
    salon = salon_tomorrow(book)
    close(book, salon, 0)
    clock.move_to(clock.now() + timedelta(days=1))
    lines = call_queue.queue(book)
    assert {part.purpose for line in lines for part in line.parts} == {"reminder"}
    clock.move_to(clock.now() + timedelta(days=1))
    assert names(book, "callback-1")


def test_a_dial_that_nobody_answered_counts_for_all_it_was_for_and_once(book: Book) -> None:
    salon, past = on_two_lists(book)
    calling.record(book, salon.cards[0], "reminder", "no_answer", lane="phone")
    first = book.con.execute("SELECT min(id) FROM touch").fetchone()[0]
    assert touches(book) == [
        (salon.cards[0], "reminder", "no_answer", None),
        (past.cards[0], "callback-1", "no_answer", first),
    ]
    assert purposes(book, "王志刚") == []  # both wait for their time
    third = make_list(book, PEOPLE[:1], event="杭州", people=salon.people[:1])
    assert call_card.earlier(book, third.roster_id)[salon.people[0]].calls == 1
    history.undo(book)
    assert (touches(book), len(purposes(book, "王志刚"))) == ([], 2)


def test_an_answer_leaves_the_other_purpose_to_be_asked_in_the_same_call(book: Book) -> None:
    salon, past = on_two_lists(book)
    call = calling.record(book, salon.cards[0], "reminder", "coming", lane="phone").made
    assert "王志刚" not in names(book), "a call of its own would be the second one today"
    line = call_queue.line(book, salon.people[0], call=call)
    assert line is not None
    assert [part.purpose for part in line.parts if part.ready] == ["callback-1"]
    calling.record(book, past.cards[0], "callback-1", "answered", lane="phone", call=call)
    assert [touch[3] for touch in touches(book)] == [None, call]
    assert "王志刚" not in names(book)
    history.undo(book)
    history.undo(book)
    assert touches(book) == []


@pytest.mark.parametrize("said", [True, False])
def test_what_was_said_is_not_asked_again_and_what_was_not_is_not_lost(
    book: Book, clock: StandingClock, said: bool
) -> None:
    """One call has an outcome for each of its purposes, or for the first alone."""
    salon, past = on_two_lists(book)
    off_list.log(book, salon.people[0], "coming", lane="phone")
    (more,) = off_list.remains(book, 1)
    assert (more.event, more.purpose) == ("北京大会", "callback-1")
    if said:
        off_list.log(book, salon.people[0], "answered", lane="phone")
        assert off_list.remains(book, 1) == ()
        assert touches(book)[1] == (past.cards[0], "callback-1", "answered", 1)
    assert "王志刚" not in names(book)
    clock.move_to(clock.now() + timedelta(days=3))  # the salon is over
    assert ("王志刚" in names(book)) is not said


def test_a_ring_back_is_a_call_of_its_own(book: Book) -> None:
    salon, _past = on_two_lists(book)
    off_list.log(book, salon.people[0], "coming", lane="phone")
    off_list.log(book, salon.people[0], "answered", lane="phone", direction="in")
    off_list.log(book, salon.people[1], "no_answer", lane="phone")
    off_list.log(book, salon.people[1], "coming", lane="phone")  # dialled again, at once
    assert [(one[2], one[3]) for one in touches(book)] == [
        *(("coming", None), ("answered", None)),
        *(("no_answer", None), ("no_answer", 3), ("coming", None)),
    ]


def test_a_promise_for_another_purpose_is_kept(book: Book, clock: StandingClock) -> None:
    salon, past = on_two_lists(book)
    at = clock.at(clock.local().date().replace(day=27))
    calling.record(book, past.cards[0], "callback-1", "call_back", lane="phone", when=at)
    calling.record(book, salon.cards[0], "reminder", "no_answer", lane="phone")
    assert [touch[2] for touch in touches(book)] == ["call_back", "no_answer"]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["list", "merge", "dial", "answer", "undo", "redo"]),
        st.integers(0, 5),
        st.booleans(),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(steps=STEPS)
def test_nobody_stands_twice_in_the_queue_of_one_moment(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, bool]]
) -> None:
    book = open_book(tmp_path_factory.mktemp("once") / "opslog.db", clock=StandingClock(NOW))
    people = on_two_lists(book)[0].people
    for at, (step, place, past) in enumerate(steps):
        lines = call_queue.queue(book)
        one, two = people[place % len(people)], people[(place + 1) % len(people)]
        if step == "list":
            more = {"people": [one, two]} if past else {"people": [one, two], "ends_ago": TOMORROW}
            made = make_list(book, PEOPLE[:2], event=f"第{at}场", **more)
            close(book, made, 0)
        elif step == "merge":
            gone = {row[0] for row in book.con.execute("SELECT id FROM person WHERE merged_into")}
            if not gone & {one, two}:
                twins.merge(book, one, two)
        elif step in ("dial", "answer") and lines:
            line = lines[place % len(lines)]
            lane = PHONE
            known = {"dial": ["no_answer"], "answer": ["coming", "answered"]}[step]
            outcomes = call_card.card(book, line.card_id, line.purpose, lane).outcomes
            code = next(code for code in known if outcomes.get(code))
            calling.record(book, line.card_id, line.purpose, code, lane=lane)
        elif step == "undo" and any(c.state == "done" for c in history.changes(book)):
            history.undo(book)
        elif step == "redo" and any(c.state == "undone" for c in history.changes(book)):
            history.redo(book)
        for later in (False, True):
            found = [line.person_id for line in call_queue.queue(book, later=later)]
            assert len(found) == len(set(found))
    book.close()
