"""The programmes in force and each person's days, looked up once for a verb or a reading."""

from __future__ import annotations

from datetime import date

from opslog.domain.programmes import schedule
from opslog.domain.programmes.programme import Programme, Step
from opslog.domain.programmes.schedule import Place, Planned
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.store.programmes.enrolments import Enrolled


class Timetable:
    """Of one moment: it is thrown away after the verb or the reading."""

    def __init__(self, book: Book) -> None:
        self.today = book.today()
        self.workdays = own_kinds.workdays(book)
        self.seniority = own_kinds.seniority(book)
        self._book = book
        self._programmes: dict[str, Programme | None] = {}
        self._plans: dict[tuple[str, date], list[Planned]] = {}

    def programme(self, code: str) -> Programme | None:
        """None where its file is gone or can't be read."""
        if code not in self._programmes:
            self._programmes[code] = own_kinds.programme(self._book, code)
        return self._programmes[code]

    def step(self, code: str, id: str) -> Step | None:
        """A step that runs; None where it does not, or not any more."""
        programme = self.programme(code)
        step = programme.step(id) if programme else None
        return step if programme and step in programme.running else None

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
        return schedule.slot(programme, step, self.seniority.of(title)) if programme else ""
