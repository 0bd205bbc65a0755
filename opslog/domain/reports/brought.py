"""What events brought, measure by measure, against their targets: each number with its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from opslog.domain.base.sentences import in_turn
from opslog.domain.calls.meaning import AT_THE_DOOR, STANDS_IN, confirms
from opslog.domain.calls.outcomes import Outcomes
from opslog.domain.events import unknown
from opslog.domain.events.measures import MEASURES
from opslog.domain.events.unknown import REACH_NOT_TYPED, Seen
from opslog.domain.leads.leads import WON
from opslog.domain.reports.ledger import EventLead, Held, Invited
from opslog.locale import Msg, msg


class Measured(NamedTuple):
    """One measure of one event or of several. ``rows`` are ids of its table (see MEASURES), or of
    the events where it was ``typed`` in; ``target`` 0: none was set. ``why``: why it is not known;
    of several, of so many ``unknown`` events, whose targets it is not held ``against``."""

    measure: str
    rows: tuple[int, ...]
    typed: int | None
    target: float
    against: float
    why: Msg | None = None
    unknown: int = 0

    @property
    def number(self) -> int:
        return len(self.rows) if self.typed is None else self.typed


class Brought(NamedTuple):
    """``signed_up``, ``came`` and ``marked`` are people on its list; walk-ins are in none."""

    event: Held
    measures: tuple[Measured, ...]
    signed_up: int
    came: int
    marked: int
    walk_ins: int


def brought(
    events: Iterable[Held],
    invited: Iterable[Invited],
    leads: Iterable[EventLead],
    outcomes: Outcomes,
) -> tuple[Brought, ...]:
    """Who confirmed and who came are counted as the attendance list counts them."""
    people: dict[int, list[Invited]] = {}
    for one in invited:
        people.setdefault(one.event_id, []).append(one)
    handed: dict[int, list[EventLead]] = {}
    for lead in leads:
        handed.setdefault(lead.event_id, []).append(lead)
    return tuple(
        _of_event(event, people.get(event.id, []), handed.get(event.id, []), outcomes)
        for event in events
    )


def _of_event(
    event: Held, people: list[Invited], leads: list[EventLead], outcomes: Outcomes
) -> Brought:
    listed = [one for one in people if one.outcome != AT_THE_DOOR]
    came = [one for one in people if one.attended]
    called = any(one.outcome not in ("", STANDS_IN, AT_THE_DOOR) for one in people)
    sure = [one for one in people if called and confirms(outcomes, one.outcome)]
    rows = {
        "signups": tuple(one.id for one in listed),
        "confirmed": tuple(one.id for one in sure),
        "attended": tuple(one.id for one in came),
        "leads": tuple(one.id for one in leads),
        "customers": tuple(one.id for one in leads if one.state == WON),
    }
    seen = unknown.Seen(
        asks=event.asks,
        has_list=event.has_list,
        reminded=called,
        marked=any(one.attended is not None for one in people),
        called_back=event.called_back,
        has_leads=bool(leads),
        leads_typed=event.said("leads") is not None,
    )
    return Brought(
        event,
        tuple(_measured(event, measure, rows.get(measure), seen) for measure in MEASURES),
        len(listed),
        sum(one.outcome != AT_THE_DOOR for one in came),
        sum(one.attended is not None for one in people),
        sum(one.outcome == AT_THE_DOOR for one in came),
    )


def _measured(event: Held, measure: str, rows: tuple[int, ...] | None, seen: Seen) -> Measured:
    """``rows`` None: nothing of it is counted. As in the review people who are counted go before
    what was typed in, unless that holds them; of leads few note all."""
    typed, target = event.said(measure), event.targets.get(measure, 0)
    more = (typed or 0) > len(rows or ())
    stands_in = not rows or measure in event.added or measure in unknown.OF_LEADS
    if typed is None and (why := _why(measure, rows, seen)) is not None:
        return Measured(measure, (), 0, target, 0, why, 1)
    if rows is not None and not (more and stands_in):
        return Measured(measure, rows, None, target, target)
    return Measured(measure, () if typed is None else (event.id,), typed or 0, target, target)


def _each(reasons: Iterable[Msg]) -> Msg:
    found: list[Msg] = []
    for one in reasons:
        found += [one] if one not in found else []
    return in_turn(found)


def _why(measure: str, rows: tuple[int, ...] | None, seen: Seen) -> Msg | None:
    if rows is None:
        return msg(REACH_NOT_TYPED if measure == "reach" else unknown.NOT_TYPED)
    return unknown.why(measure, seen)


def against_targets(events: Iterable[Brought]) -> Iterator[Measured]:
    """Each measure that some of the events have a target for, added up over these."""
    events = list(events)
    for at, measure in enumerate(MEASURES):
        aimed = [event for event in events if event.measures[at].target]
        every = [event.measures[at] for event in aimed]
        some = [one for one in every if one.why is None]
        typed = any(one.typed is not None for one in some)
        rows = (id for one in some for id in one.rows)
        if typed:  # of which the events are the rows, and of what is counted of others, too
            rows = (event.event.id for event, one in zip(aimed, every, strict=True) if one.rows)
        if every:
            yield Measured(
                measure,
                tuple(rows),
                sum(one.number for one in some) if typed or not some else None,
                sum(one.target for one in every),
                sum(one.target for one in some),
                None if some else _each(one.why for one in every if one.why),
                len(every) - len(some),
            )
