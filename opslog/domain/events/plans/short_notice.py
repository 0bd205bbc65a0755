"""Where less time is left than a plan wants. Pure.

Operator's rule: the order of steps is kept, rounds of promotion that would meet on one day become
one, and what can no longer be done is missed; a heap of fifteen steps "due today" is no plan.

What is late takes the working days there are from today on, in the playbook's order, so much a day
(``Pace``); what comes after it waits for it. What belongs to the day before or to the day itself
stays there. Where a day is full, what may be spared is left out first. An event and its stops are
one plan: one order, and one measure of a day, each step up to the start of what it hangs on. Where
something would be missed for that, nothing waits for another stop, and the first stop has its turn.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from opslog.domain.events.events import (
    DONE,
    FLOATING,
    LATE,
    MISSED,
    PINNED,
    PlanLine,
)
from opslog.domain.events.plans import day_order
from opslog.domain.events.plans.day_order import audience, merged
from opslog.domain.events.plans.days_left import Days, Waiting, bound, hurried

if TYPE_CHECKING:
    from opslog.domain.events.plans.planning import Present, Span

# What fits into a day beside all other work; a playbook may say another number.
A_DAY = 6
_LONGEST = 400  # days looked ahead for room
_TRIES = 20  # steps that are left out, one after the other, to make room


class Pace(NamedTuple):
    """What a playbook says of working through it in a hurry, by the keys of its steps.

    ``a_day``: so many steps a day, beside what belongs to it; of the ``quick``, which take
    minutes, two count as one. ``spare`` may be left out; ``rounds`` speak to everybody on their
    channel; ``order`` ranks what is wanted at the same moment.
    """

    a_day: int = A_DAY
    quick: frozenset[str] = frozenset()
    spare: frozenset[str] = frozenset()
    rounds: frozenset[str] = frozenset()
    order: Mapping[str, int] = {}

    def weight(self, line: PlanLine) -> float:
        return 0.5 if line.key in self.quick else 1


USUAL = Pace()


def in_turn(
    lines: Sequence[PlanLine], spans: Sequence[Span], present: Present, pace: Pace
) -> list[PlanLine]:
    """The same steps in the same order, what is late of them put where there is room.

    ``lines`` as the rules of ``planning`` place each for itself, ``spans`` the days that each
    hangs on, of the event or of a stop of it; what is done, pinned or dropped stays.
    """
    found = list(lines)
    late = any(_late(line) for line in found)
    for phase in ("before", "after") if late else ():
        for number, line in _phase(phase, list(found), spans, present, pace).items():
            found[number] = line
    kept = frozenset(number for number, line in enumerate(found) if bound(line))
    seen = [_as_planned(*one, present) for one in zip(found, spans, strict=True)]
    for number, line in list(day_order.rounds_that_met(seen, present, pace, kept)):
        found[number] = seen[number] = line
    full = {_day(line, present) for line in found if hurried(line)}
    kept |= {number for number, line in enumerate(seen) if _day(line, present) in full}
    for number, line in list(day_order.work_in_turn(seen, present, pace, kept)):
        found[number] = line
    return found


def _day(line: PlanLine, present: Present) -> date:
    return line.due_at.astimezone(present.zone).date()


def _as_planned(line: PlanLine, span: Span, present: Present) -> PlanLine:
    """What is done, where it would stand: doing a step moves no other."""
    from opslog.domain.events.plans.planning import closing, place

    if line.state != DONE:
        return line
    placed = place(line, closing(line, span), span, present)
    return line._replace(due_at=placed.due_at, planned_at=placed.planned_at, why=placed.why)


def _late(line: PlanLine) -> bool:
    return line.state == FLOATING and LATE in line.why and line.phase != "day"


def _phase(
    phase: str, lines: Sequence[PlanLine], spans: Sequence[Span], present: Present, pace: Pace
) -> dict[int, PlanLine]:
    """What becomes of the steps of one phase, by their place in ``lines``."""
    found = [
        (number, line)
        for number, line in enumerate(lines)
        if line.phase == phase and line.state == FLOATING and not bound(line)
    ]
    found.sort(key=lambda pair: _rank(pair[1], pace))
    if not any(_late(line) for _number, line in found):
        return {}
    taken = {number for number, _line in found}
    fixed = [
        line
        for number, line in enumerate(lines)
        if number not in taken and line.state in (FLOATING, PINNED, DONE)
    ]
    days = _days_of(phase, {spans[number] for number, _line in found}, present)
    first = min(spans[number].start for number, _line in found)
    queue = [
        Waiting(place, line, days[spans[number]], spans[number].start > first)
        for place, (number, line) in enumerate(found)
    ]
    every = sorted({day for some in days.values() for day in some})

    def run(strict: bool, without: Collection[str]) -> list[PlanLine]:
        made = Days(every, fixed, present, pace, strict, phase == "after").all(queue, without)
        return [made[number] for number in range(len(queue))]

    spare = [line.key for _number, line in found if line.key in pace.spare][-_TRIES:]
    best = _sparing(partial(run, True), spare, pace)
    if _lost(best, pace) and len(days) > 1:
        queue.sort(key=lambda one: one.later)
        best = min(best, _sparing(partial(run, False), spare, pace), key=lambda x: _lost(x, pace))
    after = {number: line for (number, _line), line in zip(found, best, strict=True)}
    if phase == "before":
        after |= dict(_merged(lines, after, present, pace))
        left = [after.get(number, line) for number, line in enumerate(lines)]
        reminders = frozenset(number for number, line in enumerate(lines) if bound(line))
        after |= dict(day_order.reminders_behind(left, after, present, reminders))
    return after


def _sparing(
    run: Callable[[Collection[str]], list[PlanLine]], spare: Sequence[str], pace: Pace
) -> list[PlanLine]:
    """What ``run`` makes of the steps without those that may be spared, where that makes room."""
    best, left_out = run(()), list[str]()
    for count in range(1, len(spare) + 1):
        if _lost(best, pace) and _lost(made := run(spare[-count:]), pace) < _lost(best, pace):
            best, left_out = made, list(spare[-count:])
    for key in list(left_out):  # what of it makes no room for anything is done all the same
        without = [other for other in left_out if other != key]
        if _lost(made := run(without), pace) <= _lost(best, pace):
            best, left_out = made, without
    return best


def _lost(made: Iterable[PlanLine], pace: Pace) -> int:
    return sum(line.state == MISSED and line.key not in pace.spare for line in made)


def _rank(line: PlanLine, pace: Pace) -> tuple[datetime, int, int, int]:
    wanted = line.planned_at or line.due_at
    return wanted, pace.order.get(line.key, len(pace.order)), line.stop_id or 0, line.id


def _days_of(phase: str, spans: Collection[Span], present: Present) -> dict[Span, Sequence[date]]:
    """The days of each. Where one has to do with days off, so have the others: what is planned
    before it does not put it off to a working day that is too late for it."""
    found = {span: _days(phase, span, present) for span in spans}
    off = {day for days in found.values() for day in days if not present.workdays.is_workday(day)}
    return {
        span: sorted({*days, *(day for day in off if day <= days[-1])})
        for span, days in found.items()
    }


def _days(phase: str, span: Span, present: Present) -> list[date]:
    """The days that may be used: working days where there are any, else all."""
    if phase == "after":
        last = present.today + timedelta(days=_LONGEST)
    else:
        last = span.start.astimezone(present.zone).date()
    count = min((last - present.today).days, _LONGEST)
    days = [present.today + timedelta(days=number) for number in range(count + 1)]
    return [day for day in days if present.workdays.is_workday(day)] or days


def _merged(
    lines: Sequence[PlanLine],
    after: Mapping[int, PlanLine],
    present: Present,
    pace: Pace,
) -> Iterator[tuple[int, PlanLine]]:
    """Rounds that a round put elsewhere stands for: one that is no longer possible, and the
    reminder on the same channel that would be sent the same day."""
    put = [
        (audience(line), _day(line, present), line.planned_at is not None)
        for line in after.values()
        if line.key in pace.rounds and line.state == FLOATING
    ]
    for number, line in enumerate(lines):
        line = after.get(number, line)
        open_by_rule = line.state in (FLOATING, MISSED)  # what is done or pinned stays what it is
        if line.key not in pace.rounds or line.phase != "before" or not open_by_rule:
            continue
        own = [(day, late) for whom, day, late in put if whom == audience(line)]
        day = _day(line, present)
        too_late = line.state == MISSED and own and not bound(line)
        if too_late or (number not in after and any(late and on == day for on, late in own)):
            yield number, merged(line)
