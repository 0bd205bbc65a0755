"""The call queue and card as screens see them; the forecast and the show-up rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from types import MappingProxyType

from opslog.domain.base.rates import Rate
from opslog.domain.calls.meaning import share_look
from opslog.domain.calls.order import Reason, why
from opslog.domain.calls.outcomes import (
    LANES,
    REMINDER,
    Outcome,
    Outcomes,
    OutcomeSet,
)
from opslog.domain.calls.retries import Attempt, Standing
from opslog.domain.calls.talk_tracks import Talk
from opslog.domain.people.card import Barred
from opslog.domain.rosters.rosters import DOORS, Cards, Whom
from opslog.locale import N_, Msg, msg, nmsg

# A list, the stop that people of it come to (None: none is said), and what they are called for.
OfList = tuple[int, int | None, str]


@dataclass(frozen=True, slots=True)
class QueueLine:
    """Somebody to call or write to, once whatever it is about. ``rank`` counts from 1; ``due`` is
    the next allowed touch.

    ``ready`` False: their time has not come. ``again``: with other words, after a miss.
    ``anew``: asked again for the date their event was moved to, before its reminders begin.
    """

    rank: int
    card_id: int
    roster_id: int
    event_id: int | None  # None: of a call list, which is of no event
    event: str  # or what the list is called
    event_at: datetime  # or when it was made
    person_id: int
    person: str
    company: str
    title: str
    phone: str  # E.164, '' unknown
    wecom: bool | None
    purpose: str
    lane: str
    slot: str
    due: datetime
    ready: bool
    promised: bool
    again: bool
    attempts: int
    score: float
    reasons: tuple[Reason, ...]
    held: Msg | None = None  # held back until ``due``, and by what
    put_off: bool = False  # until ``due``, by the operator
    anew: bool = False
    ends: datetime | None = None  # from when on a call is of no use
    also: tuple[QueueLine, ...] = ()  # what else the same call is for, most pressing first
    stop_id: int | None = None  # of a road show, whose day ``event_at`` is

    @property
    def of_list(self) -> OfList:
        """The list, or the part of it, and the purpose it is called for."""
        return self.roster_id, self.stop_id, self.purpose

    @property
    def parts(self) -> tuple[QueueLine, ...]:
        """Everything the call is for, this first."""
        return (self, *self.also)

    @property
    def why(self) -> Msg:
        """The reasons for the rank in one line, with the points of each."""
        return why(self.reasons)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What happened with somebody on other lists, or off any: operator's rule has who was
    added, called or active before marked as such."""

    wecom: bool = False
    lists: int = 0  # other lists they are on
    attended: int = 0
    calls: int = 0
    last_event: str = ""
    last_outcome: Msg | None = None
    last_at: datetime | None = None

    @property
    def known(self) -> bool:
        return bool(self.wecom or self.lists or self.calls)

    def marks(self, day: Msg | None) -> tuple[Msg, ...]:
        """One clause each; ``day`` says the local day of ``last_at``."""
        marks = []
        if self.wecom:
            marks.append(msg(N_("on WeCom already")))
        if self.calls and self.last_outcome is not None and day is not None:
            said: dict[str, object] = {"day": day, "outcome": self.last_outcome}
            if self.last_event:
                said["event"] = self.last_event
                marks.append(Msg(N_("called before: {day} {event}, {outcome}"), said))
            else:
                marks.append(Msg(N_("called before: {day}, {outcome}"), said))
        if self.attended:
            marks.append(msg(N_("came to {n} earlier"), n=self.attended))
        elif self.lists:
            marks.append(nmsg(N_("on {n} other list"), N_("on {n} other lists"), self.lists))
        return tuple(marks)


@dataclass(frozen=True, slots=True)
class Touch:
    """The last touch with somebody and the next one that is allowed: ``until`` None: now.
    ``free``: what it would be for is never held back. ``mode``: of the caps in force. ``barred``:
    what they asked for, by this lane; ``put_off``: until when the operator put them off;
    ``again``: from when on they are tried again."""

    last: datetime | None
    purpose: Msg | None
    lane: str
    outcome: Msg | None
    until: datetime | None
    why: Msg | None
    free: bool
    mode: str
    barred: Barred | None = None
    put_off: datetime | None = None
    again: datetime | None = None

    @property
    def allowed(self) -> bool:
        """Whether one may be made now."""
        held = self.until is not None and not self.free
        return not (held or self.barred or self.put_off or self.again)


@dataclass(frozen=True)
class CallCard:
    """All the operator wants in sight for one call."""

    card_id: int
    roster_id: int
    event_id: int | None  # None: of a call list, which is of no event
    event: str  # or what the list is called
    event_at: datetime  # or when it was made
    place: str
    person_id: int
    person: str
    company: str
    title: str
    phone: str
    email: str
    city: str
    industry: str
    note: str
    wecom: bool | None
    bars: tuple[Barred, ...]
    tags: tuple[str, ...]
    attended: bool | None
    guests: int  # whom they bring along
    guests_more: bool  # or more of them
    instead_of: str  # whom they stand in for, '' nobody
    people_known: int
    purpose: str
    lane: str
    slot: str
    standing: Standing | None  # None: this purpose is not open for the event
    attempts: tuple[Attempt, ...]  # on this list, oldest first
    earlier: Earlier
    outcomes: OutcomeSet
    talk: Talk
    touch: Touch
    follows: int  # the newest touch with the person, 0 none
    phones: tuple[str, ...] = ()  # further numbers, E.164, but for those that were wrong
    stop_id: int | None = None  # of a road show, whose day and place these are
    part: Cards | None = None  # of which that stop's people are, or a part of the list

    @property
    def of_list(self) -> OfList:
        """The list, or the part of it, and the purpose it is called for."""
        return self.roster_id, self.stop_id, self.purpose


@dataclass(frozen=True, slots=True)
class PassOn:
    """Somebody colleagues take over: who declined, or was handed over, by the attempt ``id``."""

    id: int
    card_id: int
    person_id: int
    event_id: int | None
    event: str
    person: str
    company: str
    title: str
    phone: str
    outcome: Msg
    reason: Msg
    note: str
    at: datetime
    lead: bool  # who is told of them takes them over


_NOTHING: Mapping[str, tuple[Msg, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """``number`` people whose newest reminder had this outcome ('' not called)."""

    code: str
    title: Msg
    number: int
    chance: float
    of: tuple[Msg, ...] = ()  # what the number is made of, where other screens count less

    @property
    def expected(self) -> float:
        return self.number * self.chance


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many will be there: each outcome's number times its published chance, added up."""

    lines: tuple[ForecastLine, ...]

    @property
    def invited(self) -> int:
        return sum(line.number for line in self.lines)

    @property
    def expected(self) -> float:
        """People, not rounded; never more than are invited."""
        return sum(line.expected for line in self.lines)

    @property
    def span(self) -> tuple[int, int]:
        """Between how many and how many are likely (two times in three), were each to decide
        alone."""
        spread = sqrt(sum(line.expected * (1 - line.chance) for line in self.lines))
        low, high = round(self.expected - spread), round(self.expected + spread)
        return max(low, 0), min(high, self.invited)

    @property
    def arithmetic(self) -> Msg:
        """``11.6 = 12 coming × 0.8 + 5 not called × 0.4``: cut short, the sum still shows."""
        names: dict[str, object] = {}
        terms = []
        for at, line in enumerate(self.lines):
            names |= {f"n{at}": line.number, f"t{at}": line.title, f"c{at}": f"{line.chance:g}"}
            terms.append(f"{{n{at}}} {{t{at}}} × {{c{at}}}")
        return Msg(
            "{total} = " + " + ".join(terms) if terms else "{total}",
            {**names, "total": f"{round(self.expected, 1):g}"},
        )


def forecast(
    newest: Mapping[str, int], outcomes: Outcomes, of: Mapping[str, tuple[Msg, ...]] = _NOTHING
) -> Forecast:
    """``newest``: how many of those invited have this outcome as their newest, '' not called;
    ``of``: what that number is made of.

    A code nobody knows any more counts as not called. The lines stand in the order of the file.
    """
    known: dict[str, Outcome] = {}
    for lane in LANES:
        one = outcomes.of(REMINDER, lane)
        for outcome in (*one.keys, *one.more):
            known.setdefault(outcome.code, outcome)
    lines = []
    not_called = sum(number for code, number in newest.items() if code not in known)
    for outcome in known.values():
        if number := newest.get(outcome.code, 0):
            made_of = of.get(outcome.code, ())
            chance = outcome.chance or 0.0
            title = outcome.title.message
            lines.append(ForecastLine(outcome.code, title, number, chance, made_of))
    if not_called:
        title = msg(N_("not called"))
        lines.append(ForecastLine("", title, not_called, outcomes.not_called, of.get("", ())))
    return Forecast(tuple(lines))


@dataclass(frozen=True, slots=True)
class Share:
    """``number`` people whose newest attempt for a purpose came to this; ``look`` is what the
    colour says: ``good``, ``warn`` (nobody answered), ``muted``, ``track`` (not called yet)."""

    title: Msg
    number: int
    look: str


def shares(newest: Mapping[str, int], outcomes: Outcomes, purpose: str) -> tuple[Share, ...]:
    """How far the calls of one purpose are: ``newest`` has how many people stand at an outcome of
    it, '' not called. In the order of the file, who was not called last."""
    known: dict[str, Outcome] = {}
    for lane in LANES:
        for outcome in outcomes.of(purpose, lane).all:
            known.setdefault(outcome.code, outcome)
    found = [
        Share(outcome.title.message, newest[code], share_look(outcome, purpose))
        for code, outcome in known.items()
        if newest.get(code)
    ]
    rest = sum(number for code, number in newest.items() if code not in known)
    return (*found, *([Share(msg(N_("not called")), rest, "track")] if rest else []))


@dataclass(frozen=True, slots=True)
class ShowUp:
    """Who came, of how many: ``attended`` is everybody of the list who is marked as having come, as
    reports, exports and targets count it. ``unmarked`` people have not been marked either way."""

    signed_up: int
    confirmed: int
    attended: int
    unmarked: int
    confirmed_and_attended: int
    walk_ins: int = 0  # among those who attended, of none who signed up
    stood_in: int = 0  # among those who attended, for somebody who signed up
    guests: int = 0  # whom those who attended brought along, in no other number

    @property
    def of_those(self) -> int:
        """How many of those who signed up came."""
        return self.attended - self.walk_ins

    @property
    def of_confirmed(self) -> Rate:
        """Of those who confirmed, how many came."""
        return Rate(self.confirmed_and_attended, self.confirmed)

    @property
    def of_signed_up(self) -> Rate:
        """Of those who signed up, how many came."""
        return Rate(self.of_those, self.signed_up)


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """An event with a list, or a stop of it. ``offline``: people come to a place, and attendance
    counts."""

    event_id: int
    roster_id: int
    name: str
    offline: bool
    starts_at: datetime
    ends_at: datetime
    begun: bool
    cards: Whom  # who is on it

    def doors_open(self, now: datetime) -> bool:
        """Whether people come to it now: it is on, or starts within two hours."""
        return self.offline and self.starts_at - DOORS <= now < self.ends_at


@dataclass(frozen=True, slots=True)
class Guest:
    """A line of the attendance list."""

    card_id: int
    person_id: int
    person: str
    company: str
    phone: str
    outcome: Msg | None  # of the newest reminder
    confirmed: bool
    attended: bool | None
    brings: int = 0  # guests
    or_more: bool = False  # at least so many of them
    at_the_door: bool = False  # not signed up before
    instead_of: str = ""  # whom they stand in for
    replaced_by: str = ""  # who stands in for them
    state: str = ""  # as the list has it
    dropped: bool = False

    def answers_to(self, words: str) -> bool:
        """Whether somebody at the door may be meant (see ``meant``)."""
        return meant(words, self.person, self.company, self.phone)


def meant(words: str, person: str, company: str, phone: str) -> bool:
    """Whether somebody may be meant: a part of the name or company, pinyin in full or by initials,
    digits of the number."""
    from opslog.domain.people.naming.pinyin import name_words  # no start needs it

    needle = "".join(words.split()).casefold()
    return (
        needle in "".join(person.split()).casefold()
        or needle in "".join(company.split()).casefold()
        or (needle.isdigit() and needle in phone)
        or any(word.startswith(needle) for word in name_words(person).split())
    )
