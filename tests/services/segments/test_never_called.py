"""Whatever lists are made of whomever: nobody who may not be called is offered, nobody twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslog.domain.base.refusal import Refused
from opslog.domain.calls.call_lists import PURPOSES
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.calls import calling, promises
from opslog.services.calls.queue import queue as call_queue
from opslog.services.people import card as person_card
from opslog.services.people import erasing
from opslog.services.screening import rounds
from opslog.services.segments import call_lists
from opslog.services.twins import twins
from tests.conftest import StandingClock
from tests.services.lists import make_list

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PEOPLE = [(name, "某某", "", f"+861380013800{n}", "") for n, name in enumerate("甲乙丙丁戊")]
STEP = st.tuples(
    st.sampled_from(
        [
            *("list", "list", "list", "merge", "erase", "bar", "drop", "keep", "call", "day"),
            *("undo", "end"),
        ]
    ),
    st.integers(0, 4),
    st.integers(0, 30),
)


@settings(max_examples=30, deadline=None)
@given(steps=st.lists(STEP, min_size=2, max_size=12))
def test_nobody_who_may_not_be_called_is_offered_and_nobody_twice(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    clock = StandingClock(NOW)
    book = open_book(tmp_path_factory.mktemp("lists") / "opslog.db", clock=clock)
    people = make_list(book, PEOPLE).people
    for step, place, number in steps:
        try:
            if step == "day":
                clock.move_to(clock.instant + timedelta(days=1))
            else:
                _DO[step](book, people, place, number)
        except Refused:
            continue
        _holds(book)
    book.close()


def _holds(book: Book) -> None:
    lines = call_queue.queue(book, later=True)
    people = [line.person_id for line in lines]
    assert len(people) == len(set(people)), "somebody is offered twice"
    shown = {row["id"] for row in book.con.execute("SELECT id FROM person_shown")}
    asked = {one.id for one in person_card.many(book, people) if one.do_not_call}
    assert set(people) <= shown - asked
    barred = _rows(book, "SELECT value FROM suppressed WHERE scope='call' AND kind='phone'")
    colleagues = _rows(
        book,
        "SELECT c.person_id FROM decision d JOIN card c ON c.id=d.card_id WHERE d.verdict='drop'"
        " AND NOT EXISTS (SELECT 1 FROM decision n WHERE n.id>d.id AND n.card_id=d.card_id)",
    )
    kept = _rows(
        book,
        "SELECT d.card_id FROM decision d WHERE d.verdict='keep'"
        " AND NOT EXISTS (SELECT 1 FROM decision n WHERE n.id>d.id AND n.card_id=d.card_id)",
    )
    for part in (part for line in lines for part in line.parts):
        assert part.phone not in barred
        assert part.person_id not in colleagues or part.card_id in kept


def _rows(book: Book, sql: str) -> set[object]:
    return {row[0] for row in book.con.execute(sql)}


def _list(book: Book, people: list[int], place: int, number: int) -> None:
    chosen = [one for n, one in enumerate(people) if n == place or number >> n & 1]
    typed = {
        "name": call_lists.free_name(book, "名单"),
        "purpose": PURPOSES[number % 3],
        "closes": "+3d" if number % 2 else "",
    }
    call_lists.make(book, chosen, call_lists.read(book, typed), "")


def _bar(book: Book, people: list[int], place: int, number: int) -> None:
    person_card.set_barred(book, people[place], bool(number % 3))


def _erase(book: Book, people: list[int], place: int, _number: int) -> None:
    erasing.erase(book, people[place], person_card.get(book, people[place]).name)


def _decide(book: Book, people: list[int], place: int, verdict: str) -> None:
    cards = _rows(book, f"SELECT id FROM card WHERE person_id={people[place]}")
    if not cards:  # merged into somebody
        return
    card = sorted(cards, key=str)[place % len(cards)]
    roster = book.con.execute("SELECT roster_id FROM card WHERE id=?", (card,)).fetchone()[0]
    there = rounds.rounds_of(book, roster)
    round_id = there[-1].id if there else rounds.open_round(book, roster).made
    assert isinstance(card, int)
    rounds.decide(book, round_id, card, verdict, "colleague" if verdict == "drop" else "")


def _call(book: Book, _people: list[int], place: int, number: int) -> None:
    lines = call_queue.queue(book, later=True)
    if lines:
        one = lines[place % len(lines)]
        codes = ("no_answer", "wrong_number", "do_not_call", "call_back")
        calling.record(
            *(book, one.card_id, one.purpose),
            codes[number % 4],
            lane="phone",
            when=book.now() + timedelta(hours=2) if number % 4 == 3 else None,
        )


def _end(book: Book, _people: list[int], place: int, _number: int) -> None:
    """A list is ended: nobody of it is called any more but whom a call was promised."""
    made = sorted(_rows(book, "SELECT id FROM roster WHERE kind='calls'"), key=str)
    if not made:
        return
    roster = made[place % len(made)]
    assert isinstance(roster, int)
    promised = [(ring.person_id, ring.promised) for ring in promises.rings(book)]
    call_lists.end(book, roster)
    assert [(ring.person_id, ring.promised) for ring in promises.rings(book)] == promised
    offered = call_queue.queue(book, roster_id=roster, later=True)
    assert {line.person_id for line in offered} <= {person for person, _at in promised}


_DO: dict[str, Callable[[Book, list[int], int, int], object]] = {
    "list": _list,
    "bar": _bar,
    "erase": _erase,
    "call": _call,
    "end": _end,
    "merge": lambda book, people, a, b: twins.merge(book, people[a], people[b % 5]),
    "drop": lambda book, people, place, _n: _decide(book, people, place, "drop"),
    "keep": lambda book, people, place, _n: _decide(book, people, place, "keep"),
    "undo": lambda book, _people, _place, _n: history.undo(book),
}
