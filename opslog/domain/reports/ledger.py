"""What the file holds of a stretch of days, as a report counts it.

Each record is one row of the file, with the names it is said by. Nothing here is kept: what was
undone is not there, who was merged stands under one name, who was erased has none.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from opslog.domain.answers.answers import Answer


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
    """An entry of a round's ledger (``decision``); ``list`` is what its list is called."""

    id: int
    at: datetime
    roster_id: int
    number: int
    card_id: int
    verdict: str
    reason: str
    list: str
    event_id: int | None


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
    """A step of a plan as it stands now. ``before`` is where it was due before it was moved."""

    id: int
    title: str
    title_en: str
    event_id: int
    event: str
    due: datetime
    done_at: datetime | None
    before: datetime | None = None


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
    """How a lead stood from a moment on (a row of ``handover_state``)."""

    id: int
    at: datetime
    lead_id: int
    state: str
    to_whom: str
    person_id: int
    person: str
    company: str


class Held(NamedTuple):
    """An event that was held, or is to come, with the people on its list as they are marked."""

    id: int
    name: str
    starts_at: datetime
    signed_up: int
    came: int
    marked: int
    wanted: int  # people, as the target says; 0: it says nothing


class Steps(NamedTuple):
    """What became of the steps of a stretch."""

    done: tuple[StepLine, ...]  # in it
    moved: tuple[StepLine, ...]  # by hand in it, and still due elsewhere
    dropped: tuple[StepLine, ...]  # taken out of their plan in it
    missed: tuple[StepLine, ...]  # became impossible in it
    open: tuple[StepLine, ...]  # were due in it, and still are


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
    held: tuple[Held, ...]
    answers: tuple[Answer, ...]
    leads: tuple[LeadState, ...]
