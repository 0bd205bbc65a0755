"""An event's people as they stand, and what else is known of it: what a review counts from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain
from typing import NamedTuple

from opslog.domain.events.channels import Channel
from opslog.domain.events.events import EventCard
from opslog.domain.events.stop_sums import ByStop, added_up
from opslog.domain.events.stop_tallies import COST
from opslog.domain.events.stops import Stop
from opslog.domain.reviews.counts.counting import Counts
from opslog.domain.reviews.counts.funnel import Given, Known, Stages, funnel
from opslog.domain.reviews.counts.funnel import begun as funnel_begun
from opslog.domain.reviews.counts.people import KeptLead, Standing, lead_rows, talk_of
from opslog.domain.reviews.numbers import Number
from opslog.domain.reviews.pictures import Bars
from opslog.domain.reviews.results.comparing import CHIEF, SPENT
from opslog.domain.reviews.results.figures import typed_in
from opslog.domain.reviews.results.worth import Money
from opslog.locale import N_, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.calls import by_stop
from opslog.services.events import events
from opslog.services.reviews import channels, costs, figures, one_stop
from opslog.services.reviews.figures import Figure
from opslog.store.reviews import people as store
from opslog.store.reviews import standings


class Seen(NamedTuple):
    """``holds``: what each stage of the funnel counts; ``stages``: the numbers by stage."""

    event: EventCard
    lists: store.Lists
    counts: Counts
    holds: Stages
    known: Known
    channels: tuple[Channel, ...]
    stops: tuple[ByStop, ...]
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
    return Facts(book, event_id).seen()


class Facts:
    """What is read of an event before its people are counted, each when it is wanted: who is on
    the list is known long before how each of them stands. ``stop``: within ``one_stop.only``.
    Refused where the event is gone."""

    def __init__(self, book: Book, event_id: int, stop: Stop | None = None) -> None:
        self._book, self._con, self._event_id = book, book.con, event_id
        self.event, self._stop = one_stop.as_event(events.get(book, event_id), stop), stop
        self.outcomes = own_kinds.outcomes(book)
        self._channels = tuple(channels.of(book, event_id))
        self._has = store.lists(book.con, event_id)

    @cached_property
    def _stops(self) -> tuple[ByStop, ...]:
        return by_stop.each(self._book, self._event_id)

    def _of_stops(self) -> dict[str, Given]:
        """What was typed in at the stops, by measure."""
        there = {one.stop.id for one in self._stops if self._over(one.stop)}
        found = {}
        for measure, one in added_up(self._stops).items():
            if not one.typed or measure == COST:
                continue
            source, stops = msg(N_("added up over the stops")), frozenset[int]()
            if self._stop is not None:
                source = msg(N_("typed in at the stop"))
            elif there - one.stops:
                text = N_("of {known} of {n} stops")
                source = msg(text, known=len(one.stops), n=len(there | one.stops))
                stops = one.stops
            found[measure] = Given(one.value, source, added=True, stops=stops)
        return found

    def _over(self, stop: Stop) -> bool:
        return bool(stop.id) and stop.open and stop.ends_at <= self._book.now()

    @cached_property
    def _on_list(self) -> Mapping[Standing, int]:
        return standings.on_list(self._con, self._event_id, self._has, by_channel=False)

    @cached_property
    def _apart(self) -> Sequence[standings.Group]:
        return [*self._told_apart()]

    @cached_property
    def _leads(self) -> Sequence[KeptLead]:
        return store.leads(self._con, self._event_id)

    def begun(self, many: int) -> Bars | None:
        """What is known at once of a list of ``many`` or more; None of a shorter one."""
        number = sum(self._on_list.values())
        if number < many:
            return None
        signed_up = number - standings.at_the_door(self._con, self._event_id, self._has)
        came = sum(number for one, number in self._on_list.items() if one.came)
        marked = any(number for one, number in self._on_list.items() if one.came is not None)
        return funnel_begun(signed_up, came if marked else None)

    def seen(self, *, by_channel: bool = True) -> Seen:
        """``by_channel``: people are told apart by their channel, too."""
        book, event = self._book, self.event
        counts = Counts(
            self._people(by_channel=by_channel and bool(self._channels)),
            lead_rows(
                self._leads,
                {one.person: one.stands for one in self._apart if one.person is not None},
            ),
        )
        figured = figures.of_card(book, event)
        known = Known(
            has_list=self._has.signup is not None,
            has_audience=self._has.audience,
            screened=self._has.screened,
            asks=event.row.list == "form",
            typed=_typed(event, self._channels, self._of_stops(), figured),
        )
        paid = [one.cents for one in self._channels if one.cents is not None]
        at_stops = [round(n) for x in self._stops if (n := x.brought.get(COST)) is not None]
        money = Money(
            costs.of(book, event.id),
            event.budget_cents,
            sum(paid) if paid else None,
            sum(at_stops) if at_stops else None,
        )
        holds = Stages(counts, self.outcomes, begun=event.row.starts_at <= book.now())
        flow = funnel(counts, holds, known, self.outcomes, own_kinds.reasons(book))
        return Seen(
            event,
            self._has,
            counts,
            holds,
            known,
            self._channels,
            self._stops,
            tuple(figured),
            money,
            flow,
        )

    def _people(self, *, by_channel: bool) -> dict[Standing, int]:
        """By how they stand: those told apart, and of the list the others."""
        people = dict(self._on_list)
        if by_channel:
            people = standings.on_list(self._con, self._event_id, self._has, by_channel=True)
        for one, number, _person in self._apart:
            stands = one if by_channel else one._replace(channel=None)
            if one.listed:
                people[standings.quiet(stands)] -= number
            people[stands] = people.get(stands, 0) + number
        return {one: number for one, number in people.items() if number}

    def _told_apart(self, *, each: bool = False) -> Iterator[standings.Group]:
        talk = partial(talk_of, outcomes=self.outcomes)
        return standings.told_apart(self._con, self._event_id, self._has, talk, each=each)

    def standing(self, holds: Callable[[int, Standing], bool]) -> dict[int, Standing]:
        """Of everybody of the event of whom this holds, how they stand."""
        apart = {one.person: one.stands for one in self._told_apart(each=True) if one.person}
        on_list = standings.each_on_list(self._con, self._event_id, self._has)
        others = (one for one in on_list if one[0] not in apart)
        return {id: one for id, one in chain(apart.items(), others) if holds(id, one)}


def _typed(
    event: EventCard,
    by_channel: Sequence[Channel],
    of_stops: Mapping[str, Given],
    figured: list[Figure],
) -> dict[str, Given]:
    """By measure; what the stops or the channels add up to, where nothing else says it."""
    found: dict[str, Given] = {}
    signups = [one.signups for one in by_channel if one.signups is not None]
    for measure, number in (
        ("reach", event.reached),
        ("signups", sum(signups) if signups else None),
    ):
        if number is not None:
            found[measure] = Given(number, msg(N_("added up over the channels")))
    found |= of_stops
    for one in figured:
        if one.value is not None:
            found[one.measure] = Given(one.value, typed_in(one.source))
    return found
