"""What calls and messages come to: each call once, however many attempts it took; each person by
how they stood last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from opslog.domain.calls.meaning import says_so
from opslog.domain.calls.outcomes import (
    LANE_TITLES,
    MESSAGE,
    PHONE,
    REMINDER,
    Outcome,
    Outcomes,
    kind_of,
)
from opslog.domain.calls.retries import IN, OUT
from opslog.domain.reports.ledger import Contact

T = TypeVar("T")
WRITTEN = tuple(lane for lane in LANE_TITLES if lane != PHONE)


class Talks(NamedTuple):
    """What came of the calls and messages about one event for one purpose: each person once, by
    the newest attempt of the stretch that was answered, else by the newest: a dial that nobody
    answers takes back nothing of what they said."""

    event_id: int | None
    event: str
    purpose: str
    people: tuple[Contact, ...]
    reached: tuple[Contact, ...]
    outcomes: Mapping[str, tuple[Contact, ...]]  # by code, the most frequent first
    guests: int  # whom those coming bring along


@dataclass(frozen=True, kw_only=True)
class ContactSums:
    """Each sum is the rows it counts."""

    calls: tuple[Contact, ...]  # by phone, of one's own, each once
    reached: tuple[Contact, ...]
    called_in: tuple[Contact, ...]  # they called
    messages: tuple[Contact, ...]  # on WeCom, by SMS, by e-mail
    replied: tuple[Contact, ...]  # of these, the one before each answer
    talks: tuple[Talks, ...]
    coming: tuple[Contact, ...]
    declined: tuple[Contact, ...]
    reasons: Mapping[str, tuple[Contact, ...]]  # of those declined, '' none was given
    said: tuple[Contact, ...]  # with a note


def contact_sums(contacts: Sequence[Contact], outcomes: Outcomes) -> ContactSums:
    """``contacts``: oldest first."""
    known = _Known(outcomes)
    calls = _calls(contacts, PHONE, OUT)
    messages = [call for lane in WRITTEN for call in _calls(contacts, lane, OUT)]
    talks = _talks(contacts, known)
    wrote_back = _answered_by_writing(contacts)
    newest = [one for talk in talks for one in talk.people]
    declined = tuple(one for one in newest if known.declined(one))
    return ContactSums(
        calls=tuple(call[0] for call in calls),
        reached=tuple(call[0] for call in calls if any(map(known.answered, call))),
        called_in=tuple(call[0] for call in _calls(contacts, PHONE, IN)),
        messages=tuple(call[0] for call in messages),
        replied=tuple(
            call[0]
            for call in messages
            if call[0].id in wrote_back or any(map(known.answered, call))
        ),
        talks=talks,
        coming=tuple(one for one in newest if known.coming(one)),
        declined=declined,
        reasons=by(declined, lambda one: one.reason),
        said=tuple(one for one in contacts if one.note and one.call_id is None),
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
        return one.purpose == REMINDER and outcome is not None and says_so(outcome)

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


def _answered_by_writing(contacts: Iterable[Contact]) -> set[int]:
    """Messages of programmes that were answered: the newest before each message that came in."""
    newest: dict[int, int] = {}
    found = set()
    for one in contacts:
        if one.purpose == MESSAGE and one.direction == OUT:
            newest[one.person_id] = one.id
        elif one.purpose == MESSAGE and one.person_id in newest:
            found.add(newest[one.person_id])
    return found


def _talks(contacts: Iterable[Contact], known: _Known) -> tuple[Talks, ...]:
    groups: dict[tuple[int | None, str], dict[int, list[Contact]]] = defaultdict(dict)
    for one in contacts:
        groups[one.event_id, one.purpose].setdefault(one.person_id, []).append(one)
    found = []
    for (event_id, purpose), people in groups.items():
        newest = tuple(
            max(attempts, key=lambda one: (known.answered(one), one.id))
            for attempts in people.values()
        )
        found.append(
            Talks(
                event_id,
                newest[0].event,
                purpose,
                newest,
                tuple(filter(known.answered, newest)),
                by(newest, lambda one: one.outcome),
                sum(one.guests for one in newest if known.coming(one)),
            )
        )
    return tuple(found)


def by(rows: Sequence[T], key: Callable[[T], str]) -> dict[str, tuple[T, ...]]:
    """Rows by what they have in common, the largest group first."""
    groups: dict[str, list[T]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    largest = sorted(groups.items(), key=lambda group: -len(group[1]))
    return {name: tuple(group) for name, group in largest}
