"""The programmes in force and each person's days, looked up once for a verb or a reading."""

from __future__ import annotations

import sqlite3
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from opslog.domain.programmes import schedule
from opslog.domain.programmes.programme import Programme, Step
from opslog.domain.programmes.schedule import Place, Planned
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.store.programmes import enrolments
from opslog.store.programmes.enrolments import ACTIVE, Enrolled, Standing

if TYPE_CHECKING:  # each is read where somebody's day or hour is asked for
    from opslog.domain.calls.seniority import Seniority
    from opslog.domain.dates.workdays import Workdays


class Timetable:
    """Of one moment: it is thrown away after the verb or the reading."""

    def __init__(self, book: Book) -> None:
        self.today = book.today()
        self._book = book
        self._programmes: dict[str, Programme | None] = {}
        self._running: dict[str, dict[str, Step]] = {}
        self._plans: dict[tuple[str, date], list[Planned]] = {}

    @cached_property
    def workdays(self) -> Workdays:
        return own_kinds.workdays(self._book)

    @cached_property
    def seniority(self) -> Seniority:
        return own_kinds.seniority(self._book)

    @cached_property
    def groups(self) -> list[sqlite3.Row]:
        """How many are due, as the store counts them; of what stood there when first asked for."""
        return enrolments.groups(self._book.con, self.today)

    @cached_property
    def had(self) -> dict[int, set[str]]:
        """Enrolment → the steps that somebody got by a row of theirs that was merged: none of
        them was missed."""
        return enrolments.sent_before_merging(self._book.con)

    def missed(self, one: Enrolled, place: Place) -> tuple[int, ...]:
        """The steps before somebody's place that they did not get, by their numbers."""
        had = self.had.get(one.id) if place.missed else None
        if not had:
            return place.missed
        plan = self.plan(one.programme, one.started_on)
        return tuple(number for number in place.missed if plan[number].step.id not in had)

    def programme(self, code: str) -> Programme | None:
        """None where its file is gone or can't be read."""
        if code not in self._programmes:
            self._programmes[code] = own_kinds.programme(self._book, code)
        return self._programmes[code]

    def step(self, code: str, id: str) -> Step | None:
        """A step that runs; None where it does not, or not any more."""
        if code not in self._running:
            programme = self.programme(code)
            steps = programme.running if programme else ()
            self._running[code] = {step.id: step for step in steps}
        return self._running[code].get(id)

    def plan(self, code: str, start: date) -> list[Planned]:
        """Every step that runs with its day; nothing for a programme that is gone."""
        found = self._plans.get((code, start))
        if found is None:
            programme = self.programme(code)
            steps = programme.running if programme else ()
            found = schedule.plan(steps, start, self.workdays.is_workday)
            self._plans[code, start] = found
        return found

    def at(self, code: str, start: date, step: str, day: date) -> tuple[Step, Place] | None:
        """The step somebody gets on a day whose ``step`` is stored as the next, and those that are
        missed before it. The one owner of this: whatever shows, counts, sends or writes out a
        step asks here, by ``now``. None where that step does not run."""
        plan = self.plan(code, start)
        place = schedule.place(plan, step, day)
        return None if place is None else (plan[place.number].step, place)

    def now(self, one: Enrolled | Standing) -> tuple[Step, Place] | None:
        """What somebody gets today, or on their day to come; who waits or is out of it stands
        where they stood then."""
        if one.state == ACTIVE:
            day = max(one.next_on or self.today, self.today)
        else:
            day = one.state_at.astimezone(self._book.clock.zone).date()
        return self.at(one.programme, one.started_on, one.next_step, day)

    def overdue(
        self, code: str, start: date, step: str, next_on: date
    ) -> tuple[Place, Planned | None] | None:
        """Where the step somebody is at has a day too long past to be sent as if nothing had
        happened: its place, and the step that comes next instead, None behind the last. Of a step
        that was put off counts the day it was put off to. None where it may be sent."""
        programme, now = self.programme(code), self.at(code, start, step, self.today)
        if programme is None or now is None:
            return None
        place, plan = now[1], self.plan(code, start)
        on = plan[place.number].on if place.missed else max(plan[place.number].on, next_on)
        if (self.today - on).days <= programme.late:
            return None
        is_workday = self.workdays.is_workday
        return place, schedule.following(plan, place.number, self.today, is_workday)

    def overdue_for(self, one: Enrolled | Standing) -> tuple[Place, Planned | None] | None:
        """The same of somebody; None of whoever waits or is out of it."""
        if one.state != ACTIVE or one.next_on is None:
            return None
        return self.overdue(one.programme, one.started_on, one.next_step, one.next_on)

    def following(self, one: Enrolled, number: int) -> Planned | None:
        plan = self.plan(one.programme, one.started_on)
        return schedule.following(plan, number, self.today, self.workdays.is_workday)

    def slot(self, code: str, step: Step, title: str) -> str:
        programme = self.programme(code)
        level = self.seniority.of(title) if title else None
        return schedule.slot(programme, step, level) if programme else ""
