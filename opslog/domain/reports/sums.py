"""What a stretch of days comes to: sums over its ledger, each with the rows it counts.

A sum is the rows themselves, so that what is counted and what opens are one. Rules: DOMAIN, the
daily log: calls made, reached, coming and not (why), what was said, what was done, moved, dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from opslog.domain.answers.answers import Answer
from opslog.domain.calls.outcomes import LANES, PHONE, REMINDER, Outcome, Outcomes, kind_of
from opslog.domain.calls.retries import IN, OUT
from opslog.domain.leads.leads import HANDED_OVER
from opslog.domain.reports.ledger import (
    Ahead,
    Contact,
    Held,
    LeadState,
    Ledger,
    Line,
    Steps,
    TakenIn,
    Task,
    Verdict,
    WalkIn,
)
from opslog.domain.reports.stretches import Stretch
from opslog.domain.screening.pace import spent

T = TypeVar("T")


class Talks(NamedTuple):
    """What came of the calls and messages about one event for one purpose: each person once, by
    the newest attempt of the stretch."""

    event_id: int | None
    event: str
    purpose: str
    people: tuple[Contact, ...]
    reached: tuple[Contact, ...]
    outcomes: Mapping[str, tuple[Contact, ...]]  # by code, the most frequent first
    guests: int  # whom those coming bring along


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


class Time(NamedTuple):
    """Minutes written behind lines of the log, by their first tag; ``source`` where opslog wrote
    the line and it has none."""

    tag: str
    source: str
    minutes: int
    lines: tuple[Line, ...]


class Sums(NamedTuple):
    """What one report says. ``now``: when it was made."""

    stretch: Stretch
    now: datetime
    calls: tuple[Contact, ...]  # by phone, of one's own, each once
    reached: tuple[Contact, ...]
    called_in: tuple[Contact, ...]  # they called
    messages: tuple[Contact, ...]
    replied: tuple[Contact, ...]
    talks: tuple[Talks, ...]
    coming: tuple[Contact, ...]
    declined: tuple[Contact, ...]
    reasons: Mapping[str, tuple[Contact, ...]]  # of those declined, '' none was given
    leads: Mapping[str, tuple[LeadState, ...]]  # by how they stand at the end of it
    said: tuple[Contact, ...]  # with a note
    answers: tuple[Answer, ...]
    screened: tuple[Screened, ...]
    lists: tuple[TakenIn, ...]
    walk_ins: tuple[WalkIn, ...]
    steps: Steps
    tasks_done: tuple[Task, ...]
    time: tuple[Time, ...]
    lines: tuple[Line, ...]  # that the operator wrote
    held: tuple[Held, ...]
    ahead: Ahead
    ahead_on: Stretch | None  # the days that is of

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


def sums(
    ledger: Ledger,
    outcomes: Outcomes,
    stretch: Stretch,
    now: datetime,
    ahead: Ahead,
    ahead_on: Stretch | None,
) -> Sums:
    known = _Known(outcomes)
    calls = _calls(ledger.contacts, PHONE, OUT)
    messages = _calls(ledger.contacts, LANES[1], OUT)
    talks = _talks(ledger.contacts, known)
    newest = [one for talk in talks for one in talk.people]
    declined = tuple(one for one in newest if known.declined(one))
    return Sums(
        stretch=stretch,
        now=now,
        calls=tuple(call[0] for call in calls),
        reached=tuple(call[0] for call in calls if any(map(known.answered, call))),
        called_in=tuple(call[0] for call in _calls(ledger.contacts, PHONE, IN)),
        messages=tuple(call[0] for call in messages),
        replied=tuple(call[0] for call in messages if any(map(known.answered, call))),
        talks=talks,
        coming=tuple(one for one in newest if known.coming(one)),
        declined=declined,
        reasons=_by(declined, lambda one: one.reason),
        leads=_by([*{one.lead_id: one for one in ledger.leads}.values()], lambda one: one.state),
        said=tuple(one for one in ledger.contacts if one.note and one.call_id is None),
        answers=ledger.answers,
        screened=_screened(ledger.verdicts),
        lists=ledger.lists,
        walk_ins=ledger.walk_ins,
        steps=ledger.steps,
        tasks_done=ledger.tasks_done,
        time=_time(ledger.lines),
        lines=tuple(line for line in ledger.lines if line.source == "typed"),
        held=ledger.held,
        ahead=ahead,
        ahead_on=ahead_on,
    )


class _Known:
    """What is known of an attempt by its outcome, looked up once for each."""

    def __init__(self, outcomes: Outcomes) -> None:
        self._outcomes = outcomes
        self._found: dict[tuple[str, str, str], Outcome | None] = {}

    def of(self, one: Contact) -> Outcome | None:
        key = (kind_of(one.purpose), one.lane, one.outcome)
        if key not in self._found:
            self._found[key] = self._outcomes.outcome(one.purpose, one.lane, one.outcome)
        return self._found[key]

    def answered(self, one: Contact) -> bool:
        outcome = self.of(one)
        return outcome is not None and outcome.answered

    def coming(self, one: Contact) -> bool:
        outcome = self.of(one)
        return one.purpose == REMINDER and outcome is not None and outcome.confirms

    def declined(self, one: Contact) -> bool:
        outcome = self.of(one)
        return one.purpose == REMINDER and outcome is not None and outcome.pass_on


def _calls(contacts: Iterable[Contact], lane: str, direction: str) -> list[list[Contact]]:
    """The attempts of each call, its first one first. Attempts whose first one is of another
    stretch, or was taken back, are a call by themselves."""
    found: dict[int, list[Contact]] = {}
    for one in contacts:
        if (one.lane, one.direction) == (lane, direction):
            found.setdefault(one.call_id or one.id, []).append(one)
    return list(found.values())


def _talks(contacts: Iterable[Contact], known: _Known) -> tuple[Talks, ...]:
    groups: dict[tuple[int | None, str], dict[int, list[Contact]]] = defaultdict(dict)
    for one in contacts:
        groups[one.event_id, one.purpose].setdefault(one.person_id, []).append(one)
    found = []
    for (event_id, purpose), people in groups.items():
        newest = tuple(max(attempts, key=lambda one: one.id) for attempts in people.values())
        reached = (
            next(one for one in newest if one.person_id == person_id)
            for person_id, attempts in people.items()
            if any(map(known.answered, attempts))
        )
        found.append(
            Talks(
                event_id,
                newest[0].event,
                purpose,
                newest,
                tuple(reached),
                _by(newest, lambda one: one.outcome),
                sum(one.guests for one in newest if known.coming(one)),
            )
        )
    return tuple(found)


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
                _by(dropped, lambda one: one.reason),
                round(spent(worked) / 60),
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


def _by(rows: Sequence[T], key: Callable[[T], str]) -> dict[str, tuple[T, ...]]:
    """Rows by what they have in common, the largest group first."""
    groups: dict[str, list[T]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    largest = sorted(groups.items(), key=lambda group: -len(group[1]))
    return {name: tuple(group) for name, group in largest}
