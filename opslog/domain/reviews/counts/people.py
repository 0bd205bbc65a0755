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

# How far a call or message came: nobody tried, it was tried, it reached them, they said something.
NOT_TRIED, TRIED, CONTACTED, ANSWERED = range(4)


class Said(NamedTuple):
    """What a call or message about the event came to (of a row of ``touch``)."""

    purpose: str
    lane: str
    outcome: str
    reason: str


class Attempt(NamedTuple):
    """A call of one's own by phone; ``at`` as it stands in the file, or as much of it as tells the
    hour; ``call_id`` the attempt it is another one of."""

    id: int
    call_id: int | None
    purpose: str
    outcome: str
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
    """A lead of the event: every state it ever had, and how it stands; where it came from and what
    it brought (see ``domain.leads.leads.Lead``)."""

    id: int
    person_id: int
    states: frozenset[str]
    state: str
    channel: str = ""
    by_whom: str = ""
    cents: int | None = None


class LeadRow(NamedTuple):
    """As ``KeptLead``. ``first``: of its person, who may have had another before; ``who``: how that
    person stands."""

    id: int
    states: frozenset[str]
    state: str
    first: bool
    who: Standing
    channel: str = ""
    by_whom: str = ""
    cents: int | None = None


def lead_rows(kept: Iterable[KeptLead], standing: Mapping[int, Standing]) -> list[LeadRow]:
    """``kept`` oldest first; ``standing`` of each of their people."""
    seen, found = set[int](), list[LeadRow]()
    for one in kept:
        first = one.person_id not in seen
        who = standing[one.person_id]
        traced = (one.channel, one.by_whom, one.cents)
        found.append(LeadRow(one.id, one.states, one.state, first, who, *traced))
        seen.add(one.person_id)
    return found


def how_far(outcome: Outcome | None) -> int:
    if outcome is None:
        return TRIED
    return ANSWERED if outcome.answered else CONTACTED if outcome.contacted else TRIED


def talk_of(touches: Iterable[Said], outcomes: Outcomes) -> Talk:
    """What it all came to with one person; ``touches`` oldest first."""
    invited, back, lane, said, interested, reason = SILENT
    for one in touches:
        outcome = outcomes.outcome(one.purpose, one.lane, one.outcome)
        far, reason = how_far(outcome), one.reason or reason
        if one.purpose == INVITATION:
            invited = max(invited, far)
        elif callback_number(one.purpose) > 0:
            back = max(back, far)
            interested = interested or (outcome is not None and shows_interest(outcome))
            if far == ANSWERED:
                lane, said = one.lane, one.outcome
    return Talk(invited, back, lane, said, interested, reason)


def calls_of(attempts: Iterable[Attempt], outcomes: Outcomes) -> list[Call]:
    """Each call by its first attempt; ``attempts`` oldest first."""
    known, found = dict[tuple[str, str], bool](), dict[int, Call]()
    for id, call_id, purpose, outcome, at in attempts:
        reached = known.get((purpose, outcome))
        if reached is None:
            reached = how_far(outcomes.outcome(purpose, PHONE, outcome)) == ANSWERED
            known[purpose, outcome] = reached
        first = call_id or id
        if first not in found:
            found[first] = Call(id, at, reached)
        elif reached:
            found[first] = found[first]._replace(reached=True)
    return list(found.values())


Holds = Callable[[Standing], bool]


def both(first: Holds, second: Holds) -> Holds:
    return lambda one: first(one) and second(one)


def came_of(holds: Holds) -> Holds:
    """Those of them who came."""
    return lambda one: holds(one) and one.attended


def but_not(first: Holds, second: Holds) -> Holds:
    return lambda one: first(one) and not second(one)
