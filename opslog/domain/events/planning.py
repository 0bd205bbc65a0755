"""Planning backwards from an event's date. Pure: the present moment is passed in.

Operator's rules: a step before the event that falls on a day off moves to the working day
before it, a step after the event to the working day after it, a step on the day itself stays.
What is past due but still possible is done late (``short_notice``), its original date kept; what
is no longer possible is missed.
Offsets are fixed from the event, never from another step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from opslog.domain.dates.days import add_months
from opslog.domain.dates.workdays import Workdays
from opslog.domain.events.events import (
    DAYOFF,
    DONE,
    DROPPED,
    FLOATING,
    HAND,
    LATE,
    MERGED,
    MISSED,
    PINNED,
    STAYS,
    UNPUBLISHED,
    PlanItem,
    PlanLine,
    closed,
)
from opslog.domain.events.kinds import Traits
from opslog.domain.events.playbooks import DEFAULT_UNTIL, Playbook, StepRule, Until
from opslog.domain.events.short_notice import USUAL, Pace, in_turn


class Timing(Protocol):
    """What places a step in time: a step of a playbook or of a stored plan."""

    @property
    def anchor(self) -> str: ...
    @property
    def phase(self) -> str: ...
    @property
    def offset(self) -> int: ...
    @property
    def offset_months(self) -> int: ...
    @property
    def clock(self) -> time | None: ...


@dataclass(frozen=True)
class Span:
    """An event's start and end, instants."""

    start: datetime
    end: datetime

    def anchor(self, name: str) -> datetime:
        return self.end if name == "end" else self.start


@dataclass(frozen=True)
class Present:
    """Where and when planning happens: the present instant, the calendar, the zone."""

    now: datetime
    workdays: Workdays
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(self.now.tzinfo)


@dataclass(frozen=True)
class Placed:
    """Where a step comes to lie, and why it isn't where its offset puts it."""

    due_at: datetime
    planned_at: datetime | None
    closes_at: datetime
    why: tuple[str, ...]
    state: str


@dataclass(frozen=True)
class Moved:
    """A step and what a move of its event makes of it; both the same where it stays."""

    before: PlanLine
    after: PlanLine


@dataclass(frozen=True)
class Replan:
    """What a move does to a plan. Every step is in exactly one of the lists.

    ``unchanged`` are open steps whose date stays; ``added`` and ``removed`` are filled only
    where another kind, host, list or audience makes it another plan.
    """

    shifted: tuple[Moved, ...] = ()
    unchanged: tuple[Moved, ...] = ()
    pinned: tuple[Moved, ...] = ()
    done: tuple[Moved, ...] = ()
    missed: tuple[Moved, ...] = ()
    dropped: tuple[Moved, ...] = ()
    added: tuple[PlanLine, ...] = ()
    removed: tuple[PlanLine, ...] = ()

    @property
    def all(self) -> tuple[Moved, ...]:
        return (
            *self.shifted,
            *self.unchanged,
            *self.pinned,
            *self.done,
            *self.missed,
            *self.dropped,
        )


def place(step: Timing, closes: datetime, span: Span, present: Present) -> Placed:
    """The date of one step. ``closes`` is the instant from which it is no longer possible."""
    anchor = span.anchor(step.anchor).astimezone(present.zone)
    clock = step.clock or anchor.time()
    wanted = add_months(anchor.date(), step.offset_months) + timedelta(days=step.offset)
    day, why = working_day(step.phase, wanted, present.workdays)
    if any(not present.workdays.published(d.year) for d in (wanted, day)):
        why.append(UNPUBLISHED)

    def bounded(instant: datetime, closes: datetime = closes) -> datetime:
        # Never after the start where it prepares the event, never before the end where it
        # follows it, whatever the clock times of a playbook say about an event at dawn.
        if step.phase == "after":
            return max(instant, span.anchor(step.anchor))
        return min(instant, closes)

    planned = bounded(present.at(wanted, clock))
    due = kept = bounded(present.at(day, clock))
    state = FLOATING
    if closed(step.phase, due, closes, present.now):
        state = MISSED
    elif due.astimezone(present.zone).date() < present.today:
        end = span.start if step.phase == "before" else None
        late = _late_day(step.phase, wanted, clock, end, present)
        # Days off may hold it up past what the playbook thought possible.
        due = bounded(present.at(late, clock), end if end and late > wanted else closes)
        why.append(LATE)
    # A late start may bring a step back to the very day off it was moved from.
    original = next((instant for instant in (planned, kept) if instant != due), None)
    return Placed(due, original, closes, tuple(why), state)


def _late_day(
    phase: str, wanted: date, clock: time, end: datetime | None, present: Present
) -> date:
    """Today, or from a day off the next working day where that is before ``end``; where none is,
    the day it was wanted on all the same, unless that is past."""
    if phase == "day" or present.workdays.is_workday(present.today):
        return present.today
    following = present.workdays.next(present.today)
    if end is None or present.at(following, clock) < end:
        return following
    return max(present.today, wanted)


def working_day(phase: str, wanted: date, workdays: Workdays) -> tuple[date, list[str]]:
    """Where a step goes that is wanted on a day, and why."""
    if workdays.is_workday(wanted):
        return wanted, []
    if phase == "before":
        return workdays.previous(wanted), [DAYOFF]
    if phase == "after":
        return workdays.next(wanted), [DAYOFF]
    return wanted, [STAYS]


def plan(playbook: Playbook, traits: Traits, span: Span, present: Present) -> list[PlanLine]:
    """A new event's plan, in order of time. Ids are 0: nothing is kept yet."""
    lines = [line_of(rule, traits, span, present) for rule in playbook.steps_for(traits)]
    return in_order(in_turn(lines, span, present, playbook.pace))


def line_of(rule: StepRule, traits: Traits, span: Span, present: Present) -> PlanLine:
    """One step of a playbook as a line of an event's plan."""
    placed = place(rule, rule.until.moment(span.start, span.end, present.zone), span, present)
    return PlanLine(
        id=0,
        event_id=0,
        key=rule.key,
        title=rule.title,
        title_en=rule.title_en,
        anchor=rule.anchor,
        offset=rule.offset,
        offset_months=rule.offset_months,
        clock=rule.clock,
        channel=rule.channel,
        phase=rule.phase,
        due_at=placed.due_at,
        planned_at=placed.planned_at,
        closes_at=placed.closes_at,
        lead_days=rule.lead_days,
        why=placed.why,
        state=placed.state,
        items=tuple(
            PlanItem(0, item.title, item.title_en, kind=item.answer)
            for item in rule.items
            if item.only.holds(traits)
        ),
        evidence=rule.evidence,
    )


def line_by_hand(title: str, due_at: datetime, span: Span, present: Present) -> PlanLine:
    """A step of the operator's own. It moves with the event where the rules would put it at
    the very time asked for, and is pinned where they would not."""
    local = due_at.astimezone(present.zone)
    after = due_at > span.end
    anchor = span.anchor("end" if after else "start").astimezone(present.zone)
    offset = (local.date() - anchor.date()).days
    phase = "after" if after else "before" if due_at <= span.start and offset else "day"
    until = Until(*_default_until(phase))
    line = PlanLine(
        id=0,
        event_id=0,
        key="",
        title=title,
        title_en="",
        anchor="end" if after else "start",
        offset=offset,
        offset_months=0,
        clock=local.time().replace(second=0),
        channel="",
        phase=phase,
        due_at=due_at,
        planned_at=None,
        closes_at=until.moment(span.start, span.end, present.zone),
        lead_days=1,
        why=(),
        state=FLOATING,
    )
    placed = place(line, _closes(line, span), span, present)
    if placed.due_at != due_at or placed.state == MISSED:
        return line._replace(state=PINNED, why=(HAND,))
    return line._replace(why=placed.why)


def _default_until(phase: str) -> tuple[str, int]:
    anchor, _plus, days = DEFAULT_UNTIL[phase].partition("+")
    return anchor, int(days.rstrip("d") or 0)


def replan(
    lines: Iterable[PlanLine], old: Span, new: Span, present: Present, pace: Pace = USUAL
) -> Replan:
    """What moving an event from ``old`` to ``new`` makes of its plan.

    Only open steps move; a missed one whose new date lies ahead is open again.
    """
    before = list(lines)
    moved = [_moved(line, old, new, present) for line in before]
    into: dict[str, list[Moved]] = {}
    for line, after in zip(before, in_turn(moved, new, present, pace), strict=True):
        same = (after.due_at, after.state) == (line.due_at, line.state)
        name = after.state if after.state != FLOATING else "unchanged" if same else "shifted"
        into.setdefault(name, []).append(Moved(line, after))
    return Replan(
        shifted=tuple(into.get("shifted", ())),
        unchanged=tuple(into.get("unchanged", ())),
        pinned=tuple(into.get(PINNED, ())),
        done=tuple(into.get(DONE, ())),
        missed=tuple(into.get(MISSED, ())),
        dropped=tuple(into.get(DROPPED, ())),
    )


def _stays(line: PlanLine) -> bool:
    """Whether no move of the event touches it: done, pinned, or dropped by hand."""
    return line.state in (DONE, PINNED) or (line.state == DROPPED and MERGED not in line.why)


def _moved(line: PlanLine, old: Span, new: Span, present: Present) -> PlanLine:
    closes = _closes(line, old) + (new.anchor(line.anchor) - old.anchor(line.anchor))
    if _stays(line):
        return line._replace(closes_at=closes)
    placed = place(line, closes, new, present)
    return line._replace(
        due_at=placed.due_at,
        planned_at=placed.planned_at,
        closes_at=placed.closes_at,
        why=placed.why,
        state=placed.state,
    )


def rederive(
    lines: Sequence[PlanLine],
    playbook: Playbook,
    traits: Traits,
    old: Span,
    new: Span,
    present: Present,
) -> Replan:
    """What another kind, host, list or audience makes of a plan, with the event now at ``new``.

    Steps that are done, pinned or the operator's own stay whatever the playbook says; open ones
    it doesn't have are removed, and those it has beyond them are added.
    """
    rules = {rule.key: rule for rule in playbook.steps_for(traits)}
    stays = {line.id for line in lines if not line.key or _stays(line)}
    removed = [line for line in lines if line.id not in stays and line.key not in rules]
    kept = [line for line in lines if line.id in stays or line.key in rules]
    timed = [
        line if line.id in stays else _retimed(line, rules[line.key], old, present.zone)
        for line in kept
    ]
    before = {line.id: line for line in kept}
    known = {line.key for line in kept}
    added = [
        line_of(rule, traits, old, present) for rule in rules.values() if rule.key not in known
    ]
    moved = replan([*timed, *added], old, new, present, playbook.pace)

    def as_it_was(moves: tuple[Moved, ...]) -> tuple[Moved, ...]:
        return tuple(Moved(before[move.after.id], move.after) for move in moves if move.after.id)

    return Replan(
        shifted=as_it_was(moved.shifted),
        unchanged=as_it_was(moved.unchanged),
        pinned=as_it_was(moved.pinned),
        done=as_it_was(moved.done),
        missed=as_it_was(moved.missed),
        dropped=as_it_was(moved.dropped),
        added=tuple(move.after for move in moved.all if not move.after.id),
        removed=tuple(removed),
    )


def _retimed(line: PlanLine, rule: StepRule, span: Span, zone: ZoneInfo) -> PlanLine:
    return line._replace(
        anchor=rule.anchor,
        phase=rule.phase,
        offset=rule.offset,
        offset_months=rule.offset_months,
        clock=rule.clock,
        closes_at=rule.until.moment(span.start, span.end, zone),
    )


def _closes(line: PlanLine, span: Span) -> datetime:
    return line.closes_at or span.anchor("end" if line.phase != "before" else "start")


def in_order(lines: Iterable[PlanLine]) -> list[PlanLine]:
    """By time; what a late start put on one day keeps the order it was planned in."""
    return sorted(lines, key=lambda line: (line.due_at, line.planned_at or line.due_at, line.id))
