"""Who on a list is not called, and why: the operator's rules for reminders and call-backs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from opslog.domain.base.sentences import listed
from opslog.domain.rosters.rosters import STATES_SAID
from opslog.domain.screening.reasons import INVALID, Reasons
from opslog.domain.screening.rounds import DROP, KEEP
from opslog.domain.screening.suggestions import Rule, Subject, Suggestion, suggest_by_rules
from opslog.locale import N_, Msg, msg

# What leaves somebody out, by what changes it.
BARRED, VERDICT, RULE, DUPLICATE, STATE, NUMBER, HELD, CLOSED = (
    *("barred", "verdict", "rule", "duplicate", "state", "number", "held", "closed"),
)
NOBODY = (RULE, DUPLICATE)  # whom nobody expects at the door
_MOST_HELD = 100_000


class LeftOut(NamedTuple):
    """Somebody who is on a list and is not called for this purpose, or not yet."""

    card_id: int
    roster_id: int
    event_id: int | None
    person_id: int
    person: str
    company: str
    phone: str
    event: str
    purpose: str
    kind: str
    why: Msg  # in a word or two, by which they are counted
    more: Msg | None = None  # what a rule went by
    stop_id: int | None = None  # that they come to


CHANGES: dict[str, str] = {
    BARRED: N_("S takes it off"),
    VERDICT: N_("b keeps and calls them"),
    RULE: N_("b keeps and calls them"),
    DUPLICATE: N_("b keeps and calls them"),
    STATE: N_("b says they signed up after all"),
    NUMBER: N_("e adds a number"),
    CLOSED: N_("F4, d opens the step again"),
}


class Check:
    """Whom the rules call plainly invalid; what they said of the same words before is held."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = [rule for rule in rules if rule.verdict == KEEP or rule.reason in INVALID]
        self._held: dict[Subject, Suggestion | None] = {}

    def invalid(self, subject: Subject) -> Suggestion | None:
        """The rule that says so, unless one before it says to keep."""
        if subject not in self._held:
            if len(self._held) >= _MOST_HELD:
                self._held.clear()
            first = next(iter(suggest_by_rules(self._rules, subject)), None)
            self._held[subject] = first if first and first.verdict == DROP else None
        return self._held[subject]


@lru_cache(maxsize=2)
def check_by(rules: tuple[Rule, ...]) -> Check:
    """One for each set of rules, so that a queue opened again asks nothing twice."""
    return Check(rules)


def by_verdict(verdict: str, reasons: Reasons) -> Msg:
    """``colleague``, of a present verdict as ``drop colleague``."""
    reason = verdict.partition(" ")[2]
    return reasons.title(reason) if reason else msg(N_("dropped"))


def by_state(state: str) -> Msg:
    return msg(STATES_SAID[state])


NO_NUMBER = msg(N_("without a number"))
BY_HAND = msg(N_("the step was closed by hand"))
ASKED = msg(N_("asked not to be called"))
SAME = msg(N_("the same name and company twice"))


def people(left: Iterable[LeftOut]) -> int:
    return len({one.person_id for one in left})


def said(left: Iterable[LeftOut]) -> Msg:
    """``3 colleague, 2 withdrew``, as they are counted."""
    return numbered(counted(left))


def numbered(counted: Iterable[tuple[Msg, int]]) -> Msg:
    return listed(msg(N_("{n} {what}"), n=n, what=why) for why, n in counted)


def counted(left: Iterable[LeftOut]) -> list[tuple[Msg, int]]:
    """How many are left out for what, the most first; somebody left out twice counts once."""
    return tallied(_first(left).values())


def grouped(left: Iterable[LeftOut]) -> list[tuple[Msg, int, list[LeftOut]]]:
    """The same with whoever is counted so, all that one person is left out of together."""
    left = list(left)
    first = _first(left)
    return [
        (why, number, [one for one in left if first[one.person_id].id == why.id])
        for why, number in tallied(first.values())
    ]


def _first(left: Iterable[LeftOut]) -> dict[int, Msg]:
    found: dict[int, Msg] = {}
    for one in left:
        found.setdefault(one.person_id, one.why)
    return found


def tallied(whys: Iterable[Msg]) -> list[tuple[Msg, int]]:
    """How often each is said, the most first."""
    numbers: dict[str, int] = {}
    words: dict[str, Msg] = {}
    for why in whys:
        numbers[why.id] = numbers.get(why.id, 0) + 1
        words.setdefault(why.id, why)
    return sorted(((words[key], n) for key, n in numbers.items()), key=lambda one: -one[1])
