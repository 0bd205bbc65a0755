"""Where plans of several events get in each other's way, and a shift out of it. Pure.

Operator's rules: no more than so many posts of one channel on a day; nobody gets two mails on one
day; no promotion on the day of another event; no more calls than a day has room for; nothing goes
out on a day off. A shift goes to the next working day with room (else to the last one before),
and keeps the order of its plan: what would be overtaken goes along.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import combinations
from typing import NamedTuple
from zoneinfo import ZoneInfo

from opslog.domain.dates.workdays import Workdays
from opslog.domain.events.calendar_days import last_moment
from opslog.domain.events.events import PINNED, EventRow, PlanLine
from opslog.domain.events.evidence import CALLS as CALLING
from opslog.domain.events.evidence import read as evidence_named
from opslog.domain.events.short_notice import A_DAY, MAILS

MAILS_MEET, CHANNEL, CALLS, OTHER_EVENT, DAY_OFF = "mails", "channel", "calls", "event", "day_off"
MOST = 2  # steps of one channel on a day, over all events
REACH = 14  # days a shift may go
ALONG = 4  # steps a shift may take along
_TELLS = ("moments", "groups", *MAILS, "private", "phone")  # what reaches people that day


class Shift(NamedTuple):
    """Where steps go, the one that is in the way first, then those it takes along."""

    moves: tuple[tuple[PlanLine, datetime], ...]

    @property
    def step(self) -> PlanLine:
        return self.moves[0][0]

    @property
    def to(self) -> datetime:
        return self.moves[0][1]


class Collision(NamedTuple):
    """``steps`` are in each other's way, or in that of the event ``beside``. ``people``: how many
    get both mails, or are to be called; None where nobody knows."""

    kind: str
    day: date
    steps: tuple[PlanLine, ...]
    people: int | None = None
    beside: int | None = None
    shifts: tuple[Shift, ...] = ()

    @property
    def events(self) -> set[int]:
        """Whose steps are in the way."""
        return {step.event_id for step in self.steps}


@dataclass(frozen=True)
class Plans:
    """All plans, as far as they lie ahead.

    ``steps`` are open, in order of time; ``rounds`` the keys of steps that speak to everybody on
    their channel, ``quick`` of those of which two count as one. ``shared`` gives how many people
    two events reach both (None: not known, 0: nobody), ``callees`` how many an event's calls are
    to; ``calls`` fit into a day.
    """

    steps: Sequence[PlanLine]
    events: Mapping[int, EventRow]
    rounds: Collection[str]
    quick: Collection[str]
    workdays: Workdays
    zone: ZoneInfo
    now: datetime
    shared: Callable[[int, int], int | None]
    callees: Callable[[int], int]
    calls: int
    a_day: int = A_DAY

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def a_round(self, step: PlanLine) -> bool:
        """Whether it speaks to everybody on its channel, as does one added by hand."""
        return bool(step.channel) and (step.key in self.rounds or not step.key)

    @cached_property
    def by_day(self) -> dict[date, list[PlanLine]]:
        found: dict[date, list[PlanLine]] = {}
        for step in self.steps:
            found.setdefault(self.day(step.due_at), []).append(step)
        return found

    @cached_property
    def held(self) -> dict[date, list[EventRow]]:
        """The events of each day."""
        found: dict[date, list[EventRow]] = {}
        for event in self.events.values():
            day, last = self.day(event.starts_at), self.day(last_moment(event))
            while day <= last:
                found.setdefault(day, []).append(event)
                day += timedelta(days=1)
        return found


def find(plans: Plans) -> list[Collision]:
    """Every collision from today on, by day, each with at most two shifts out of it."""
    today = plans.day(plans.now)
    found: list[Collision] = []
    for day, steps in sorted(plans.by_day.items()):
        if day >= today:
            found += _of_day(plans, day, steps)
    return [one._replace(shifts=tuple(_shifts(plans, one))) for one in found]


def _of_day(plans: Plans, day: date, steps: Sequence[PlanLine]) -> list[Collision]:
    found = [*_mails(plans, day, steps), *_calls(plans, day, steps)]
    told = {step.id for one in found for step in one.steps}
    rounds = [step for step in steps if plans.a_round(step)]
    for channel in dict.fromkeys(step.channel for step in rounds):
        same = [step for step in rounds if step.channel == channel]
        several = len({step.event_id for step in same}) > 1
        if len(same) > MOST and several and not told >= {step.id for step in same}:
            found.append(Collision(CHANNEL, day, tuple(same)))
    for event in plans.held.get(day, ()):
        others = [s for s in rounds if s.phase == "before" and s.event_id != event.id]
        promotes = [s for s in others if s.channel in _TELLS and not _of_its_day(s)]
        if promotes:
            found.append(Collision(OTHER_EVENT, day, tuple(promotes), beside=event.id))
    if not plans.workdays.is_workday(day):
        tells = [step for step in steps if step.channel in _TELLS and step.phase != "day"]
        found += [Collision(DAY_OFF, day, (step,)) for step in tells]
    return found


def _mails(plans: Plans, day: date, steps: Sequence[PlanLine]) -> list[Collision]:
    """Mails of two events to people who get both."""
    found = []
    mails = [
        step
        for step in steps
        if step.channel in MAILS and (plans.a_round(step) or step.phase == "after")
    ]
    for one, other in combinations(mails, 2):
        if one.event_id == other.event_id or one.channel != other.channel:
            continue
        people = plans.shared(one.event_id, other.event_id)
        everybody = plans.a_round(one) and plans.a_round(other)
        if people or (people is None and everybody):
            found.append(Collision(MAILS_MEET, day, (one, other), people))
    return found


def _calls(plans: Plans, day: date, steps: Sequence[PlanLine]) -> list[Collision]:
    """Calls of several events that are more than a day has room for."""
    calls = [step for step in steps if _calling(step)]
    events = {step.event_id for step in calls}
    people = sum(map(plans.callees, events))
    if len(events) > 1 and people > plans.calls:
        return [Collision(CALLS, day, tuple(calls), people)]
    return []


def _calling(step: PlanLine) -> bool:
    proof = evidence_named(step.evidence)
    return step.channel == "phone" or (proof is not None and proof.kind in CALLING)


# -- out of it --------------------------------------------------------------------------------


def _shifts(plans: Plans, collision: Collision) -> list[Shift]:
    """At most two, of two steps where there are two: the one that moves least first."""
    steps = tuple(reversed(collision.steps))
    ways: tuple[int, ...] = (1, -1)
    if collision.kind == OTHER_EVENT:  # all that an event promotes on the day goes, in its order
        steps = tuple({step.event_id: step for step in steps}.values())
        ways = (1,)
    shifts = (_shift(plans, step, ways) for step in steps if not _of_its_day(step))
    found = [shift for shift in shifts if shift is not None]
    found.sort(key=lambda one: (len(one.moves), abs(one.to - one.step.due_at)))
    return found[:2]


def _of_its_day(step: PlanLine) -> bool:
    """Whether it belongs to the day of its event or to that before it, and stays there."""
    return step.phase == "day" or (step.phase == "before" and step.offset >= -1 and bool(step.key))


def _shift(plans: Plans, step: PlanLine, ways: Sequence[int]) -> Shift | None:
    """To the next working day with room, else to the last one before."""
    day = plans.day(step.due_at)
    for to in (day + timedelta(days=way * n) for way in ways for n in range(1, REACH + 1)):
        if to < plans.day(plans.now) or not plans.workdays.is_workday(to):
            continue
        moves = _moved(plans, step, to)
        if moves is not None and _room(plans, moves, to):
            return Shift(moves)
    return None


def _moved(plans: Plans, step: PlanLine, to: date) -> tuple[tuple[PlanLine, datetime], ...] | None:
    """The step on that day at its own time, with what it would overtake; None where that breaks
    the order of its plan, or comes after its event."""
    at = datetime.combine(to, _clock(plans, step), plans.zone).astimezone(plans.now.tzinfo)
    event = plans.events[step.event_id]
    own = [one for one in plans.steps if one.event_id == step.event_id and one.id != step.id]
    if at <= plans.now or (step.phase == "before" and at >= event.starts_at):
        return None
    if step.phase == "after" and at < event.ends_at:
        return None
    if step.closes_at is not None and at > step.closes_at:
        return None
    if at < step.due_at:  # earlier: past nothing that comes before it
        blocked = any(at <= one.due_at <= step.due_at for one in own)
        return None if blocked else ((step, at),)
    along = [one for one in own if step.due_at <= one.due_at < at]
    if len(along) > ALONG or any(one.phase != step.phase or one.state == PINNED for one in along):
        return None
    moves = [(step, at)]
    for one in along:
        then = datetime.combine(to, _clock(plans, one), plans.zone).astimezone(plans.now.tzinfo)
        then = max(then, moves[-1][1])
        if step.phase == "before" and then >= event.starts_at:
            return None
        moves.append((one, then))
    last = moves[-1][1]  # whatever comes next on that day comes after what was moved
    ahead = [one for one in own if one not in along and at <= one.due_at < last]
    return None if ahead else tuple(moves)


def _clock(plans: Plans, step: PlanLine) -> time:
    return step.due_at.astimezone(plans.zone).time()


def _room(plans: Plans, moves: Sequence[tuple[PlanLine, datetime]], to: date) -> bool:
    """Whether the day has room for what is moved there, and nothing collides on it then."""
    moved = {step.id for step, _at in moves}
    there = [step for step in plans.by_day.get(to, ()) if step.id not in moved]
    after = [*there, *(step._replace(due_at=at) for step, at in moves)]
    if sum(0.5 if step.key in plans.quick else 1 for step in after) > plans.a_day:
        return False
    found = _of_day(plans, to, after)
    return not any(moved & {step.id for step in one.steps} for one in found)
