"""Where plans of several events get in each other's way, and a shift out of it. Pure.

Operator's rules: no more than so many posts of one channel on a day; nobody gets two mails on one
day, nor too many touches in a week; no promotion on the day of another event; no more calls than a
day has room for; nothing goes out on a day off, also where only the region it goes to has one. A
shift goes to the next working day with room (else to the last one before), and keeps the order of
its plan: what would be overtaken goes along.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import combinations
from typing import NamedTuple
from zoneinfo import ZoneInfo

from opslog.domain.dates.regions import Region
from opslog.domain.dates.workdays import Workdays
from opslog.domain.events import days_off
from opslog.domain.events.calendar_days import standing_on
from opslog.domain.events.days_off import DayOff
from opslog.domain.events.events import PINNED, EventRow, PlanLine
from opslog.domain.events.plans.days_left import MAILS
from opslog.domain.events.plans.evidence import CALLS as CALLING
from opslog.domain.events.plans.evidence import read as evidence_named
from opslog.domain.events.plans.short_notice import A_DAY
from opslog.domain.events.stops import Stop

MAILS_MEET, OFTEN, CHANNEL, CALLS = "mails", "often", "channel", "calls"
OTHER_EVENT, DAY_OFF, HELD_OFF = "event", "day_off", "held_off"
MOST = 2  # steps of one channel on a day, over all events
A_WEEK = 7  # touches of the same people, by several events: "seven a week", a house may set less
REACH = 14  # days a shift may go
ALONG = 4  # steps a shift may take along
_TELLS = ("moments", "groups", *MAILS, "private", "phone")  # what reaches people that day
_TOUCHES = (*MAILS, "private")  # what is one touch for each who gets it
_WEEK = timedelta(days=6)  # before the seventh day


class Shift(NamedTuple):
    """Where steps go, the one that is in the way first, then those it takes along."""

    moves: tuple[tuple[PlanLine, datetime], ...]

    @property
    def step(self) -> PlanLine:
        return self.moves[0][0]

    @property
    def to(self) -> datetime:
        return self.moves[0][1]


@dataclass(frozen=True)
class Collision:
    """``steps`` are in each other's way, or in that of the event ``beside``. ``people``: how many
    get both mails, are touched so often, or are to be called; None where nobody knows. ``number``:
    how often somebody is touched; ``region``: whose day off it is, '' everybody's; ``off``: the
    day off that the event ``beside`` is held on, which has no steps."""

    kind: str
    day: date
    steps: tuple[PlanLine, ...]
    people: int | None = None
    beside: int | None = None
    number: int = 0
    region: str = ""
    off: DayOff | None = None
    plans: Plans | None = field(default=None, repr=False, compare=False)

    @property
    def events(self) -> set[int]:
        """Whose steps are in the way, or what is held on a day off."""
        held = {self.beside} if self.off and self.beside else set()
        return held | {step.event_id for step in self.steps}

    @cached_property
    def shifts(self) -> tuple[Shift, ...]:
        """At most two ways out, looked for only where somebody asks."""
        return tuple(_shifts(self.plans, self)) if self.plans else ()


@dataclass(frozen=True)
class Plans:
    """All plans, as far as they lie ahead.

    ``steps`` are open, in order of time; ``rounds`` the keys of steps that speak to everybody on
    their channel, ``quick`` of those of which two count as one. ``shared`` gives how many people
    two events reach both (None: not known, 0: nobody), ``callees`` how many an event's calls are
    to; ``calls`` fit into a day. ``sent`` are steps done that still count in somebody's week;
    ``region`` gives whose days off a step keeps beside everybody's, '' nobody's; ``stops`` are
    those of the events, ``regions`` where an event, or a stop of it, is.
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
    a_week: int = A_WEEK
    sent: Sequence[PlanLine] = ()
    region: Callable[[PlanLine, date], str] = lambda _step, _day: ""
    stops: Sequence[Stop] = ()
    regions: Callable[[int, int | None], Iterable[Region]] = lambda _event, _stop: ()

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

    def rests(self, step: PlanLine, day: date) -> bool:
        """Whether nothing goes out to whom the step is for on that day."""
        return not self.workdays.is_workday(day) or bool(self.region(step, day))

    @cached_property
    def of_event(self) -> dict[int, list[PlanLine]]:
        found: dict[int, list[PlanLine]] = {}
        for step in self.steps:
            found.setdefault(step.event_id, []).append(step)
        return found

    def touching(self, step: PlanLine) -> bool:
        """Whether it reaches a whole list, one by one."""
        after = step.phase == "after" and step.channel in MAILS
        return step.channel in _TOUCHES and (after or self.a_round(step))

    @cached_property
    def touches(self) -> tuple[list[date], list[PlanLine]]:
        """What reaches people one by one, by day: the days, and the steps."""
        known = sorted((one for one in (*self.sent, *self.steps) if self.touching(one)), key=_due)
        return [self.day(one.due_at) for one in known], known

    def meet(self, one: PlanLine, other: PlanLine) -> int | None:
        """How many people two steps of two events reach both; 0 nobody, or nobody knows of any,
        None where both speak to everybody."""
        people = self.shared(one.event_id, other.event_id)
        if people is None and not (self.a_round(one) and self.a_round(other)):
            return 0
        return people

    @cached_property
    def held(self) -> dict[date, list[EventRow]]:
        """The events of each day."""
        found: dict[date, list[EventRow]] = {}
        for event in self.events.values():
            for day, _stops in self.standing(event):
                found.setdefault(day, []).append(event)
        return found

    def standing(self, event: EventRow) -> list[tuple[date, list[Stop]]]:
        """The days an event takes place on, each with its stops."""
        own = [stop for stop in self.stops if stop.event_id == event.id]
        return standing_on(event, own, self.zone)


def find(plans: Plans) -> list[Collision]:
    """Every collision from today on, by day, each with at most two shifts out of it."""
    today = plans.day(plans.now)
    found: list[Collision] = []
    for day, steps in sorted(plans.by_day.items()):
        if day >= today:
            found += _of_day(plans, day, steps)
    found += [one for event in plans.events.values() for one in _held_off(plans, event, today)]
    found.sort(key=lambda one: one.day)
    return [replace(one, plans=plans) for one in found]


def _held_off(plans: Plans, event: EventRow, today: date) -> list[Collision]:
    """The days off that an event is held on."""

    def regions(stop: Stop | None) -> Iterable[Region]:
        return plans.regions(event.id, stop.id if stop else None)

    standing = [one for one in plans.standing(event) if one[0] >= today]
    return [
        Collision(HELD_OFF, one.day, (), beside=event.id, off=one)
        for one in days_off.found(standing, plans.workdays, regions)
    ]


def _of_day(plans: Plans, day: date, steps: Sequence[PlanLine]) -> list[Collision]:
    found = [*_mails(plans, day, steps), *_calls(plans, day, steps), *_often(plans, day, steps)]
    told = {step.id for one in found for step in one.steps}
    rounds = [step for step in steps if plans.a_round(step)]
    for channel in dict.fromkeys(step.channel for step in rounds):
        same = [step for step in rounds if step.channel == channel]
        if len(same) > MOST and not told >= {step.id for step in same}:
            found.append(Collision(CHANNEL, day, tuple(same)))
    for event in plans.held.get(day, ()):
        others = [s for s in rounds if s.phase == "before" and s.event_id != event.id]
        promotes = [s for s in others if s.channel in _TELLS and not _of_its_day(s)]
        if promotes:
            found.append(Collision(OTHER_EVENT, day, tuple(promotes), beside=event.id))
    for step in steps:
        if step.channel in _TELLS and step.phase != "day" and plans.rests(step, day):
            region = plans.region(step, day) if plans.workdays.is_workday(day) else ""
            found.append(Collision(DAY_OFF, day, (step,), region=region))
    return found


def _mails(plans: Plans, day: date, steps: Sequence[PlanLine]) -> list[Collision]:
    """Mails of two events to people who get both."""
    found = []
    mails = [step for step in steps if step.channel in MAILS and plans.touching(step)]
    for one, other in combinations(mails, 2):
        if one.event_id == other.event_id or one.channel != other.channel:
            continue
        people = plans.meet(one, other)
        if people != 0:
            found.append(Collision(MAILS_MEET, day, (one, other), people))
    return found


def _often(plans: Plans, day: date, steps: Sequence[PlanLine]) -> list[Collision]:
    """People whom several events touch more often in the seven days up to this one than they
    bear; what is of the day is in the way."""
    here = [step for step in steps if plans.touching(step)]
    own = [step for step in here if not _of_its_day(step)]
    if not own:  # reminders of what somebody signed up for count, and are never held back
        return []
    days, known = plans.touches
    moved = {step.id for step in steps}
    week = [
        step
        for step in known[bisect_left(days, day - _WEEK) : bisect_left(days, day)]
        if step.id not in moved
    ]
    if len(week) + len(here) <= plans.a_week:
        return []
    last = own[-1]
    met = {
        event: people
        for event, one in {one.event_id: one for one in (*week, *here)}.items()
        if event != last.event_id and (people := plans.meet(one, last)) != 0
    }
    same = [one for one in (*week, *here) if one.event_id in met or one.event_id == last.event_id]
    if not met or len(same) <= plans.a_week:
        return []
    people = max((one for one in met.values() if one is not None), default=None)
    touched = tuple(one for one in own if one in same)
    return [Collision(OFTEN, day, touched, people, number=len(same))]


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
    """At most two, of two steps where there are two: the one that moves least first. Of no step
    none: an event on a day off is moved by hand."""
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
        if to < plans.day(plans.now) or plans.rests(step, to):
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
    own = [one for one in plans.of_event.get(step.event_id, ()) if one.id != step.id]
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


def _due(step: PlanLine) -> datetime:
    return step.due_at


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
