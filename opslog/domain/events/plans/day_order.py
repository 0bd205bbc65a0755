"""The order of what days off bring together on one day. Pure.

Each step is placed for itself, so a holiday puts steps of different days on the working day before
it, each at its own hour: the two rounds of a channel in one minute, the form before the date it is
for. Two rounds that meet become one; of the work, what was planned later is done later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from opslog.domain.events.events import (
    DAYOFF,
    DONE,
    DROPPED,
    FLOATING,
    LATE,
    MERGED,
    PUSHED,
    UNPUBLISHED,
    PlanLine,
)

if TYPE_CHECKING:
    from opslog.domain.events.plans.planning import Present
    from opslog.domain.events.plans.short_notice import Pace

LUNCH, BACK, CLOSES = time(12), time(13), time(18)
_HOUR = timedelta(hours=1)
_NEVER = datetime.min.replace(tzinfo=UTC)
Audience = tuple[int | None, str]


def audience(line: PlanLine) -> Audience:
    """Whom a message reaches: on its channel those of the event, or of a stop of it."""
    return line.stop_id, line.channel


def waits(line: PlanLine, other: PlanLine) -> bool:
    """Whether a message may wait for ``other``: work for the whole, or for its own stop."""
    return other.stop_id in (None, line.stop_id)


def rounds_that_met(
    lines: Sequence[PlanLine], present: Present, pace: Pace, bound: frozenset[int]
) -> Iterator[tuple[int, PlanLine]]:
    """The later of two rounds on a channel that a day off put on one day: the earlier stands for
    both. Not the reminder, which is ``bound`` to the day before; what short notice put there is
    its own matter."""
    first: dict[tuple[Audience, date], int] = {}
    for number, line in _by_plan(lines, pace):
        if line.key not in pace.rounds or not _placed(line) or number in bound:
            continue
        at = (audience(line), _day(line, present))
        if at in first and line.state == FLOATING and DAYOFF in {*line.why, *lines[first[at]].why}:
            yield number, merged(line, line.due_at)
        first.setdefault(at, number)


def work_in_turn(
    lines: Sequence[PlanLine], present: Present, pace: Pace, bound: frozenset[int]
) -> Iterator[tuple[int, PlanLine]]:
    """Work that a day off brought forward comes after the work of that day which was planned
    before it, each taking its time; but not behind the message that waits for it. Not what is
    ``bound`` to the day before the event."""
    sent = _sent(lines, present, bound)
    until: dict[date, tuple[datetime, datetime]] = {}  # when the last begins and is through
    for number, line in _by_plan(lines, pace):
        if line.channel or not _placed(line) or number in bound:
            continue
        day = _day(line, present)
        began, through = until.get(day, (line.due_at, line.due_at))
        at = line.due_at
        if DAYOFF in line.why and day in until and at <= began:
            turn = _after(through, day, present)
            wanted = _wanted(line)
            ends = [
                line.closes_at,
                *(x.due_at for x in sent.get(day, ()) if _wanted(x) > wanted and waits(x, line)),
            ]
            if turn is not None and all(end is None or turn <= end for end in ends):
                at = turn
                if line.state == FLOATING:
                    yield number, line._replace(due_at=at, planned_at=wanted)
        until[day] = max((at, at + _HOUR * pace.weight(line)), (began, through))


def _sent(
    lines: Sequence[PlanLine], present: Present, bound: frozenset[int]
) -> dict[date, list[PlanLine]]:
    """By day what goes out on it."""
    found: dict[date, list[PlanLine]] = {}
    for number, line in enumerate(lines):
        if line.channel and _placed(line) and number not in bound:
            found.setdefault(_day(line, present), []).append(line)
    return found


def _wanted(line: PlanLine) -> datetime:
    return line.planned_at or line.due_at


def reminders_behind(
    lines: Sequence[PlanLine],
    after: Mapping[int, PlanLine],
    present: Present,
    bound: frozenset[int],
) -> Iterator[tuple[int, PlanLine]]:
    """Reminders of the day before, where what is late is done that very day: nobody is reminded
    before the invitation is out. What goes out in the evening they do not wait for."""
    late = [
        line
        for line in after.values()
        if line.due_at.astimezone(present.zone).time() < CLOSES
        and line.state == FLOATING
        and {LATE, PUSHED} & set(line.why)
    ]
    last: dict[tuple[int | None, date], datetime] = {}  # by stop and day
    for number in sorted(bound, key=lambda number: lines[number].due_at):
        line = lines[number]
        day = _day(line, present)
        mine = [x.due_at for x in late if _day(x, present) == day and waits(line, x)]
        behind = max([*mine, last.get((line.stop_id, day), _NEVER)])
        if line.state != FLOATING or not line.channel or line.due_at > behind:
            continue
        at = behind + _HOUR / 4
        in_time = line.closes_at is None or at <= line.closes_at
        if in_time and at.astimezone(present.zone).time() <= CLOSES and _on(at, day, present):
            last[line.stop_id, day] = at
            why = line.why if PUSHED in line.why else (*line.why, PUSHED)
            planned = line.planned_at or line.due_at
            yield number, line._replace(due_at=at, planned_at=planned, why=why)


def merged(line: PlanLine, at: datetime | None = None) -> PlanLine:
    """Not to be done: another round on its channel stands for it; ``at`` else where it was
    planned."""
    why = (MERGED, *(code for code in line.why if code == UNPUBLISHED))
    due = at or line.planned_at or line.due_at
    return line._replace(due_at=due, planned_at=None, why=why, state=DROPPED)


def _by_plan(lines: Sequence[PlanLine], pace: Pace) -> list[tuple[int, PlanLine]]:
    """In the order that the playbook means, with their places in ``lines``."""
    return sorted(
        enumerate(lines),
        key=lambda one: (
            one[1].planned_at or one[1].due_at,
            pace.order.get(one[1].key, len(pace.order)),
            one[1].stop_id or 0,
            one[1].id,
        ),
    )


def _placed(line: PlanLine) -> bool:
    """Whether it prepares the event and lies, or lay, where the rules alone put it: what is done
    has had its turn, so that doing a step moves no other."""
    late = {LATE, PUSHED} & set(line.why)
    return line.phase == "before" and line.state in (FLOATING, DONE) and not late


def _after(moment: datetime, day: date, present: Present) -> datetime | None:
    """When the next work can begin; None where the day is over."""
    clock = moment.astimezone(present.zone).time()
    if LUNCH <= clock < BACK:
        moment = present.at(day, BACK)
    return moment if clock < CLOSES and _on(moment, day, present) else None


def _day(line: PlanLine, present: Present) -> date:
    return line.due_at.astimezone(present.zone).date()


def _on(moment: datetime, day: date, present: Present) -> bool:
    return moment.astimezone(present.zone).date() == day
