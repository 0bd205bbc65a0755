"""Planning backwards from an event's date. Pure: the present moment is passed in.

Operator's rules: a step before the event that falls on a day off moves to the working day
before it, a step after the event to the working day after it, a step on the day itself stays.
What is past due but still possible is done late (``short_notice``), its original date kept; what
is no longer possible is missed.
Offsets are fixed from the event, never from another step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Protocol
from zoneinfo import ZoneInfo

from opslog.domain.dates.days import add_months
from opslog.domain.dates.workdays import Workdays
from opslog.domain.events.events import (
    DAYOFF,
    FLOATING,
    HAND,
    LATE,
    MISSED,
    PINNED,
    SHORT,
    STAYS,
    UNPUBLISHED,
    PlanItem,
    PlanLine,
    closed,
)
from opslog.domain.events.kinds import Traits
from opslog.domain.events.plans.joining import ALL, joined
from opslog.domain.events.plans.playbooks import (
    DEFAULT_UNTIL,
    USUAL_REST,
    Playbook,
    StepRule,
    Until,
)
from opslog.domain.events.plans.short_notice import in_turn

_HOUR, _DAWN = timedelta(hours=1), time(8)
_CLOSES, _EVENING = time(18), time(21)  # until when people are called, and are written to


_NO_STOPS: Mapping[int, Span] = MappingProxyType({})


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
    @property
    def workdays(self) -> int: ...
    @property
    def rest(self) -> str: ...
    @property
    def channel(self) -> str: ...


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


def place(step: Timing, closes: datetime, span: Span, present: Present) -> Placed:
    """The date of one step. ``closes`` is the instant from which it is no longer possible."""
    anchor = span.anchor(step.anchor).astimezone(present.zone)
    clock = step.clock or anchor.time()
    wanted = _wanted(step, anchor.date(), present.workdays)
    day, why = working_day(step.phase, wanted, present.workdays, step.rest)
    if step.phase == "before" and day > span.start.astimezone(present.zone).date():
        day = present.workdays.previous(wanted)
    if any(not present.workdays.published(d.year) for d in (wanted, day)):
        why.append(UNPUBLISHED)

    def bounded(instant: datetime, closes: datetime = closes) -> datetime:
        # Never after the start where it prepares the event, never before the end where it
        # follows it, whatever the clock times of a playbook say about an event at dawn.
        if step.phase == "after":
            return max(instant, span.anchor(step.anchor))
        if step.phase == "day" and step.clock and closes == span.start <= instant:
            return _ahead(span.start, present)
        return min(instant, closes)

    planned = bounded(present.at(wanted, clock))
    due = kept = bounded(present.at(day, clock))
    state = FLOATING
    if closed(step.phase, due, closes, present.now):
        state = MISSED
    elif due.astimezone(present.zone).date() < present.today:
        end = span.start if step.phase == "before" else None
        stays = step.phase == "day" and step.rest in ("", "none")
        late = present.today if stays else _late_day(wanted, clock, end, present)
        # Days off may hold it up past what the playbook thought possible.
        past = end is not None and late > closes.astimezone(present.zone).date()
        due = bounded(present.at(late, clock), end if end and past else closes)
        why.append(LATE)
        if _bound(step):
            waking = _waking(step, due, max(present.today, wanted), clock, closes, present)
            if waking is None:
                return Placed(kept, None, closes, (SHORT, *_only(UNPUBLISHED, why)), MISSED)
            due = waking
    # A late start may bring a step back to the very day off it was moved from.
    original = next((instant for instant in (planned, kept) if instant != due), None)
    return Placed(due, original, closes, tuple(why), state)


def _ahead(start: datetime, present: Present) -> datetime:
    """When to remind people on the day of an event that begins before the usual hour: an hour
    ahead, not before eight; of an event at dawn there is nothing to be ahead of."""
    day = start.astimezone(present.zone).date()
    return min(max(start - _HOUR, present.at(day, _DAWN)), start)


def _bound(step: Timing) -> bool:
    """Whether it belongs to the day before the event (``days_left.bound``)."""
    days = step.workdays or step.offset
    return step.phase == "before" and days >= -1 and not step.offset_months


def _waking(
    step: Timing, due: datetime, day: date, clock: time, closes: datetime, present: Present
) -> datetime | None:
    """A reminder of the day before that is late, at an hour at which people are awake and that is
    not past: else on the last ``day`` before, where that is no call, which nobody gets on a day
    off; None where there is no such hour left."""
    on = due.astimezone(present.zone).date()
    if due.astimezone(present.zone).time() < _DAWN:
        if step.channel == "phone" and not present.workdays.is_workday(day):
            return None
        on, due = day, min(present.at(day, clock), closes)
    if due >= present.now or on > present.today:
        return due
    half_hour = present.now.replace(minute=0, second=0, microsecond=0)
    while half_hour < present.now:
        half_hour += _HOUR / 2
    ends = min(present.at(on, _EVENING if step.channel != "phone" else _CLOSES), closes)
    return half_hour if half_hour <= ends else None


def _only(code: str, why: Iterable[str]) -> list[str]:
    return [one for one in why if one == code]


def _late_day(wanted: date, clock: time, end: datetime | None, present: Present) -> date:
    """Today, or from a day off the next working day where that is before ``end``; where none is,
    the day it was wanted on all the same, unless that is past."""
    if present.workdays.is_workday(present.today):
        return present.today
    following = present.workdays.next(present.today)
    if end is None or present.at(following, clock) < end:
        return following
    return max(present.today, wanted)


def _wanted(step: Timing, anchor: date, workdays: Workdays) -> date:
    """The day that the offset says, whether or not it is a day off."""
    if not step.workdays:
        return add_months(anchor, step.offset_months) + timedelta(days=step.offset)
    walk = workdays.next if step.workdays > 0 else workdays.previous
    for _day in range(abs(step.workdays)):
        anchor = walk(anchor)
    return anchor


def working_day(
    phase: str, wanted: date, workdays: Workdays, rest: str = ""
) -> tuple[date, list[str]]:
    """Where a step goes that is wanted on a day, and why; ``rest`` a name of RESTS."""
    if workdays.is_workday(wanted):
        return wanted, []
    rest = rest or USUAL_REST[phase]
    if rest == "none":
        return wanted, [STAYS]
    before, after = workdays.previous(wanted), workdays.next(wanted)
    if rest == "nearest":
        rest = "after" if after - wanted < wanted - before else "before"
    return before if rest == "before" else after, [DAYOFF]


def plan(
    playbook: Playbook,
    traits: Traits,
    span: Span,
    present: Present,
    late: str = ALL,
    stops: Mapping[int, Span] = _NO_STOPS,
) -> list[PlanLine]:
    """A new event's plan, in order of time, with that of its stops; ``late``: see ``joining``.
    Ids are 0: nothing is kept yet."""
    lines = [line_of(rule, traits, span, present) for rule in playbook.steps_for(traits)]
    of_stops = [
        (line, days)
        for stop_id, days in stops.items()
        for line in lines_of_stop(playbook, traits, stop_id, days, present)
    ]
    every = [*joined(lines, late), *(line for line, _days in of_stops)]
    spans = [*[span] * len(lines), *(days for _line, days in of_stops)]
    return in_order(in_turn(every, spans, present, playbook.pace))


def lines_of_stop(
    playbook: Playbook, traits: Traits, stop_id: int, span: Span, present: Present
) -> list[PlanLine]:
    """What its playbook asks of a stop of an event, each step for itself."""
    rules = playbook.steps_of_stop(traits)
    return [line_of(rule, traits, span, present)._replace(stop_id=stop_id) for rule in rules]


def line_of(rule: StepRule, traits: Traits, span: Span, present: Present) -> PlanLine:
    """One step of a playbook as a line of an event's plan."""
    rule = rule.timed_for(traits)
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
        owner=rule.owner,
        workdays=rule.workdays,
        rest=rule.rest,
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
    placed = place(line, closing(line, span), span, present)
    if placed.due_at != due_at or placed.state == MISSED:
        return line._replace(state=PINNED, why=(HAND,))
    return line._replace(why=placed.why)


def _default_until(phase: str) -> tuple[str, int]:
    anchor, _plus, days = DEFAULT_UNTIL[phase].partition("+")
    return anchor, int(days.rstrip("d") or 0)


def closing(line: PlanLine, span: Span) -> datetime:
    return line.closes_at or span.anchor("end" if line.phase != "before" else "start")


def in_order(lines: Iterable[PlanLine]) -> list[PlanLine]:
    """By time; what a late start put on one day keeps the order it was planned in."""
    return sorted(lines, key=lambda line: (line.due_at, line.planned_at or line.due_at, line.id))
