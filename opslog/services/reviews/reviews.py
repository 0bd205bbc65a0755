"""The review of one event: what it was worth, from one state of the file.

One pass over its people, calls and leads; how they stand is counted in domain/reviews, which keeps
with each number what it opens (see ``opening``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from opslog.domain.answers.questions import Question
from opslog.domain.base.clock import instant_text
from opslog.domain.events.stops import Stop
from opslog.domain.materials.requests import MATERIALS
from opslog.domain.reviews.counts import (
    answers,
    arrivals,
    handovers,
    messages,
    promotion,
    requests,
    stops,
    talks,
    work,
)
from opslog.domain.reviews.counts.counting import Counts
from opslog.domain.reviews.counts.funnel import without_coming
from opslog.domain.reviews.counts.hours import Hours
from opslog.domain.reviews.counts.people import calls_of
from opslog.domain.reviews.counts.promotion import SignedUp, by_channel
from opslog.domain.reviews.measures import change_said
from opslog.domain.reviews.numbers import ANSWER, PEOPLE, Number
from opslog.domain.reviews.pictures import Bars, Lines, Part, Picture
from opslog.domain.reviews.results import comparing, figures, worth
from opslog.domain.reviews.results import targets as aims
from opslog.domain.reviews.results.verdict import verdict
from opslog.domain.reviews.review import Review
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.programmes import rates as programmes
from opslog.services.reviews import acts, one_stop, owed, stops_beside
from opslog.services.reviews.against import Against, against
from opslog.services.reviews.seen import Facts, Seen
from opslog.store.answers import answers as answers_store
from opslog.store.materials import requests as requests_store
from opslog.store.reviews import counts as store
from opslog.store.reviews import people as people_store
from opslog.store.reviews import sign_ups

WORDS = 30  # so many of what was said to one question stand in a review
MANY = 10_000  # people, from which the funnel is handed on before the rest is counted


def review(
    book: Book,
    event_id: int,
    against: str | None = None,
    first: Callable[[Review], object] | None = None,
    stop_id: int | None = None,
) -> Review:
    """``against``: '' nothing, the number of an event, or one of domain.reviews.comparing.MONTHS;
    None: the last earlier event of its kind, where there is one; of one stop see ``stops_beside``.
    ``first``: of an event of MANY it is given what its list says at once, then the verdict and the
    whole funnel, before all else is counted. ``stop_id``: only of this stop; what a plan learns is
    learned of the whole. Refused where the event or the stop is gone.
    """
    with book.one_moment():
        if stop_id is not None:
            other = stops_beside.against(book, event_id, stop_id, against)
            with one_stop.only(book, event_id, stop_id) as stop:
                return counted(book, event_id, "", None, stop, other)[0]._replace(stop=stop)
        found, _counts = counted(book, event_id, against, first)
        targets = found.picture("targets")
        aimed = [bar.number for bar in targets.bars] if isinstance(targets, Bars) else []
        people = [one for one in aimed if one.unit == PEOPLE]
        last = _part(N_("ATM-PDCA"), acts.pdca(book, event_id, people), acts.five(book, event_id))
        return found._replace(
            parts=(*found.parts, last),
            proposals=acts.proposals(book, event_id, found.numbers()),
            owes=tuple(one.said for one in owed.of_event(book, event_id)),
        )


def counted(
    book: Book,
    event_id: int,
    key: str | None,
    first: Callable[[Review], object] | None = None,
    stop: Stop | None = None,
    beside: Against | None = None,
) -> tuple[Review, Counts]:
    """What is counted in a review, and what each of its numbers opens. ``stop``: within
    ``one_stop.only``, held against what was read ``beside`` it."""
    with book.one_moment():
        facts = Facts(book, event_id, stop)
        if first is not None and (begun := facts.begun(MANY)) is not None:
            parts = (_part(BEGINNING, begun),)
            first(Review(facts.event, book.now(), (), parts, (), None))
        other = beside if stop is not None else against(book, facts.event, key)
        if first is not None:
            made = _Made(book, facts.seen(by_channel=False), other)
            if sum(made.counts.standing.values()) >= MANY:
                first(made.review((_part(BEGINNING, made.flow()),)))
        made = _Made(book, facts.seen(), other)
        return made.review(made.parts()), made.counts


def opens(
    book: Book,
    event_id: int,
    key: str,
    number: str,
    stop: Stop | None = None,
    beside: Against | None = None,
) -> tuple[Facts, Counts]:
    """What the number of a key opens, of a review against ``key``: no more of it is counted than up
    to that number. ``stop`` and ``beside`` as in ``counted``."""
    with book.one_moment():
        facts = Facts(book, event_id, stop)
        other = beside if stop is not None else against(book, facts.event, key)
        made = _Made(book, facts.seen(), other)
        for _part in made.parts():
            if number in made.counts.people_of or number in made.counts.rows_of:
                break
        return facts, made.counts


BEGINNING = N_("From seen to handed over")


def _part(heading: str, *pictures: Picture | None) -> Part:
    return Part(msg(heading), tuple(one for one in pictures if one is not None))


class _Made:
    """The pictures of a review, part by part."""

    def __init__(self, book: Book, seen: Seen, other: Against | None) -> None:
        self.book, self.con, self.seen, self.other = book, book.con, seen, other
        self.id, self.counts = seen.event.id, seen.counts
        self.begun = seen.event.row.starts_at <= book.now()
        self.unmarked = seen.holds.unknown("came", seen.known)
        self.hours = Hours(book.clock.zone)

    def review(self, parts: Iterable[Part]) -> Review:
        seen = self.seen
        return Review(
            seen.event,
            self.book.now(),
            verdict(seen.event, seen.counts, seen.holds, seen.funnel, begun=self.begun),
            tuple(part for part in parts if part.pictures),
            (),
            None if self.other is None else self.other.compared,
            moved=acts.moved(self.book, seen.event),
        )

    def parts(self) -> Iterator[Part]:
        """Each counted where it is asked for."""
        yield _part(BEGINNING, *self.people())
        yield _part(N_("Aim and result"), *self.aims())
        yield _part(N_("Where they came from"), *self.promotion())
        yield _part(N_("Who did not come and who was dropped"), *self.losses())
        yield _part(N_("Calls"), *self.calls())
        yield _part(N_("Time"), self.time())

    def flow(self) -> Bars:
        if self.other is None or self.other.stages is None:
            return self.seen.funnel
        return comparing.beside(self.seen.funnel, self.other.stages, self.other.compared.title)

    def people(self) -> tuple[Picture | None, ...]:
        starts = instant_text(self.seen.event.row.starts_at)
        there = store.there(self.con, self.id, starts)
        in_time = partial(store.in_time, self.con, self.id, starts)
        flow = arrivals.with_times(self.counts, self.flow(), there, in_time)
        rates = arrivals.show_up(self.counts, self.seen.holds, self.unmarked, there.guests)
        came = self.seen.stages["came"]
        if came.value is not None and came.key not in self.counts.people_of:
            rates = arrivals.with_typed(rates, came)
        if self.unmarked is None or "attended" in self.seen.event.targets or not self._sends:
            return flow, rates, self._requests()
        return without_coming(flow), None, self._requests()

    @property
    def _places(self) -> dict[int, str]:
        """Of the stops; who is of none has no place."""
        return {one.stop.id: one.stop.place for one in self.seen.stops if one.stop.id}

    @property
    def _sends(self) -> bool:
        """Materials: it is not held, they are sent."""
        return self.seen.event.row.kind == MATERIALS

    def _requests(self) -> Bars | None:
        """Of a release of materials."""
        if not self._sends:
            return None
        outcomes = own_kinds.outcomes(self.book)
        followed, answered = set[int](), set[int]()
        for person, purpose, lane, code in people_store.followed_up(self.con, self.id):
            outcome = outcomes.outcome(purpose, lane, code)
            followed.add(person)
            if outcome is not None and outcome.answered:
                answered.add(person)
        found = requests_store.requests(self.con, self.book.clock, self.id)
        return requests.requests(self.counts, found, followed, answered)

    def aims(self) -> tuple[Picture | None, ...]:
        seen, other = self.seen, self.other
        paid = worth.cost(seen.money)
        return (
            aims.targets(self.counts, seen.funnel, seen.event, seen.known, paid, begun=self.begun),
            worth.costs(seen.money),
            worth.worth(
                seen.money,
                seen.stages,
                seen.event.targets,
                comparing.Others() if other is None else other.others,
                {name: one.source for name, one in seen.known.typed.items() if one.stops},
            ),
            figures.figures(
                [
                    figures.From(
                        one.measure,
                        one.value,
                        one.source,
                        [
                            figures.Held(
                                held.against, change_said(held.percent, held.change), held.source
                            )
                            for held in one.compared
                        ],
                    )
                    for one in seen.figures
                ]
            ),
            None
            if other is None
            else comparing.compared(
                self.counts,
                seen.stages,
                seen.money.spent,
                other.others,
                other.compared.title,
                other.note,
            ),
        )

    def promotion(self) -> tuple[Picture | None, ...]:
        other = self.other.seen if self.other is not None else None
        return (
            promotion.curve(
                self.counts,
                self._signed_up(self.seen),
                self._signed_up(other) if other is not None else None,
                other.event.name if other is not None else "",
                [
                    (self._day(self.hours.of(one.at), self.seen), one.channel)
                    for one in store.promotion(self.con, self.id)
                ],
                promotion.Dates(self._begins(self.seen), self.book.today()),
                self._who_signed_up,
            ),
            promotion.channels(
                self.counts,
                self.seen.holds,
                by_channel(self.seen.channels, self._places),
                self.unmarked,
            ),
            handovers.by_channel(self.counts),
            handovers.by_whom(self.counts),
            stops.by_stop(self.counts, self.seen.stops),
            stops.decisions(self.seen.stops),
        )

    def _signed_up(self, seen: Seen) -> SignedUp:
        by_day: dict[int, int] = {}
        undated = 0
        width = self.hours.width
        for at, number in sign_ups.by_hour(self.con, seen.event.id, seen.lists, width).items():
            if not at:
                undated += number
                continue
            day = self._day(self.hours.of(at), seen)
            by_day[day] = by_day.get(day, 0) + number
        return SignedUp(by_day, undated)

    def _day(self, at: datetime, seen: Seen) -> int:
        """Counted from the event's own."""
        return promotion.day_of(at.date(), self._begins(seen))

    def _begins(self, seen: Seen) -> date:
        return seen.event.row.starts_at.astimezone(self.book.clock.zone).date()

    def _who_signed_up(self, day: date | None) -> Callable[[], Sequence[int]]:
        """On a day; None: of whom it is not known when."""
        first, last = "", ""
        if day is not None:
            at = self.book.clock.at
            first, last = instant_text(at(day)), instant_text(at(day + timedelta(days=1)))
        return partial(sign_ups.people, self.con, self.id, self.seen.lists, first, last)

    def losses(self) -> tuple[Picture | None, ...]:
        reasons = own_kinds.reasons(self.book)
        return (
            arrivals.not_coming(self.counts, self.seen.holds, own_kinds.outcomes(self.book)),
            work.rounds(
                self.counts,
                store.rounds(self.con, self.id),
                lambda number, verdict: partial(
                    store.decisions, self.con, self.id, number, verdict
                ),
            ),
            arrivals.dropped(self.counts, reasons),
        )

    def calls(self) -> tuple[Picture | None, ...]:
        today = self.book.today()
        attempts = store.attempts(self.con, self.id, self.hours.width)
        calls = calls_of(attempts, own_kinds.outcomes(self.book))
        return (
            talks.hours(self.counts, calls, self.hours.of),
            talks.weeks(self.counts, calls, self.hours.of, today),
            messages.afterwards(self.counts, programmes.of_event(self.book, self.id)),
            *self._answers(),
        )

    def _answers(self) -> Sequence[Picture | None]:
        given: dict[str, list[store.Answered]] = {}
        for one in store.answers(self.con, self.id):
            given.setdefault(one.key, []).append(one)
        newest = {key: max(one.question_id for one in some) for key, some in given.items()}
        known = answers_store.questions(self.con, newest.values())
        questions = answers.in_order([known[id] for id in newest.values()])
        return (
            *(
                answers.counted(
                    self.counts,
                    question,
                    [(one.value, one.number) for one in given[question.key]],
                    self._opens(question),
                )
                for question in questions
            ),
            self._words(questions),
        )

    def _opens(self, question: Question) -> Callable[[str], Callable[[], Sequence[int]]]:
        return lambda value: partial(store.answer_ids, self.con, self.id, question.key, value)

    def _words(self, questions: Sequence[Question]) -> Lines | None:
        lines: list[tuple[str | Msg, str | Msg]] = []
        opens: list[Number] = []
        for question in questions:
            said = store.in_words(self.con, self.id, question.key, WORDS + 1)
            if said:
                lines.append((question.title, answers.concerned(question)))
                lines += [
                    (" · ".join(filter(None, (name, company, title))), words)
                    for words, name, company, title in said[:WORDS]
                ]
            if len(said) > WORDS:
                lines.append(("", msg(N_("the newest {n} of them"), n=WORDS)))
            if said:
                ids = partial(store.word_ids, self.con, self.id, question.key)
                number = len(said) if len(said) <= WORDS else len(ids())
                opens += [
                    self.counts.rows(f"words.{question.key}", question.title, ANSWER, number, ids)
                ] * (len(lines) - len(opens))
        if not lines:
            return None
        return Lines("words", msg(N_("In their own words")), tuple(lines), opens=tuple(opens))

    def time(self) -> Picture | None:
        return work.time(
            self.counts,
            store.minutes(self.con, self.id),
            lambda tag, source: partial(store.lines, self.con, self.id, tag, source),
        )
