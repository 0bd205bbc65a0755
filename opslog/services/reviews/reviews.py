"""The review of one event: what it was worth, from one state of the file.

One pass over its people, calls and leads; how they stand is counted in domain/reviews, which keeps
with each number what it opens (see ``opening``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from opslog.domain.events.events import EventCard
from opslog.domain.reviews import aims, arrivals
from opslog.domain.reviews.counting import Counts
from opslog.domain.reviews.funnel import Known, Stages, Typed, funnel
from opslog.domain.reviews.people import Call, Standing, lead_rows, talked
from opslog.domain.reviews.pictures import Bars, Part, Picture
from opslog.domain.reviews.review import Review
from opslog.domain.reviews.verdict import verdict
from opslog.locale import N_, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.calls.attendance import guests
from opslog.services.events import events
from opslog.services.reviews import acts, owed
from opslog.store.reviews import people as store

TYPED = ("reach", "views", "shares")  # on the event itself


class Seen(NamedTuple):
    """An event's people as they stand, the calls about it, and what else is known of it."""

    event: EventCard
    counts: Counts
    stages: Stages
    calls: tuple[Call, ...]
    known: Known


def review(book: Book, event_id: int, against: str | None = None) -> Review:
    """``against``: '' nothing, the number of an event, or one of months (domain.reviews.review);
    None: the last earlier event of its kind, where there is one. Refused where the event is gone.
    """
    return counted(book, event_id, against)[0]


def counted(book: Book, event_id: int, against: str | None) -> tuple[Review, Counts]:
    """The review, and what each of its numbers opens."""
    with book.one_moment():
        seen = look(book, event_id)
        outcomes, reasons = own_kinds.outcomes(book), own_kinds.reasons(book)
        counts, stages, event = seen.counts, seen.stages, seen.event
        flow = funnel(counts, stages, seen.known, outcomes, reasons)
        begun = event.row.starts_at <= book.now()
        there = stages.unknown("came", seen.known)
        brought = 0 if there is not None else guests.show_up(book, event_id).guests
        parts = (
            _part(
                N_("From seen to handed over"),
                flow,
                arrivals.show_up(counts, stages, there, brought),
            ),
            _part(N_("Aim and result"), aims.targets(counts, flow, event, seen.known, begun=begun)),
            _part(
                N_("Who did not come and who was dropped"),
                arrivals.not_coming(counts, stages, outcomes),
                arrivals.dropped(counts, reasons),
            ),
        )
        said = verdict(event, counts, stages, flow, begun=begun)
        whole = tuple(part for part in parts if part.pictures)
        found = Review(event, book.now(), said, whole, (), None)
        return _with_what_was_learned(book, found), counts


def _with_what_was_learned(book: Book, found: Review) -> Review:
    event_id, targets = found.event.id, found.picture("targets")
    wanted = [bar.number for bar in targets.bars] if isinstance(targets, Bars) else []
    learned = acts.pdca(book, event_id, wanted), acts.five(book, event_id)
    return found._replace(
        parts=(*found.parts, _part(N_("ATM-PDCA"), *learned)),
        proposals=acts.proposals(book, event_id, found.numbers()),
        owes=tuple(one.said for one in owed.of_event(book, event_id)),
    )


def _part(heading: str, *pictures: Picture | None) -> Part:
    return Part(msg(heading), tuple(one for one in pictures if one is not None))


def look(book: Book, event_id: int) -> Seen:
    """Refused where the event is gone."""
    event = events.get(book, event_id)
    found = _Facts(book, event_id)
    people: Counter[Standing] = Counter()
    standing: dict[int, Standing] = {}
    for person, one in found.standings():
        people[one] += 1
        if person in found.whose:
            standing[person] = one
    counts = Counts(people, lead_rows(found.kept, standing))
    stages = Stages(counts, found.outcomes)
    has, asks = found.has, event.row.list == "form"
    known = Known(has.signup is not None, has.audience, asks, _typed(event))
    return Seen(event, counts, stages, tuple(found.calls.values()), known)


def standings(book: Book, event_id: int) -> Iterator[tuple[int, Standing]]:
    """Everybody of the event, and how they stand."""
    return _Facts(book, event_id).standings()


class _Facts:
    """What is read before the people themselves."""

    def __init__(self, book: Book, event_id: int) -> None:
        self._con, self._event_id = book.con, event_id
        self.outcomes = own_kinds.outcomes(book)
        self.has = store.lists(book.con, event_id)
        self.talks, self.calls = talked(store.touches(book.con, event_id), self.outcomes)
        self.kept = store.leads(book.con, event_id)
        self.whose = frozenset(one.person_id for one in self.kept)

    def standings(self) -> Iterator[tuple[int, Standing]]:
        return store.standings(self._con, self._event_id, self.has, self.talks, self.whose)


def _typed(event: EventCard) -> dict[str, Typed]:
    given = {name: getattr(event, name) for name in TYPED}
    return {
        name: Typed(value, msg(N_("typed in on the event")))
        for name, value in given.items()
        if value is not None
    }
