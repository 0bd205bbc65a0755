"""A number of a review opened: as many rows as it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack

from opslog.domain.base.clock import instant_of
from opslog.domain.base.sentences import listed
from opslog.domain.calls.meaning import STANDS_IN
from opslog.domain.calls.outcomes import CALLBACK, PHONE, REMINDER, Outcomes
from opslog.domain.people.card import ERASED
from opslog.domain.reports.figures import LEAD as STATE
from opslog.domain.reports.telling.phrases import Wording
from opslog.domain.reviews.counts.counting import Counts
from opslog.domain.reviews.counts.people import Standing
from opslog.domain.reviews.numbers import ANSWER, LEAD, PERSON, Number
from opslog.domain.reviews.review import Review
from opslog.domain.screening.reasons import Reasons
from opslog.locale import N_, Msg, _, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.reports.opening import Opened, of_answers, of_rows
from opslog.services.reviews import one_stop, reviews, stops_beside
from opslog.services.reviews.seen import Facts
from opslog.store.answers import answers as answers_store
from opslog.store.reviews import rows as store


def rows(book: Book, review: Review, number: Number) -> Sequence[Opened]:
    """The rows of a number, oldest first; none where it opens nothing."""
    stop_id = None if review.stop is None else review.stop.id
    against = review.compared.key if review.compared is not None else ""
    with book.one_moment(), ExitStack() as within:
        stop, beside = None, None
        if stop_id is not None:
            beside = stops_beside.against(book, review.event.id, stop_id, against)
            stop = within.enter_context(one_stop.only(book, review.event.id, stop_id))
        facts, counts = reviews.opens(book, review.event.id, against, number.key, stop, beside)
        if number.kind == PERSON and number.key in counts.people_of:
            return _people(book, review.event.id, _standing(facts, counts, number.key))
        if not number.kind or number.key not in counts.rows_of:
            return ()
        ids, words = counts.rows_of[number.key](), _words(book)
        if number.kind == PERSON:
            who = Counter(ids)
            found = _people(book, review.event.id, facts.standing(lambda id, _one: id in who))
            return [one for one in found for _time in range(who[one.id])]
        if number.kind == LEAD:
            return of_rows(book, words, STATE, store.states(book.con, ids))
        if number.kind == ANSWER:
            return of_answers(answers_store.by_ids(book.con, ids))
        return of_rows(book, words, number.kind, ids)


def _standing(facts: Facts, counts: Counts, key: str) -> dict[int, Standing]:
    """Who of the event a number counts, and how each stands."""
    holds = counts.people_of[key]
    counted = {one for one in counts.standing if holds(one)}
    return facts.standing(lambda _id, one: one in counted)


def _people(book: Book, event_id: int, standing: Mapping[int, Standing]) -> list[Opened]:
    outcomes, reasons = own_kinds.outcomes(book), own_kinds.reasons(book)
    return [
        Opened(
            row["id"],
            instant_of(row["at"]),
            " · ".join(filter(None, (row["name"], row["company"]))) or _(ERASED),
            listed(_said(standing[row["id"]], outcomes, reasons)),
            "person",
            row["id"],
        )
        for row in store.people(book.con, event_id, [*standing])
    ]


def _said(one: Standing, outcomes: Outcomes, reasons: Reasons) -> Iterator[Msg]:
    """How somebody stands, in a few words."""
    if one.dropped is not None:
        yield msg(N_("dropped ({reason})"), reason=reasons.title(one.dropped or "other"))
    if one.listed and not one.signed_up:
        yield msg(N_("walk-in"))
    elif one.reminder == STANDS_IN:
        yield msg(N_("stands in"))
    elif one.reminder:
        yield outcomes.title(REMINDER, PHONE, one.reminder)
    if one.came is not None:
        yield msg(N_("came") if one.came else N_("did not come"))
    if one.talk.said:
        yield outcomes.title(f"{CALLBACK}-1", one.talk.lane, one.talk.said)
    if one.lead:
        yield msg(N_("lead"))


def _words(book: Book) -> Wording:
    outcomes, reasons = own_kinds.outcomes(book), own_kinds.reasons(book)
    return Wording(outcomes, reasons, book.clock.zone, book.today())
