"""How each person of an event stands: on its list, at the door, on the phone, as a lead.

What is alike is counted together, so that a list of a hundred thousand is a few dozen lines.
Rules: who confirmed and who came are told as the attendance list tells them (calls.meaning), who
is dropped by the present verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from opslog.domain.calls.meaning import AT_THE_DOOR, shows_interest
from opslog.domain.calls.outcomes import (
    INVITATION,
    PHONE,
    Outcome,
    Outcomes,
    callback_number,
)
from opslog.domain.calls.retries import OUT

# How far a call or message came: nobody tried, it was tried, it reached them, they said something.
NOT_TRIED, TRIED, CONTACTED, ANSWERED = range(4)


class TouchRow(NamedTuple):
    """A call or message about the event (a row of ``touch``); ``at`` as it stands in the file, or
    as much of it as tells the hour."""

    id: int
    person_id: int
    call_id: int | None
    purpose: str
    lane: str
    direction: str
    outcome: str
    reason: str
    at: str


class Talk(NamedTuple):
    """What all of them came to with one person: how far invitations came and how far call-backs,
    what the last call-back that was answered came to, whether any showed interest, and the reason
    that was given last for not coming."""

    invited: int = NOT_TRIED
    back: int = NOT_TRIED
    lane: str = ""
    said: str = ""
    interested: bool = False
    reason: str = ""


SILENT = Talk()


class Call(NamedTuple):
    """A call of one's own by phone, however many attempts it took: its first row, when that was,
    and whether any reached them."""

    id: int
    at: str
    reached: bool


class Standing(NamedTuple):
    """``listed``: on the list, and nobody stands in for them; ``reminder`` is their newest
    reminder's outcome, or that they stand in, or came to the door; ``verdict`` as ``drop
    colleague``, '' where they were never dropped; ``came`` None: not marked. ``lead``: they are one
    of this event."""

    audience: bool
    listed: bool
    state: str
    came: bool | None
    reminder: str
    verdict: str
    channel: int | None
    talk: Talk
    lead: bool

    @property
    def signed_up(self) -> bool:
        return self.listed and self.reminder != AT_THE_DOOR

    @property
    def dropped(self) -> str | None:
        """For which reason; None where they are not."""
        verdict, _blank, reason = self.verdict.partition(" ")
        return reason if verdict == "drop" else None

    @property
    def valid(self) -> bool:
        return self.signed_up and self.dropped is None

    @property
    def attended(self) -> bool:
        return self.listed and self.came is True


class KeptLead(NamedTuple):
    """A lead of the event: every state it ever had, and how it stands."""

    id: int
    person_id: int
    states: frozenset[str]
    state: str


class LeadRow(NamedTuple):
    """As ``KeptLead``. ``first``: of its person, who may have had another before; ``who``: how that
    person stands."""

    id: int
    states: frozenset[str]
    state: str
    first: bool
    who: Standing


def lead_rows(kept: Iterable[KeptLead], standing: Mapping[int, Standing]) -> list[LeadRow]:
    """``kept`` oldest first; ``standing`` of each of their people."""
    seen, found = set[int](), list[LeadRow]()
    for one in kept:
        first = one.person_id not in seen
        found.append(LeadRow(one.id, one.states, one.state, first, standing[one.person_id]))
        seen.add(one.person_id)
    return found


class _Means(NamedTuple):
    """What an attempt says, by its purpose, lane, direction and outcome."""

    far: int
    invitation: bool
    back: bool  # a call-back
    interested: bool
    call: bool  # one's own, by phone


def _means(one: TouchRow, outcomes: Outcomes) -> _Means:
    outcome = outcomes.outcome(one.purpose, one.lane, one.outcome)
    return _Means(
        how_far(outcome),
        one.purpose == INVITATION,
        callback_number(one.purpose) > 0,
        outcome is not None and shows_interest(outcome),
        (one.lane, one.direction) == (PHONE, OUT),
    )


def how_far(outcome: Outcome | None) -> int:
    if outcome is None:
        return TRIED
    return ANSWERED if outcome.answered else CONTACTED if outcome.contacted else TRIED


def talked(touches: Iterable[TouchRow], outcomes: Outcomes) -> tuple[dict[int, Talk], list[Call]]:
    """By person what it all came to, and each call by its first row; ``touches`` oldest first."""
    known, alike = dict[tuple[str, ...], _Means](), dict[Talk, Talk]()
    people, calls = dict[int, Talk](), dict[int, Call]()
    for one in touches:
        key = one.purpose, one.lane, one.direction, one.outcome
        means = known.get(key)
        if means is None:
            means = known[key] = _means(one, outcomes)
        after = _after(people.get(one.person_id, SILENT), one, means)
        people[one.person_id] = alike.setdefault(after, after)
        if means.call:
            first = one.call_id or one.id
            reached = means.far == ANSWERED
            if first not in calls:
                calls[first] = Call(one.id, one.at, reached)
            elif reached:
                calls[first] = calls[first]._replace(reached=True)
    return people, list(calls.values())


def _after(talk: Talk, one: TouchRow, means: _Means) -> Talk:
    invited, back, lane, said, interested, reason = talk
    if means.invitation:
        invited = max(invited, means.far)
    elif means.back:
        back, interested = max(back, means.far), interested or means.interested
        if means.far == ANSWERED:
            lane, said = one.lane, one.outcome
    return Talk(invited, back, lane, said, interested, one.reason or reason)


Holds = Callable[[Standing], bool]


def both(first: Holds, second: Holds) -> Holds:
    return lambda one: first(one) and second(one)


def came_of(holds: Holds) -> Holds:
    """Those of them who came."""
    return lambda one: holds(one) and one.attended


def but_not(first: Holds, second: Holds) -> Holds:
    return lambda one: first(one) and not second(one)
