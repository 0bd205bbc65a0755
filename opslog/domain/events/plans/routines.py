"""Plans of the operator's own: a playbook on a day, once or again and again.

A turn begins on its day; which days those are follows from the first one, so that the 31st and
29 February come back after a shorter month. Steps go to working days by their own rule. Whatever
nobody saw is missed: the newest turn alone is made.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.dates.days import LAST_YEAR, add_months
from opslog.domain.events.events import (
    DROPPED,
    FLOATING,
    HAND,
    MISSED,
    PINNED,
    RESTED,
    PlanLine,
    closed,
)
from opslog.domain.events.kinds import Traits
from opslog.domain.events.plans.planning import Present, Span, plan
from opslog.domain.events.plans.playbooks import OWN, WEEKDAYS, Playbook, StepRule
from opslog.domain.events.plans.replanning import replan
from opslog.locale import N_, Msg, msg, nmsg

MOST_DAYS = 366  # between two turns
TRAITS = Traits(OWN, "none", "all", OWN)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_LABELS = {
    "": N_("once"),
    "week": N_("every week"),
    "month": N_("every month"),
    "quarter": N_("every quarter"),
    "year": N_("every year"),
}
_SAID = {
    "week": ("week", "weekly", "周", "每周", "星期", "每星期"),
    "month": ("month", "monthly", "月", "每月"),
    "quarter": ("quarter", "quarterly", "季", "季度", "每季", "每季度"),
    "year": ("year", "yearly", "年", "每年"),
    "": ("", "once", "no", "一次", "不重复"),
}
_DAYS = re.compile(r"(?:每\s*)?(\d{1,4})\s*(?:d|days?|天)?")
_EDGE = 12  # days by which days off may move a step
_AFTER = 30  # days in which the last turn may be caught up
_LONG = 1500  # days, more than an offset can be


class Turn(NamedTuple):
    """One turn as it is kept: the day it began, and when the next is to be made (None: never)."""

    id: int
    anchor: date
    next_on: date | None
    missed: int  # turns before it that nobody saw
    version: int


class Routine(NamedTuple):
    """A plan of the operator's own, with its newest turn."""

    id: int
    name: str
    playbook: str
    starts_on: date
    every: str
    until: date | None
    since: date
    paused_at: datetime | None
    ended_at: datetime | None
    turn: Turn | None

    @property
    def goes_on(self) -> bool:
        return self.rests_since is None

    @property
    def rests_since(self) -> datetime | None:
        """When it was paused or ended, whichever was first."""
        return min(filter(None, (self.paused_at, self.ended_at)), default=None)


class Made(NamedTuple):
    """A turn to be made."""

    anchor: date
    next_on: date | None
    missed: tuple[date, ...]
    lines: list[PlanLine]


def read_every(text: str) -> str:
    """How often: a name of ``playbooks.EVERY``, '' once, or a number of days. Raises Refused."""
    words = " ".join(text.lower().split()).removeprefix("every ")
    for code, said in _SAID.items():
        if words in said:
            return code
    found = _DAYS.fullmatch(words)
    if found and 1 <= int(found[1]) <= MOST_DAYS:
        return str(int(found[1]))
    raise Refused(
        msg(
            N_("“{text}” says no interval: week, month, quarter, year, or 1 to {most} days"),
            text=text,
            most=MOST_DAYS,
        )
    )


def said_every(every: str) -> Msg:
    """As a person says it."""
    if every.isdecimal():
        return nmsg(N_("every day"), N_("every {n} days"), int(every))
    return msg(_LABELS[every])


def first_day(playbook: Playbook, today: date) -> date:
    """The day that a playbook proposes: the next Friday, the next first of a month; else today."""
    if playbook.on in WEEKDAYS:
        return today + timedelta(days=(WEEKDAYS.index(playbook.on) - today.weekday()) % 7)
    if not playbook.on:
        return today
    days = (today + timedelta(days=number) for number in range(62))
    return next(day for day in days if day.day == int(playbook.on))


def turn(routine: Routine, playbook: Playbook, present: Present) -> Made | None:
    """The turn to be made now, if there is one: the newest whose time has come; the very first
    one is made at once."""
    last = None if routine.turn is None else routine.turn.anchor
    every = _days(routine, present.today + timedelta(days=_reach(playbook)))
    known = [day for day in every if last is None or day > last]
    due = [day for day in known if _shown_on(playbook, day, present) <= present.today]
    if not due and last is None:
        due = known[:1]
    if not due:
        return None
    following = next((day for day in known if day > due[-1]), None)
    next_on = None if following is None else _shown_on(playbook, following, present)
    return Made(due[-1], next_on, tuple(due[:-1]), _lines(playbook, due[-1], next_on, present))


def next_on(routine: Routine, playbook: Playbook, present: Present) -> date | None:
    """When the turn after the newest is to be made."""
    if routine.turn is None:
        return None
    anchor = routine.turn.anchor
    following = next((day for day in _days(routine, anchor) if day > anchor), None)
    return None if following is None else _shown_on(playbook, following, present)


def to_come(
    routine: Routine, playbook: Playbook, first: date, last: date, present: Present
) -> list[tuple[date, list[PlanLine]]]:
    """The turns after the newest that have steps between two days, by the day each begins on, with
    these steps as they will lie with all the time there is. None is made."""
    made = routine.turn
    if not routine.goes_on or made is None or made.next_on is None:
        return []
    before, after = _reach(playbook), _EDGE + max(0, *map(_latest, playbook.steps))
    found = []
    for day in _days(routine, last + timedelta(days=before)):
        if day <= made.anchor or day + timedelta(days=after) < first:
            continue
        lines = _as_wished(playbook, day, present)
        if _first_shown(lines, day, present) < made.next_on:
            continue  # it was made before, and taken back
        due = [(one, one.due_at.astimezone(present.zone).date()) for one in lines]
        if there := [one for one, on in due if first <= on <= last]:
            found.append((day, there))
    return found


def at_rest(line: PlanLine, since: datetime) -> PlanLine:
    """A step of a plan that rests ``since`` then: what was open by then is not to be done, and not
    missed; others stay as they are."""
    gone = line.state == MISSED and line.closes_at is not None and line.closes_at >= since
    if not line.open and not gone:
        return line
    return line._replace(state=DROPPED, why=(*line.why, RESTED))


def taken_up(
    lines: Sequence[PlanLine], since: datetime, whole: Span, present: Present, playbook: Playbook
) -> list[PlanLine]:
    """The steps of a turn whose plan rested ``since`` then and goes on: what rested is open again.
    What was to be done meanwhile is late where it is possible still, else it stays as it is."""
    open_again = [_open_again(line) for line in lines]
    today = present.at(present.today, time())
    moved = {
        move.before.id: move.after
        for move in replan(open_again, whole, whole, present, playbook.pace).all
    }
    found = []
    for line, again in zip(lines, open_again, strict=True):
        if again is line:
            found.append(line)
            continue
        if again.due_at >= min(since, today):  # also by what became known of days off meanwhile
            again = moved[line.id]
        until = again.closes_at or again.due_at
        gone = again.state == MISSED or closed(again.phase, again.due_at, until, present.now)
        found.append(line if gone else again)
    return found


def _open_again(line: PlanLine) -> PlanLine:
    if line.state != DROPPED or RESTED not in line.why:
        return line
    state = PINNED if HAND in line.why else FLOATING
    return line._replace(state=state, why=tuple(code for code in line.why if code != RESTED))


def span(routine: Routine, present: Present) -> Span:
    """The newest turn from its day to the day of the next, or a month on."""
    day = routine.starts_on if routine.turn is None else routine.turn.anchor
    until = routine.turn.next_on if routine.turn else None
    end = until or day + timedelta(days=_AFTER)
    return Span(present.at(day, time()), present.at(max(end, day + timedelta(days=1)), time()))


def _days(routine: Routine, last: date) -> list[date]:
    """The days on which turns may begin up to ``last``, and the one after."""
    found: list[date] = []
    number = 0
    while not found or found[-1] <= last:
        day = _day(routine.starts_on, routine.every, number)
        if day is None or (routine.until is not None and day > routine.until):
            break
        if day >= routine.since:
            found.append(day)
        elif not routine.every:
            break
        number += 1
    return found


def _day(starts_on: date, every: str, number: int) -> date | None:
    """The day of a turn, from 0; None where there is none."""
    if number and not every:
        return None
    if every in _MONTHS:
        months = starts_on.year * 12 + starts_on.month - 1 + number * _MONTHS[every]
        if months // 12 > LAST_YEAR:
            return None
        return add_months(starts_on, number * _MONTHS[every])
    step = 7 if every == "week" else int(every or 0)
    day = starts_on.toordinal() + number * step
    return date.fromordinal(day) if day <= date(LAST_YEAR, 12, 31).toordinal() else None


def _reach(playbook: Playbook) -> int:
    """Days before a turn from which its first step may be on Today."""
    return _EDGE + max(0, *(step.lead_days - _earliest(step) for step in playbook.steps))


def _earliest(step: StepRule) -> int:
    """Days from the turn's day, at the least."""
    months = step.offset_months * (31 if step.offset_months < 0 else 28)
    return step.offset + months + step.workdays * (2 if step.workdays < 0 else 1)


def _latest(step: StepRule) -> int:
    """Days from the turn's day, at the most."""
    months = step.offset_months * (28 if step.offset_months < 0 else 31)
    return step.offset + months + step.workdays * (1 if step.workdays < 0 else 2)


def _shown_on(playbook: Playbook, day: date, present: Present) -> date:
    """When the first step of a turn may be on Today; at the latest the turn's own day."""
    if day <= present.today:
        return day
    return _first_shown(_as_wished(playbook, day, present), day, present)


def _first_shown(lines: Sequence[PlanLine], day: date, present: Present) -> date:
    zone = present.zone
    first = (line.due_at.astimezone(zone).date() - timedelta(days=line.lead_days) for line in lines)
    return min(day, *first)


def _as_wished(playbook: Playbook, day: date, present: Present) -> list[PlanLine]:
    """A turn as though it were planned long before, with all the time there is."""
    start = present.at(day, time())
    before = replace(present, now=start - timedelta(days=_LONG))
    return plan(playbook, TRAITS, Span(start, start + timedelta(days=_LONG)), before)


def _lines(playbook: Playbook, day: date, next_on: date | None, present: Present) -> list[PlanLine]:
    """A turn as it can be now. What is not done by the day of the next turn is missed, and each
    step has its own day at least."""
    wished = _as_wished(playbook, day, present)
    last = max(line.due_at.astimezone(present.zone).date() for line in wished)
    end = max(next_on or last + timedelta(days=_AFTER), last + timedelta(days=1))
    whole = Span(present.at(day, time()), present.at(end, time()))
    return plan(playbook, TRAITS, whole, present)
