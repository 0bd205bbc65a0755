"""What a stretch of days comes to: sums over its ledger, each with the rows it counts.

A sum is the rows themselves, so that what is counted and what opens are one. Rules: DOMAIN, the
daily log: calls made, reached, coming and not (why), what was said, what was done, moved, dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from opslog.domain.answers.answers import Answer
from opslog.domain.calls.outcomes import MESSAGE, Outcomes
from opslog.domain.leads.leads import HANDED_OVER
from opslog.domain.reports.brought import Brought, brought
from opslog.domain.reports.contacts import ContactSums, by, contact_sums
from opslog.domain.reports.ledger import (
    Ahead,
    Contact,
    Expected,
    LeadState,
    Ledger,
    Line,
    Steps,
    TakenIn,
    Task,
    Verdict,
    Waiting,
    WalkIn,
)
from opslog.domain.reports.stretches import Stretch
from opslog.domain.screening.pace import spent


class Screened(NamedTuple):
    """Rows decided in one round; a row decided twice counts once, as decided last."""

    roster_id: int
    event_id: int | None
    list: str
    number: int
    rows: tuple[Verdict, ...]
    kept: tuple[Verdict, ...]
    dropped: tuple[Verdict, ...]
    parked: tuple[Verdict, ...]
    reasons: Mapping[str, tuple[Verdict, ...]]  # of those dropped
    minutes: int
    closed: bool


class Time(NamedTuple):
    """Minutes written behind lines of the log, by their first tag; ``source`` where opslog wrote
    the line and it has none."""

    tag: str
    source: str
    minutes: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Sums(ContactSums):
    """What one report says. ``now``: when it was made."""

    stretch: Stretch
    now: datetime
    leads: Mapping[str, tuple[LeadState, ...]]  # handed over in it; else as they stand at its end
    answers: tuple[Answer, ...]
    screened: tuple[Screened, ...]
    lists: tuple[TakenIn, ...]
    walk_ins: tuple[WalkIn, ...]
    steps: Steps
    waiting: Waiting
    tasks_done: tuple[Task, ...]
    time: tuple[Time, ...]
    lines: tuple[Line, ...]  # that the operator wrote
    events: tuple[Brought, ...]  # that end in it, by now or later
    expected: tuple[Expected, ...]  # at events to come that people were called about
    starts: Mapping[int, datetime]  # of every event that is named
    ahead: Ahead
    ahead_on: Stretch | None  # the days that is of

    @property
    def held(self) -> tuple[Brought, ...]:
        """The events that are over."""
        return tuple(one for one in self.events if one.event.ends_at <= self.now)

    @property
    def rows_screened(self) -> int:
        return sum(len(one.rows) for one in self.screened)

    @property
    def programmed(self) -> tuple[Contact, ...]:
        """Messages of programmes."""
        return tuple(one for one in self.messages if one.purpose == MESSAGE)

    @property
    def of_programmes(self) -> tuple[LeadState, ...]:
        """Leads whose state changed after a message of a programme."""
        first: dict[int, datetime] = {}
        for one in self.programmed:
            first.setdefault(one.person_id, one.at)
        return tuple(
            lead
            for rows in self.leads.values()
            for lead in rows
            if lead.person_id in first and lead.at >= first[lead.person_id]
        )

    @property
    def handed_over(self) -> tuple[LeadState, ...]:
        return self.leads.get(HANDED_OVER, ())

    def __bool__(self) -> bool:
        """Whether anything was done."""
        return any(
            (
                *(self.calls, self.called_in, self.messages, self.talks, self.screened),
                *(self.lists, self.walk_ins, *self.steps, self.tasks_done, self.lines),
                *(self.held, self.leads, self.answers),
            )
        )


class ToCome(NamedTuple):
    """What is known of the days after; ``on``: which days ``ahead`` is of."""

    ahead: Ahead
    on: Stretch | None
    expected: tuple[Expected, ...] = ()
    starts: Mapping[int, datetime] = MappingProxyType({})


def sums(
    ledger: Ledger,
    outcomes: Outcomes,
    stretch: Stretch,
    now: datetime,
    to_come: ToCome,
) -> Sums:
    contacts = contact_sums(ledger.contacts, outcomes)
    return Sums(
        stretch=stretch,
        now=now,
        **vars(contacts),
        leads=_leads(ledger.leads),
        answers=ledger.answers,
        screened=_screened(ledger.verdicts),
        lists=ledger.lists,
        walk_ins=ledger.walk_ins,
        steps=ledger.steps,
        waiting=ledger.waiting,
        tasks_done=ledger.tasks_done,
        time=_time(ledger.lines),
        lines=tuple(line for line in ledger.lines if line.source == "typed"),
        events=brought(ledger.events, ledger.invited, ledger.event_leads, outcomes),
        expected=to_come.expected,
        starts=to_come.starts,
        ahead=to_come.ahead,
        ahead_on=to_come.on,
    )


def by_source(
    rows: Iterable[LeadState], source: Callable[[LeadState], str]
) -> dict[str, list[LeadState]]:
    """Leads by where they came from; those of which nothing is known are left out."""
    found: dict[str, list[LeadState]] = {}
    for one in rows:
        if name := source(one):
            found.setdefault(name, []).append(one)
    return found


def _leads(states: Sequence[LeadState]) -> dict[str, tuple[LeadState, ...]]:
    """Each lead by how it stands last; whoever was handed over was, however they went on."""
    newest = {one.lead_id: one for one in states}
    handed = {one.lead_id: one for one in states if one.state == HANDED_OVER}
    others = [one for one in newest.values() if one.state != HANDED_OVER]
    return by([*handed.values(), *others], lambda one: one.state)


def _screened(verdicts: Iterable[Verdict]) -> tuple[Screened, ...]:
    rounds: dict[tuple[int, int], list[Verdict]] = defaultdict(list)
    for one in verdicts:
        rounds[one.roster_id, one.number].append(one)
    found = []
    for (roster_id, number), entries in rounds.items():
        newest = {one.card_id: one for one in sorted(entries, key=lambda one: one.id)}
        rows = tuple(one for one in newest.values() if one.verdict != "undecided")
        if not rows:
            continue
        dropped = tuple(one for one in rows if one.verdict == "drop")
        worked = sorted(one.at for one in entries)
        found.append(
            Screened(
                roster_id,
                rows[0].event_id,
                rows[0].list,
                number,
                rows,
                tuple(one for one in rows if one.verdict == "keep"),
                dropped,
                tuple(one for one in rows if one.verdict == "park"),
                by(dropped, lambda one: one.reason),
                round(spent(worked) / 60),
                rows[0].closed,
            )
        )
    return tuple(found)


def _time(lines: Iterable[Line]) -> tuple[Time, ...]:
    groups: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        if line.minutes:
            groups[line.tag, "" if line.tag else line.source].append(line)
    found = [
        Time(tag, source, sum(line.minutes for line in some), tuple(some))
        for (tag, source), some in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: -one.minutes))
