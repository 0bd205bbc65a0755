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


class Touched(NamedTuple):
    """A call or message about the event (a row of ``touch``); ``at`` as it stands in the file."""

    id: int
    person_id: int
    purpose: str
    lane: str
    direction: str
    outcome: str
    reason: str
    at: str
    call_id: int | None


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
    reminder's outcome, or that they stand in, or came to the door; ``verdict`` '' or as ``drop
    colleague``; ``came`` None: not marked. ``lead``: they are one of this event."""

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


class Kept(NamedTuple):
    """A lead of the event: every state it ever had, and how it stands."""

    id: int
    person_id: int
    states: frozenset[str]
    state: str


class LeadRow(NamedTuple):
    """As ``Kept``. ``first``: of its person, who may have had another before; ``who``: how that
    person stands."""

    id: int
    states: frozenset[str]
    state: str
    first: bool
    who: Standing


def lead_rows(kept: Iterable[Kept], standing: Mapping[int, Standing]) -> list[LeadRow]:
    """``kept`` oldest first; ``standing`` of each of their people."""
    seen, found = set[int](), list[LeadRow]()
    for one in kept:
        first = one.person_id not in seen
        found.append(LeadRow(one.id, one.states, one.state, first, standing[one.person_id]))
        seen.add(one.person_id)
    return found


class Meaning:
    """What an outcome means, looked up once for each purpose, lane and code."""

    def __init__(self, outcomes: Outcomes) -> None:
        self._outcomes = outcomes
        self._known: dict[tuple[str, str, str], Outcome | None] = {}

    def of(self, one: Touched) -> Outcome | None:
        key = one.purpose, one.lane, one.outcome
        if key not in self._known:
            self._known[key] = self._outcomes.outcome(*key)
        return self._known[key]


def how_far(outcome: Outcome | None) -> int:
    if outcome is None:
        return TRIED
    return ANSWERED if outcome.answered else CONTACTED if outcome.contacted else TRIED


def talked(
    touches: Iterable[Touched], outcomes: Outcomes
) -> tuple[dict[int, Talk], dict[int, Call]]:
    """By person what it all came to, and the calls by their first row; ``touches`` oldest first."""
    meaning, people, calls = Meaning(outcomes), dict[int, Talk](), dict[int, Call]()
    for one in touches:
        outcome = meaning.of(one)
        before = people.get(one.person_id, SILENT)
        after = _after(before, one, outcome)
        if after is not before:
            people[one.person_id] = after
        if one.lane == PHONE and one.direction == OUT:
            key = one.call_id or one.id
            reached = how_far(outcome) == ANSWERED
            call = calls.get(key)
            if call is None:
                calls[key] = Call(one.id, one.at, reached)
            elif reached and not call.reached:
                calls[key] = call._replace(reached=True)
    return people, calls


def _after(talk: Talk, one: Touched, outcome: Outcome | None) -> Talk:
    far = how_far(outcome)
    if one.purpose == INVITATION:
        talk = talk._replace(invited=max(talk.invited, far)) if far > talk.invited else talk
    elif callback_number(one.purpose):
        interested = talk.interested or (outcome is not None and shows_interest(outcome))
        talk = talk._replace(back=max(talk.back, far), interested=interested)
        if far == ANSWERED:
            talk = talk._replace(lane=one.lane, said=one.outcome)
    if one.reason:
        talk = talk._replace(reason=one.reason)
    return talk


Holds = Callable[[Standing], bool]


def both(first: Holds, second: Holds) -> Holds:
    return lambda one: first(one) and second(one)


def came_of(holds: Holds) -> Holds:
    """Those of them who came."""
    return lambda one: holds(one) and one.attended


def but_not(first: Holds, second: Holds) -> Holds:
    return lambda one: first(one) and not second(one)
