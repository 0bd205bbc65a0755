"""What the file holds of a stretch of days, as a report counts it.

Each record is one row of the file, with the names it is said by. Nothing here is kept: what was
undone is not there, who was merged stands under one name, who was erased has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from opslog.domain.answers.answers import Answer
from opslog.domain.events.plans.evidence import HowFar
from opslog.domain.programmes.missed import Unsent


class Contact(NamedTuple):
    """A call or message (a row of ``touch``). ``call_id``: the first attempt of the same call.

    ``told``: which colleague was told of what came of it, '' nobody.
    """

    id: int
    at: datetime
    purpose: str
    lane: str
    direction: str
    outcome: str
    reason: str
    note: str
    call_id: int | None
    person_id: int
    person: str
    company: str
    event_id: int | None
    event: str
    guests: int
    told: str


class Verdict(NamedTuple):
    """An entry of a round's ledger (``decision``); ``list`` is what its list is called, ``closed``
    whether the round is over."""

    id: int
    at: datetime
    roster_id: int
    number: int
    card_id: int
    verdict: str
    reason: str
    list: str
    event_id: int | None
    closed: bool


class TakenIn(NamedTuple):
    """A file that was taken in and not withdrawn since (``roster_file``)."""

    id: int
    at: datetime
    file: str
    kind: str
    list: str
    event_id: int | None
    read: int
    new: int
    updated: int
    unchanged: int
    duplicate: int
    problem: int


class WalkIn(NamedTuple):
    """Who came to the door without a sign-up (``card``)."""

    id: int
    at: datetime
    person: str
    event_id: int | None
    event: str


class StepLine(NamedTuple):
    """A step of a plan as it stands now. ``before`` is where it was due before it was moved,
    ``left`` how many lines of its checklist are open; ``far`` how far its ``evidence`` is, where
    the report says so."""

    id: int
    title: str
    title_en: str
    event_id: int
    event: str
    due: datetime
    done_at: datetime | None
    channel: str
    left: int = 0
    before: datetime | None = None
    evidence: str = ""
    far: HowFar | None = None

    def days_late(self, until: date, zone: ZoneInfo) -> int:
        """How long after its day it was done, or stood open on a day; 0 or less where it is not
        late."""
        done = self.done_at.astimezone(zone).date() if self.done_at else until
        return (done - self.due.astimezone(zone).date()).days


class Task(NamedTuple):
    """A follow-up."""

    id: int
    text: str
    due: datetime
    timed: bool
    event_id: int | None


class Line(NamedTuple):
    """A line of the log; ``tag`` is its first one."""

    id: int
    at: datetime
    text: str
    minutes: int
    source: str
    tag: str
    event_id: int | None


class LeadState(NamedTuple):
    """How a lead stood from a moment on (a row of ``handover_state``); ``cents`` of one that was
    won, by which channel of its event it came and who handed it over, '' not known."""

    id: int
    at: datetime
    lead_id: int
    state: str
    to_whom: str
    person_id: int
    person: str
    company: str
    cents: int | None = None
    channel: str = ""
    by_whom: str = ""


class Held(NamedTuple):
    """An event that was held, or is to come. ``targets`` and what was ``typed`` in by measure, of
    its own, channels or stops; ``figures`` from elsewhere, which go before that. ``asks`` whether
    there are to be sign-ups, ``has_list`` whether there is one of them, ``called_back`` whether
    anybody was. ``added``: what of it holds who is counted, too (of stops)."""

    id: int
    name: str
    starts_at: datetime
    ends_at: datetime
    targets: Mapping[str, float]
    typed: Mapping[str, int]
    figures: Mapping[str, int]
    asks: bool
    has_list: bool
    called_back: bool
    added: frozenset[str] = frozenset()

    def said(self, measure: str) -> int | None:
        return self.figures.get(measure, self.typed.get(measure))


class Invited(NamedTuple):
    """Somebody on the list of an event (a row of ``card``), but for whom another stands in.
    ``outcome``: of their newest reminder, '' none; or that they stand in, or came to the door."""

    id: int
    event_id: int
    outcome: str
    attended: bool | None
    guests: int


class EventLead(NamedTuple):
    """A lead of an event, by the row of ``handover_state`` that says how it stands."""

    id: int
    event_id: int
    state: str


class Expected(NamedTuple):
    """How many are likely to come to an event that people are called about."""

    event_id: int
    low: int
    high: int
    wanted: int  # as the target says; 0: it says nothing


class Steps(NamedTuple):
    """What became of the steps of a stretch."""

    done: tuple[StepLine, ...]  # in it
    moved: tuple[StepLine, ...]  # by hand in it, and still due elsewhere
    dropped: tuple[StepLine, ...]  # taken out of their plan in it
    missed: tuple[StepLine, ...]  # became impossible in it
    open: tuple[StepLine, ...]  # were due in it, and still are
    late: tuple[StepLine, ...]  # were due before it, and still are
    due_done: tuple[StepLine, ...]  # were due in it, and are done, whenever


class Waiting(NamedTuple):
    """What else was due by the end of a stretch, or before it, and is not done by now."""

    promises: tuple[Contact, ...] = ()  # calls; ``at`` is the time promised
    tasks: tuple[Task, ...] = ()
    leads: tuple[LeadState, ...] = ()  # that sales does not answer for, or gave back
    messages: tuple[Unsent, ...] = ()

    @property
    def number(self) -> int:
        return sum(map(len, self))


class Ahead(NamedTuple):
    """What stands for the days after."""

    steps: tuple[StepLine, ...]
    tasks: tuple[Task, ...]
    promises: tuple[Contact, ...]  # ``at`` is the time promised
    events: tuple[Held, ...]

    def __bool__(self) -> bool:
        return any(self)


class Ledger(NamedTuple):
    """All of it, oldest first."""

    contacts: tuple[Contact, ...]
    verdicts: tuple[Verdict, ...]
    lists: tuple[TakenIn, ...]
    walk_ins: tuple[WalkIn, ...]
    steps: Steps
    tasks_done: tuple[Task, ...]
    lines: tuple[Line, ...]
    events: tuple[Held, ...]  # that end in it
    invited: tuple[Invited, ...]  # to these
    event_leads: tuple[EventLead, ...]  # of these
    answers: tuple[Answer, ...]
    leads: tuple[LeadState, ...]
    waiting: Waiting = Waiting()
