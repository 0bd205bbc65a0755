"""An event's people as they stand, and what else is known of it: what a review counts from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from opslog.domain.events.channels import Channel
from opslog.domain.events.events import EventCard
from opslog.domain.reviews.counts.counting import Counts
from opslog.domain.reviews.counts.funnel import Given, Known, Stages, funnel
from opslog.domain.reviews.counts.hours import Hours
from opslog.domain.reviews.counts.people import Call, Standing, lead_rows, talked
from opslog.domain.reviews.numbers import Number
from opslog.domain.reviews.pictures import Bars
from opslog.domain.reviews.results.comparing import CHIEF, SPENT
from opslog.domain.reviews.results.figures import typed_in
from opslog.domain.reviews.results.worth import Money
from opslog.locale import N_, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.events import events
from opslog.services.reviews import channels, costs, figures
from opslog.services.reviews.figures import Figure
from opslog.store.reviews import people as store
from opslog.store.reviews.people import Alike


class Seen(NamedTuple):
    """``hours``: how many signed up in each, '' it is not known when; ``stages``: the numbers of
    the funnel by stage."""

    event: EventCard
    counts: Counts
    holds: Stages
    calls: Sequence[Call]
    hours: Mapping[str, int]
    known: Known
    channels: tuple[Channel, ...]
    figures: tuple[Figure, ...]
    money: Money
    funnel: Bars

    @property
    def stages(self) -> Mapping[str, Number]:
        return {bar.number.key.partition(".")[2]: bar.number for bar in self.funnel.bars}

    @property
    def chief(self) -> dict[str, float | None]:
        """What another event is held against."""
        found = {name: self.stages[name].value for name in CHIEF}
        return {**found, SPENT: self.money.spent}


def look(book: Book, event_id: int) -> Seen:
    """Refused where the event is gone."""
    event, found = events.get(book, event_id), _Facts(book, event_id)
    groups: set[Alike] = set()
    hours: dict[bytes | None, int] = defaultdict(int)
    standing: dict[int, Standing] = {}
    for person, alike, hour in found.standings():
        alike.number += 1
        if alike.number == 1:
            groups.add(alike)
        if alike.signed_up:
            hours[hour] += 1
        if person in found.whose:
            standing[person] = alike.standing
    people: dict[Standing, int] = defaultdict(int)
    for alike in groups:  # whom the file tells apart may stand alike
        people[alike.standing] += alike.number
    counts = Counts(people, lead_rows(found.kept, standing))
    by_channel, figured = channels.of(book, event_id), figures.of(book, event_id)
    known = Known(
        has_list=found.has.signup is not None,
        has_audience=found.has.audience,
        screened=found.has.screened,
        asks=event.row.list == "form",
        typed=_typed(by_channel, figured),
    )
    paid = [one.cents for one in by_channel if one.cents is not None]
    money = Money(
        costs.of(book, event_id),
        event.budget_cents,
        sum(paid) if paid else None,
    )
    holds = Stages(counts, found.outcomes, begun=event.row.starts_at <= book.now())
    flow = funnel(counts, holds, known, found.outcomes, own_kinds.reasons(book))
    by_hour = {"" if hour is None else hour.decode(): n for hour, n in hours.items()}
    return Seen(
        event,
        counts,
        holds,
        found.calls,
        by_hour,
        known,
        tuple(by_channel),
        tuple(figured),
        money,
        flow,
    )


def standings(book: Book, event_id: int) -> Iterator[tuple[int, Standing]]:
    """Everybody of the event, and how they stand."""
    return ((person, alike.standing) for person, alike, _hour in _Facts(book, event_id).standings())


class _Facts:
    """What is read before the people themselves."""

    def __init__(self, book: Book, event_id: int) -> None:
        self._con, self._event_id = book.con, event_id
        self.outcomes = own_kinds.outcomes(book)
        self.has = store.lists(book.con, event_id)
        self._width = Hours(book.clock.zone).width
        touches = store.touches(book.con, event_id, self._width)
        self.talks, self.calls = talked(touches, self.outcomes)
        self.kept = store.leads(book.con, event_id)
        self.whose = frozenset(one.person_id for one in self.kept)

    def standings(self) -> Iterator[tuple[int, Alike, bytes | None]]:
        return store.standings(
            self._con, self._event_id, self.has, self.talks, self.whose, self._width
        )


def _typed(by_channel: list[Channel], figured: list[Figure]) -> dict[str, Given]:
    """By measure; what the channels add up to, where nothing else says it."""
    found: dict[str, Given] = {}
    for measure in ("reach", "signups"):
        known = [n for one in by_channel if (n := getattr(one, measure)) is not None]
        if known:
            found[measure] = Given(sum(known), msg(N_("added up over the channels")))
    for one in figured:
        if one.value is not None:
            found[one.measure] = Given(one.value, typed_in(one.source))
    return found
