"""How late the steps of plans were done, over several events of a kind: what acts are drawn from.

Days of lateness are working days: what was wanted on a Friday and done on Monday is one late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from statistics import median_high
from typing import NamedTuple
from zoneinfo import ZoneInfo

from opslog.domain.dates.workdays import Workdays
from opslog.domain.events.events import DONE, JOINED, MERGED, PlanLine
from opslog.domain.events.plans.planning import working_day

LEAST_EVENTS = 3  # fewer say nothing
MOST = 0.6  # of the events that had the step
HALF = 0.5  # of a plan, done: then it was kept
WEEK = 5  # working days
PHONE = "phone"  # reminds, and promotes nothing


class StepKept(NamedTuple):
    """One step of one event: its ``offset`` then, and how many working days late it was done; None
    where it was never done."""

    key: str
    offset: int
    late: int | None


class Lateness(NamedTuple):
    """A step over ``of`` events: the days of those where it was ``late``, how often it was never
    done."""

    of: int
    late: tuple[int, ...]
    never: int

    @property
    def days(self) -> int:
        """So many working days earlier, and most of those that were late would have been in time;
        0 where it was late too seldom to say."""
        return median_high(self.late) if _mostly(len(self.late), self.of) else 0

    @property
    def mostly_undone(self) -> bool:
        return _mostly(self.never, self.of)


def _mostly(number: int, of: int) -> bool:
    return number >= LEAST_EVENTS and number >= MOST * of


def kept(
    lines: Iterable[PlanLine], entered: date, workdays: Workdays, zone: ZoneInfo
) -> list[StepKept]:
    """The steps of an event's plan that are over.

    What counts is the day the plan wanted, wherever a step was moved since. A step wanted before
    its event was ``entered`` says nothing of the step, nor does one of the operator's own; nor
    what was never done in a plan that was hardly kept at all.
    """
    found = list(_kept(lines, entered, workdays, zone))
    done = [one for one in found if one.late is not None]
    return found if len(done) >= HALF * len(found) else done


def _kept(
    lines: Iterable[PlanLine], entered: date, workdays: Workdays, zone: ZoneInfo
) -> Iterator[StepKept]:
    for line in lines:
        day, _why = working_day(
            line.phase, (line.planned_at or line.due_at).astimezone(zone).date(), workdays
        )
        by_rule = {JOINED, MERGED} & set(line.why)  # nothing was neglected
        if not line.key or line.open or day < entered or by_rule:
            continue
        if line.state != DONE:
            yield StepKept(line.key, line.offset, None)
        elif line.done_at is not None:
            done = line.done_at.astimezone(zone).date()
            yield StepKept(line.key, line.offset, working_days(day, done, workdays))


def working_days(wanted: date, done: date, workdays: Workdays) -> int:
    """How many working days after a day another one lies; 0 on it and before."""
    after = range(1, (done - wanted).days + 1)
    return sum(workdays.is_workday(wanted + timedelta(days=number)) for number in after)


def over_events(kept: Sequence[StepKept], key: str, offset: int) -> Lateness:
    """One step over several events, against the day it has in today's plan: where that is
    earlier than it was then, so much less late."""
    ones = [one for one in kept if one.key == key]
    late = [one.late - _working(max(one.offset - offset, 0)) for one in ones if one.late]
    return Lateness(
        of=len(ones),
        late=tuple(days for days in late if days > 0),
        never=sum(one.late is None for one in ones),
    )


def calendar_days(days: int) -> int:
    """Working days as days of an offset: each full week of them has a weekend."""
    return days + 2 * (days // WEEK)


def _working(days: int) -> int:
    return days - 2 * (days // (WEEK + 2))


class WarmUp(NamedTuple):
    """The first promotion of an event: when the plan wanted it, when it ``went`` out (None: never),
    and so many working days later."""

    wanted: date
    went: date | None
    late: int


def warm_up(lines: Iterable[PlanLine], workdays: Workdays, zone: ZoneInfo) -> WarmUp | None:
    """None for a plan without promotion."""
    rounds = [x for x in lines if x.phase == "before" and x.channel not in ("", PHONE)]
    wanted = min(((x.planned_at or x.due_at).astimezone(zone).date() for x in rounds), default=None)
    if wanted is None:
        return None
    went = min((x.done_at.astimezone(zone).date() for x in rounds if x.done_at), default=None)
    wanted, _why = working_day("before", wanted, workdays)
    return WarmUp(wanted, went, working_days(wanted, went, workdays) if went else 0)
