"""Over any sequence of answers, merges, erasures and undos: what is counted is what an independent
ledger counts, nothing is lost, and an erased person's words are gone everywhere."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from opslog.domain.answers.questions import WORDS, Question
from opslog.domain.base.refusal import Refused
from opslog.services.answers import answering
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.calls import calling
from opslog.services.people import card as people
from opslog.services.people import erasing
from opslog.services.search import search
from opslog.services.twins import twins
from tests.conftest import StandingClock
from tests.services.calls.test_calling import salon_tomorrow

QUESTIONS = (
    Question("hear", "想听什么？", "What?", "choice", ("案例", "报价"), ("cases", "prices"), True),
    Question("useful", "有用吗？", "Useful?", "scale", concerns="speaker"),
    Question("wants", "需求？", "Wants?", concerns="sales"),
)
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SOMEBODY = st.integers(0, 3)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), SOMEBODY, st.integers(0, 2), st.integers(1, 2)),
        st.tuples(st.just("words"), SOMEBODY, st.sampled_from([0, 2]), st.integers(100, 999)),
        st.tuples(st.just("back"), SOMEBODY, st.integers(0, 2), st.just(0)),
        st.tuples(st.just("log"), SOMEBODY, st.just(0), st.just(0)),
        st.tuples(st.just("merge"), SOMEBODY, SOMEBODY, st.just(0)),
        st.tuples(st.just("erase"), SOMEBODY, st.just(0), st.just(0)),
        st.tuples(st.just("undo"), st.just(0), st.just(0), st.just(0)),
    ),
    max_size=14,
)
Said = tuple[str | None, str]


class Ledger:
    """What must hold, kept without the database: who is whom, and every answer in its order."""

    def __init__(self, ids: list[int]) -> None:
        self.whom = {id: id for id in ids}
        self.given: list[tuple[int, str, Said]] = []
        self.erased: set[int] = set()
        self.gone: set[str] = set()
        self.before: list[tuple[dict[int, int], list[tuple[int, str, Said]]]] = []

    def change(self) -> None:
        self.before.append((dict(self.whom), list(self.given)))

    def counted(self) -> Counter[tuple[str, str]]:
        newest: dict[tuple[int, str], Said] = {}
        for id, key, said in self.given:
            newest[self.whom[id], key] = said
        return Counter(
            (key, value or "words")
            for (_id, key), (value, _words) in newest.items()
            if value is not None
        )


def answered(book: Book) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for one in answering.counts(book):
        chosen = sum(choice.number for choice in one.choices)
        for value, choice in zip(one.question.values, one.choices, strict=False):
            found[one.question.key, value] += choice.number
        found[one.question.key, "words"] += one.answers - chosen
    return +found


def play(book: Book, steps: list[tuple[str, int, int, int]]) -> None:
    made = salon_tomorrow(book)
    names = {id: people.get(book, id).name for id in made.people}
    ledger = Ledger(made.people)
    for verb, who, which, number in [*steps, ("erase", 0, 0, 0)]:
        person = ledger.whom[made.people[who]]
        question, event = QUESTIONS[which % len(QUESTIONS)], made.event_id
        if verb in ("answer", "words", "back"):
            chosen = verb == "answer" and question.kind != WORDS
            typed = str(number) if chosen else f"说了「{number}」"
            with suppress(Refused):
                if verb == "back":
                    answering.take_back(book, question, person, event)
                    said: Said = (None, "")
                else:
                    answering.answer(book, question, person, event, typed)
                    said = (question.values[number - 1], "") if chosen else ("", typed)
                ledger.change()
                ledger.given.append((person, question.key, said))
        elif verb == "log":
            with suppress(Refused):
                calling.record(book, made.cards[who], "reminder", "coming", lane="phone")
                ledger.change()
        elif verb == "merge":
            other = ledger.whom[made.people[which]]
            if other != person and not {other, person} & ledger.erased:
                twins.merge(book, person, other)
                ledger.change()
                ledger.whom = {
                    id: person if now == other else now for id, now in ledger.whom.items()
                }
        elif verb == "erase" and person not in ledger.erased:
            erasing.erase(book, person, names[person])
            ledger.erased.add(person)
            mine = {id for id, now in ledger.whom.items() if now == person}
            ledger.gone |= {words for id, _key, (_v, words) in ledger.given if id in mine and words}
            ledger.before.clear()  # what was before stays as it is
        elif verb == "undo" and ledger.before:
            history.undo(book)
            ledger.whom, ledger.given = ledger.before.pop()
        assert answered(book) == ledger.counted()
        rows = book.con.execute("SELECT count(*) FROM answer").fetchone()[0]
        assert rows == len(ledger.given)
    kept = {words for id, _key, (_v, words) in ledger.given if ledger.whom[id] not in ledger.erased}
    text = "\n".join(book.con.iterdump())
    for words in ledger.gone - kept:
        assert words not in text
        assert not search.find(book, words)


@settings(max_examples=40, deadline=None)
@given(STEPS)
@example([("merge", 0, 1, 0), ("undo", 0, 0, 0), ("erase", 1, 0, 0)])
def test_counts_hold_and_nothing_is_lost(steps: list[tuple[str, int, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        book = open_book(Path(folder) / "opslog.db", clock=StandingClock(NOW))
        try:
            play(book, steps)
        finally:
            book.close()
