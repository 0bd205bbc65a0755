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
from opslog.store.programmes.enrolments import Enrolled

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

    def place(self, code: str, start: date, step: str) -> Place | None:
        return schedule.place(self.plan(code, start), step, self.today)

    def now(self, one: Enrolled) -> tuple[Step, Place] | None:
        """The step somebody is at, and those that were missed before it."""
        place = self.place(one.programme, one.started_on, one.next_step)
        if place is None:
            return None
        step = self.plan(one.programme, one.started_on)[place.number].step
        return step, place

    def following(self, one: Enrolled, number: int) -> Planned | None:
        plan = self.plan(one.programme, one.started_on)
        return schedule.following(plan, number, self.today, self.workdays.is_workday)

    def slot(self, code: str, step: Step, title: str) -> str:
        programme = self.programme(code)
        level = self.seniority.of(title) if title else None
        return schedule.slot(programme, step, level) if programme else ""
