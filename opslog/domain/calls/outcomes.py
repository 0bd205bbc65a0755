"""What can come of a call or a message, and what follows from it: the outcome sets.

A set belongs to a kind of purpose (reminder, call-back) and a lane (phone, WeCom). The sets ship
as ``shipped/calls/outcomes.toml``; a file of that name in ``playbooks/`` beside the database stands
in for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import NamedTuple

from opslog.domain.base.codes import code_of, known
from opslog.domain.base.refusal import Refused
from opslog.domain.base.titles import Phrase
from opslog.locale import N_, Msg, msg, nmsg

FILE = "outcomes.toml"
REMINDER = "reminder"
CALLBACK = "callback"
ADD = "add"  # to be added on WeCom
FOLLOWUP = "followup"  # so many months after somebody asked for materials: followup-3
MESSAGE = "message"  # of a programme, or what came back
INVITATION = "invitation"  # a call-back in all but what can come of it: they come or not
PHONE = "phone"
WECOM = "wecom"
WRONG_NUMBER = "wrong_number"
LANES = (PHONE, WECOM)
SETS = ((REMINDER, PHONE), (CALLBACK, PHONE), (CALLBACK, WECOM))
# What a file of before these were there goes without: then those that ship hold.
LATER_SETS = ((REMINDER, WECOM), (ADD, WECOM), (FOLLOWUP, PHONE), (FOLLOWUP, WECOM))
ENDS = ("call", "purpose", "lane", "list", "person")
INSTEAD = "instead"  # asks who comes instead: whoever says so sends somebody
ASKS = ("", "when", "why", "lead", INSTEAD)
LANE_TITLES = {PHONE: N_("phone"), WECOM: N_("WeCom"), "sms": N_("SMS"), "email": N_("e-mail")}

# The titles of outcomes.toml once more, so that the catalogue knows them: a journal label keeps
# the English title and is translated when it is shown, long after the file was read.
TITLES = (
    N_("coming"),
    N_("not coming"),
    N_("no answer"),
    N_("call back"),
    N_("wrong number"),
    N_("do not call"),
    N_("unsure"),
    N_("a colleague comes instead"),
    N_("line busy"),
    N_("left the company"),
    N_("interested"),
    N_("answered"),
    N_("not interested"),
    N_("hand over"),
    N_("asked for material"),
    N_("replied"),
    N_("sent, no reply yet"),
    N_("later"),
    N_("asked"),
    N_("accepted"),
    N_("does not want to"),
    N_("not found"),
    N_("has a need now"),
    N_("uses it"),
    N_("not read yet"),
    N_("not reachable"),
    N_("do not write"),
    N_("time does not suit"),
    N_("travelling"),
    N_("too far"),
    N_("topic does not fit"),
    N_("did not mean to sign up"),
    N_("ill"),
)

# What history says of calls that an older version logged.
FORMER = (N_("{outcome}, passed on to colleagues"),)

_PURPOSE = re.compile(r"reminder|invitation|add|callback-[1-9]\d{0,2}|followup-[1-9]\d?")


class Part(NamedTuple):
    """A part of the day in which calls are made, local time; ``until`` is outside it."""

    code: str
    start: time
    until: time


class Outcome(NamedTuple):
    """``ends`` says what it closes ('' nothing: it is tried again ``retry`` later).

    ``at_most`` attempts in a row of one call, ``other_words`` more once the first screening is
    closed. ``chance`` is how likely somebody with this as their newest outcome comes.
    ``on_wecom``: they are on WeCom from now on.
    """

    code: str
    digit: int | None
    title: Phrase
    ask: str
    ends: str
    retry: timedelta | None
    at_most: int
    other_words: int
    parts: tuple[str, ...]
    contacted: bool
    answered: bool
    chance: float | None = None
    confirms: bool = False
    pass_on: bool = False
    on_wecom: bool = False

    def touches(self, lane: str) -> bool:
        """Whether it counts as a touch: a dial that nobody answered does not, a message sent
        does."""
        return self.answered or (lane == WECOM and self.contacted)


class OutcomeSet:
    """The outcomes of one purpose and lane, in the order of the file."""

    def __init__(self, kind: str, lane: str, outcomes: Iterable[Outcome]) -> None:
        self.kind = kind
        self.lane = lane
        self.all = tuple(outcomes)
        self._by_code = {outcome.code: outcome for outcome in self.all}

    def get(self, code: str) -> Outcome | None:
        return self._by_code.get(code)

    @property
    def titles(self) -> dict[str, Msg]:
        return {one.code: one.title.message for one in self.all}

    def meant(self, words: str) -> str:
        """The code that a code or a title means; the words where that is none."""
        return words if words in self._by_code else code_of(words, self.titles) or words

    @property
    def keys(self) -> tuple[Outcome, ...]:
        """Those with a digit, 1 first."""
        return tuple(sorted((o for o in self.all if o.digit), key=lambda o: o.digit or 0))

    @property
    def more(self) -> tuple[Outcome, ...]:
        """Those of the typed list that 9 opens."""
        return tuple(o for o in self.all if o.digit is None)

    def by_digit(self, digit: int) -> Outcome | None:
        return next((o for o in self.all if o.digit == digit), None)


class Outcomes(NamedTuple):
    """All sets with what they share."""

    sets: Mapping[tuple[str, str], OutcomeSet]
    parts: Mapping[str, Part]
    reasons: Mapping[str, Phrase]
    day_before: time
    on_day: time
    not_called: float

    def of(self, purpose: str, lane: str) -> OutcomeSet:
        """The set for a purpose such as ``callback-2``; a lane without one has the phone's."""
        kind = _set_of(purpose)
        return self.sets.get((kind, lane)) or self.sets[kind, PHONE]

    def outcome(self, purpose: str, lane: str, code: str) -> Outcome | None:
        """None for a code no set knows, such as one from an operator's older file."""
        return self.of(purpose, lane).get(code) or next(
            (
                outcome
                for (kind, _lane), one in self.sets.items()
                if kind == _set_of(purpose) and (outcome := one.get(code))
            ),
            None,
        )

    def title(self, purpose: str, lane: str, code: str) -> Msg:
        outcome = self.outcome(purpose, lane, code)
        return outcome.title.message if outcome else Msg("{text}", {"text": code})

    def meant(self, words: str) -> str:
        """The code of the one reason that is named so, in whole or in part; else the words as they
        are: 太远 is 距离太远, ``far`` is ``too far``."""
        folded = words.strip().casefold().rstrip("了啊吧呢。.！!")
        if words in self.reasons or len(folded) < (3 if folded.isascii() else 2):
            return words
        found = [
            code
            for code, title in self.reasons.items()
            if any(folded in name.casefold() for name in (title.en, title.zh))
        ]
        return found[0] if len(found) == 1 else words

    def reason(self, reason: str) -> Msg:
        """The title of a reason's code; any other reason is in the operator's own words."""
        known = self.reasons.get(reason)
        return known.message if known else Msg("{text}", {"text": reason})

    def calling_hours(self, local: datetime) -> bool:
        """Whether any part of the day is on."""
        return any(part.start <= local.time() < part.until for part in self.parts.values())

    def next_hours(self, local: datetime) -> time | None:
        """When calling hours begin again, where none are on; of the next day where today's are
        over. None while calls are made."""
        if self.calling_hours(local):
            return None
        starts = sorted(part.start for part in self.parts.values())
        return next((start for start in starts if start > local.time()), starts[0])


def kind_of(purpose: str) -> str:
    if purpose in (REMINDER, ADD):
        return purpose
    return FOLLOWUP if purpose.startswith(FOLLOWUP) else CALLBACK


def _set_of(purpose: str) -> str:
    return REMINDER if purpose == INVITATION else kind_of(purpose)


def callback(number: int) -> str:
    return f"{CALLBACK}-{number}"


def callback_number(purpose: str) -> int:
    """``callback-2`` → 2; 0 for any other purpose, and for what a damaged file has there."""
    return _number(purpose) if kind_of(purpose) == CALLBACK else 0


def followup(months: int) -> str:
    return f"{FOLLOWUP}-{months}"


def followup_months(purpose: str) -> int:
    """``followup-6`` → 6; 0 for any other purpose."""
    return _number(purpose) if kind_of(purpose) == FOLLOWUP else 0


def _number(purpose: str) -> int:
    known = purpose != INVITATION and _PURPOSE.fullmatch(purpose)
    return int(purpose.rpartition("-")[2]) if known else 0


# By their number, the reminder being none; a later call-back is counted.
_NAMED = (N_("reminder"), N_("call-back 1"), N_("call-back 2"))


def purpose_title(purpose: str) -> Msg:
    if purpose == MESSAGE:
        return msg(N_("message"))
    if not _PURPOSE.fullmatch(purpose):
        return msg(N_("{text}"), text=purpose)
    if purpose == ADD:
        return msg(N_("add on WeCom"))
    if purpose == INVITATION:
        return msg(N_("invitation"))
    if months := followup_months(purpose):
        return nmsg(N_("follow-up after {n} month"), N_("follow-up after {n} months"), months)
    number = callback_number(purpose)
    if number < len(_NAMED):
        return msg(_NAMED[number])
    return msg(N_("call-back {number}"), number=number)


def check_purpose(purpose: str) -> str:
    """The purpose, or Refused for anything that is none."""
    if _PURPOSE.fullmatch(purpose):
        return purpose
    text = N_("“{purpose}” is no purpose of a call; known: {known}")
    raise Refused(msg(text, purpose=purpose, known=known(_purposes(2))))


def purpose_of(words: str) -> str:
    """The purpose that its code or its title means; the words where that is none."""
    return words if _PURPOSE.fullmatch(words) else code_of(words, _purposes(9)) or words


def _purposes(callbacks: int) -> dict[str, Msg]:
    """The usual ones, with so many call-backs, by their codes."""
    counted = [*map(callback, range(1, callbacks + 1)), *map(followup, (3, 6, 12))]
    return {one: purpose_title(one) for one in (REMINDER, *counted, INVITATION, ADD)}
