"""Who was to be written to on some days and was not, as things stand now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from opslog.domain.base.clock import instant_text
from opslog.domain.programmes import schedule
from opslog.domain.programmes.missed import Unsent
from opslog.locale import Msg
from opslog.services.book.book import Book
from opslog.services.programmes.held import LATE, holdings, kept, limited
from opslog.services.programmes.timetable import Timetable
from opslog.store.programmes import enrolments
from opslog.store.programmes import missed as store
from opslog.store.programmes.enrolments import LEFT, Enrolled

_DAY = timedelta(days=1)


class _Late(NamedTuple):
    """A step that was to go ``on`` a day and until before another, that of the next one or when it
    was too late for it; ``until`` None: it still may."""

    on: date
    until: date | None
    step: str

    def of(self, first: date, last: date) -> bool:
        """Whether it was to go and did not in these days."""
        return self.on <= last and (self.until is None or self.until > first)


def unsent(book: Book, first: date, last: date) -> list[Unsent]:
    """Each once, by the day. A step was to go from its day on until the next one came; the one
    that still may counts once its hour is over, and not where something keeps it back. Who
    answered or left since is not named."""
    table = Timetable(book)
    last = min(last, table.today)
    found = {id: [*steps] for id, steps in _waits(book, table, first, last).items()}
    noted = store.noted(book.con, last, instant_text(book.clock.at(first)))
    people = {one.id: one for one in enrolments.by_ids(book.con, {*found, *(n[0] for n in noted)})}
    for id, step, day in noted:
        one = people[id]
        plan = table.plan(one.programme, one.started_on)
        at = next((n for n, planned in enumerate(plan[:-1]) if planned.step.id == step), None)
        on = date.fromisoformat(day)
        late = _Late(on, on + _DAY if at is None else plan[at + 1].on, step)
        if late.of(first, last):
            found.setdefault(id, []).append(late)
    named = [
        _named(book, table, people[id], sorted(steps, key=lambda late: late.on))
        for id, steps in found.items()
        if people[id].state != LEFT
    ]
    return sorted(named, key=lambda one: (one.at, one.id))


def _waits(book: Book, table: Timetable, first: date, last: date) -> Mapping[int, Sequence[_Late]]:
    """Enrolment → the steps of these days that nothing is noted of."""
    reckoned = lru_cache(maxsize=None)(lambda *key: _steps(book, table, *key))
    found: dict[int, Sequence[_Late]] = {}
    for row in store.due(book.con, table.today, last):
        had = table.had.get(row.id, ())
        late = [one for one in reckoned(*row[1:]) if one.of(first, last) and one.step not in had]
        if late:
            found[row.id] = late
    if not found:
        return {}
    held = holdings(book, table)
    few = [one for one in enrolments.by_ids(book.con, found) if one.id not in held]
    held |= limited(book, table, [kept(one, table.today) for one in few])
    for id, steps in found.items():
        if (holding := held.get(id)) is not None:
            goes_on = holding.left in ("", LATE)
            found[id] = [late for late in steps if late.until] if goes_on else []
    return {id: steps for id, steps in found.items() if steps}


def _steps(
    book: Book, table: Timetable, slot: str, code: str, step: str, started_on: str, next_on: str
) -> Sequence[_Late]:
    """The steps that have not gone, up to the one that still may once its hour is over."""
    rules, start, on = (
        table.programme(code),
        date.fromisoformat(started_on),
        date.fromisoformat(next_on),
    )
    now = table.at(code, start, step, table.today)
    if now is None:
        return ()
    plan, place = table.plan(code, start), now[1]
    numbers = [*place.missed, place.number]
    days = [on, *(plan[number].on for number in numbers[1:])]
    overdue = table.overdue(code, start, step, on)
    end = days[-1] + _DAY * (rules.late + 1) if overdue and rules else None
    found = [
        _Late(day, until, plan[number].step.id)
        for number, day, until in zip(numbers, days, [*days[1:], end], strict=True)
    ]
    over = book.clock.at(table.today, schedule.hours(slot)[1]) <= book.now()
    return found if over or found[-1].on < table.today else found[:-1]


def _named(book: Book, table: Timetable, one: Enrolled, steps: Sequence[_Late]) -> Unsent:
    rules = table.programme(one.programme)
    titles = []
    for late in steps:
        step = rules.step(late.step) if rules else None
        titles.append(step.named if step else Msg("{text}", {"text": late.step}))
    at = book.clock.at(steps[0].on, schedule.hours(one.slot)[0])
    return Unsent(one.id, at, one.person_id, one.person, one.company, tuple(titles))
