"""Lists on which nobody is left to be called are not gone through again, until something of them
changes."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from datetime import timedelta

import pytest

from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.calls.outcomes import WECOM
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.calls import calling
from opslog.services.calls.queue import due as call_due
from opslog.services.calls.queue import queue as call_queue
from opslog.services.cards import ticking
from opslog.services.events.plans import steps
from opslog.services.people import card as person_card
from opslog.services.screening import rounds
from opslog.services.twins import twins
from opslog.store.calls.proving import settled
from tests.conftest import StandingClock
from tests.services.lists import Sheet, make_list, make_steps

PEOPLE = (
    ("王志刚", "万科企业", "总经理", "+8613800138000", ""),
    ("李娜", "万科企业", "经理", "+8613800138001", ""),
    ("张伟", "华为技术", "工程师", "+8613800138002", ""),
)
FIRST = "callback-1"


def kept(book: Book) -> int:
    return int(book.con.execute("SELECT count(*) FROM call_settled").fetchone()[0])


def record(book: Book, made: Sheet, card: int, outcome: str, lane: str = "phone") -> None:
    calling.record(book, made.cards[card], FIRST, outcome, lane=lane)


@pytest.fixture
def done(book: Book) -> Sheet:
    """A list of three: one answered, one asked not to be called, one was dropped."""
    made = make_list(book, PEOPLE, ends_ago=timedelta(days=3))
    tidy = rounds.open_round(book, made.roster_id).made
    for card, verdict in zip(made.cards, ("keep", "keep", "drop"), strict=True):
        rounds.decide(book, tidy, card, verdict, "competitor" if verdict == "drop" else "")
    rounds.close_round(book, tidy)
    record(book, made, 0, "interested")
    record(book, made, 1, "do_not_call")
    assert call_queue.queue(book) == []
    assert kept(book) == 1
    return made


def test_a_list_at_rest_is_not_read_again(book: Book, done: Sheet) -> None:
    read: list[str] = []
    book.con.set_trace_callback(read.append)
    call_queue.queue(book)
    book.con.set_trace_callback(None)
    assert [text for text in read if "FROM touch" in text or "FROM card c JOIN" in text] == []


def test_nor_is_one_whose_calls_were_closed_by_hand(book: Book) -> None:
    """As most lists are, once years have gone by; whoever asks for it is told of them still."""
    made = make_list(book, PEOPLE, ends_ago=timedelta(days=3))
    tidy = rounds.open_round(book, made.roster_id).made
    for card in made.cards:
        rounds.decide(book, tidy, card, "keep", "")
    rounds.close_round(book, tidy)
    step = make_steps(book, made.event_id, FIRST)[FIRST]
    ticking.tick_step(book, step)
    assert call_queue.queue(book) == []
    read: list[str] = []
    book.con.set_trace_callback(read.append)
    assert call_queue.queue(book) == []
    book.con.set_trace_callback(None)
    assert [text for text in read if "FROM touch" in text or "FROM card c JOIN" in text] == []
    assert len(call_queue.not_called(book, [])) == 3
    steps.untick_step(book, step)
    assert len(call_queue.queue(book)) == 3
    history.undo(book)
    assert call_queue.queue(book) == []


def other_outcomes(book: Book, _made: Sheet) -> None:
    """In the operator's own file the first outcome no longer ends it."""
    from opslog import shipped

    path = book.home / "playbooks" / "outcomes.toml"
    path.parent.mkdir()
    text = shipped.text("calls/outcomes.toml")
    begin = text.index("[callback.phone.interested]")
    own = text[:begin] + text[begin:].replace('ends = "purpose"', 'retry = "1d"\nat_most = 4', 1)
    path.write_text(own, encoding="utf-8")


def undo(book: Book, number: int) -> None:
    for _step in range(number):
        history.undo(book)


@pytest.mark.parametrize(
    ("change", "back"),
    [
        (lambda book, _made: undo(book, 1), "李娜"),
        (lambda book, _made: undo(book, 2), "王志刚 李娜"),
        (lambda book, made: person_card.set_barred(book, made.people[1], False), ""),
        (other_outcomes, "王志刚"),
        (lambda book, made: rounds.open_round(book, made.roster_id, 1), ""),
    ],
)
def test_what_opens_it_again_brings_people_back(
    book: Book,
    done: Sheet,
    clock: StandingClock,
    change: Callable[[Book, Sheet], object],
    back: str,
) -> None:
    change(book, done)
    clock.move_to(clock.now() + timedelta(days=2))
    found = {line.person for line in call_queue.queue(book, later=True)}
    assert found == set(back.split())


def test_an_event_held_again_has_its_reminders(book: Book, done: Sheet) -> None:
    at = book.now() + timedelta(hours=20)
    book.con.execute(
        "UPDATE event SET starts_at=?, ends_at=?",
        (instant_text(at), instant_text(at + timedelta(hours=2))),
    )
    assert [line.purpose for line in call_queue.queue(book)] != []


def test_a_clock_set_back_hides_no_reminder(book: Book, done: Sheet, clock: StandingClock) -> None:
    clock.move_to(clock.now() - timedelta(days=4))
    assert {line.purpose for line in call_queue.queue(book)} == {"reminder"}


def test_what_another_program_wrote_meanwhile_is_not_overlooked(book: Book, done: Sheet) -> None:
    book.con.execute("DELETE FROM call_settled")
    version = book.data_version()
    other = open_book(book.path, clock=book.clock)
    history.undo(other)
    other.close()
    settled.note(book.con, [done.roster_id], "", version)
    assert kept(book) == 0


def test_a_promise_is_due_as_long_as_it_is_the_newest_word(book: Book, done: Sheet) -> None:
    again_at = book.now() + timedelta(hours=3)
    undo(book, 2)
    calling.record(book, done.cards[0], FIRST, "call_back", lane="phone", when=again_at)
    assert [item.due for item in call_due.due(book)] == [again_at]
    record(book, done, 0, "answered")
    assert call_due.due(book) == []
    undo(book, 1)
    assert [item.due for item in call_due.due(book)] == [again_at]
    undo(book, 1)
    assert call_due.due(book) == []


def a_verb(
    book: Book, clock: StandingClock, chance: random.Random, sheets: list[Sheet]
) -> Callable[[], object]:
    card, person = chance.choice(
        [pair for s in sheets for pair in zip(s.cards, s.people, strict=True)]
    )
    codes = ["interested", "no_answer", "call_back", "wrong_number", "do_not_call", "answered"]
    number = f"+861390013{chance.randint(1000, 1003)}"
    return chance.choice(
        [
            *[lambda: calling.record(book, card, FIRST, chance.choice(codes), lane="phone")] * 6,
            lambda: calling.record(book, card, FIRST, "sent", lane=WECOM),
            *[lambda: history.undo(book)] * 2,
            lambda: history.redo(book),
            lambda: person_card.set_wecom(book, person, chance.choice((True, False, None))),
            lambda: person_card.set_barred(book, person, chance.random() < 0.3),
            lambda: person_card.edit(book, person, phone=number),
            lambda: twins.merge(book, sheets[0].people[0], sheets[1].people[0]),
            lambda: clock.move_to(clock.now() + timedelta(hours=9)),
        ]
    )


@pytest.mark.parametrize("seed", range(6))
def test_it_never_hides_anybody(book: Book, clock: StandingClock, seed: int) -> None:
    """Any verbs in any order: the queue is what it would be without what was noted."""
    chance, rest = random.Random(seed), 0
    sheets = [make_list(book, PEOPLE, event=name, ends_ago=timedelta(days=3)) for name in "甲乙"]
    for sheet in sheets:
        rounds.close_round(book, rounds.open_round(book, sheet.roster_id).made, force=True)
    for _step in range(80):
        with contextlib.suppress(Refused):
            a_verb(book, clock, chance, sheets)()
        found = call_queue.queue(book, later=True)
        rest += kept(book)
        book.con.execute("BEGIN")
        book.con.execute("DELETE FROM call_settled")
        assert call_queue.queue(book, later=True) == found
        book.con.execute("ROLLBACK")
        assert settled.flaws(book.con) == []
    assert rest, "something was noted at all"


def test_a_promise_to_somebody_dropped_since_keeps_no_list_open(book: Book, done: Sheet) -> None:
    again_at = book.now() + timedelta(hours=3)
    undo(book, 2)
    calling.record(book, done.cards[0], FIRST, "call_back", lane="phone", when=again_at)
    second = rounds.open_round(book, done.roster_id).made
    for card in done.cards[:2]:
        rounds.decide(book, second, card, "drop", "not_target")
    assert call_queue.queue(book) == []
    assert kept(book) == 1
    undo(book, 2)
    assert done.cards[0] in {line.card_id for line in call_queue.queue(book, later=True)}
