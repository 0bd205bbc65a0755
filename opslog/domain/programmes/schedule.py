"""When somebody's messages go: each step on a working day, in order, never two on one day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from opslog.domain.dates.days import add_months
from opslog.domain.programmes.programme import (
    ALTERNATE,
    EVENING,
    LEAVING,
    LUNCH,
    Programme,
    Step,
)

if TYPE_CHECKING:  # what levels there are is asked for where messages are planned
    from opslog.domain.calls.seniority import Level

_DAY = timedelta(days=1)
_LONGEST = 400  # days off in a row that are looked through
# Levels of seniority that are written to in the evening (operator's rule).
EXECUTIVES = frozenset({"owner", "chief", "vice", "boss"})
HOURS = {
    LUNCH: (time(11), time(12)),
    LEAVING: (time(17, 30), time(18, 30)),
    EVENING: (time(19, 30), time(21)),
}
IsWorkday = Callable[[date], bool]


class Planned(NamedTuple):
    step: Step
    on: date


class Place(NamedTuple):
    """Where somebody is: ``number`` of the steps planned, those ``missed`` before it."""

    number: int
    missed: tuple[int, ...]


def wanted(step: Step, start: date) -> date:
    """The day a step would have were every day worked; the 31st becomes a month's last day."""
    if step.months:
        return add_months(start, step.months)
    return start + timedelta(days=step.day - 1)


def start_for(step: Step, day: date) -> date:
    """The date to hang somebody on for whom ``step`` is on ``day``."""
    start = day - timedelta(days=step.day - 1)
    if not step.months:
        return start
    start = add_months(day, -step.months)
    while wanted(step, start) < day:
        start += _DAY
    return start


def plan(steps: Sequence[Step], start: date, is_workday: IsWorkday) -> list[Planned]:
    """Each step with its day.

    A day off becomes the next working day. What would then fall on the day of the step before it,
    or ahead of that, comes half the gap wanted later, at least a day: so a holiday week neither
    heaps up nor puts off all that comes.
    """
    found: list[Planned] = []
    for step in steps:
        day = wanted(step, start)
        if found and day <= found[-1].on:
            gap = (day - wanted(found[-1].step, start)).days
            day = found[-1].on + timedelta(days=max(gap // 2, 1))
        found.append(Planned(step, workday(day, is_workday)))
    return found


def workday(day: date, is_workday: IsWorkday) -> date:
    """The day, or the next that is worked; itself where none is for over a year."""
    later = (day + timedelta(days=n) for n in range(_LONGEST))
    return next((one for one in later if is_workday(one)), day)


def place(planned: Sequence[Planned], step: str, today: date) -> Place | None:
    """Where somebody stands whose next step is ``step``: a step is due until the day of the next
    one and missed from then on; the last one stays due. None where there is no such step."""
    number = next((n for n, one in enumerate(planned) if one.step.id == step), None)
    if number is None:
        return None
    first = number
    while number + 1 < len(planned) and planned[number + 1].on <= today:
        number += 1
    return Place(number, tuple(range(first, number)))


def following(
    planned: Sequence[Planned], number: int, today: date, is_workday: IsWorkday
) -> Planned | None:
    """The step behind, a working day after today at the earliest; None behind the last."""
    if number + 1 >= len(planned):
        return None
    step, on = planned[number + 1]
    return Planned(step, workday(max(on, today + _DAY), is_workday))


def slot(programme: Programme, step: Step, level: Level | None) -> str:
    """When on its day somebody of a level gets a step: lunch, leaving, evening, or HH:MM."""
    if step.clock is not None:
        return f"{step.clock:%H:%M}"
    if level is not None and level.code in EXECUTIVES:
        return EVENING
    if programme.staff != ALTERNATE:
        return programme.staff
    number = next((n for n, one in enumerate(programme.steps) if one.id == step.id), 0)
    return (LUNCH, LEAVING)[number % 2]


def hours(slot: str) -> tuple[time, time]:
    """From when until when."""
    if slot in HOURS:
        return HOURS[slot]
    begins = time.fromisoformat(slot)
    return begins, time(min(begins.hour + 1, 23), begins.minute if begins.hour < 23 else 59)
