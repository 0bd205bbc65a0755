"""Who is in a programme, who gets something on a day to come, and who got something on one past."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book
from opslog.services.people import card as person_card
from opslog.services.programmes import enrolling
from opslog.services.programmes.timetable import Timetable
from opslog.store.programmes import enrolments as store
from opslog.store.programmes.enrolments import ACTIVE, FINISHED, PAUSED, Enrolled


def of_programme(book: Book, code: str, *, everybody: bool = False) -> list[Enrolled]:
    """Those in it, the oldest first; ``everybody``: those who left or came to its end, too."""
    if everybody:
        return store.enrolled(book.con, "e.programme=?", code)
    return store.enrolled(book.con, "e.programme=? AND e.state IN (?, ?)", code, ACTIVE, PAUSED)


class OfDay(NamedTuple):
    """Somebody who gets a step on a day, or got it; ``at`` None while it is to come."""

    enrolled: Enrolled
    step: str
    title: Msg | str
    at: datetime | None


def due_on(book: Book, day: date) -> list[OfDay]:
    """Who gets a message on a day to come, if all goes as things stand now."""
    found, table = [], Timetable(book)
    for one in store.enrolled(
        book.con, "e.state=? AND e.next_on>'' AND e.next_on<=?", ACTIVE, day.isoformat()
    ):
        now = table.now(one)
        if one.next_on == day:
            step = now[0].id if now else one.next_step
        else:
            plan = table.plan(one.programme, one.started_on)
            ahead = plan[now[1].number + 1 :] if now else []
            step = next((planned.step.id for planned in ahead if planned.on == day), "")
        if step:
            found.append(OfDay(one, step, _titled(table, one, step), None))
    return found


def sent_on(book: Book, day: date) -> list[OfDay]:
    """Who got a message on a day that is past."""
    table = Timetable(book)
    begins, ends = book.clock.at(day), book.clock.at(day + timedelta(days=1))
    sent = store.sent_between(book.con, instant_text(begins), instant_text(ends))
    people = {one.id: one for one in store.by_ids(book.con, {id for id, _step, _at in sent})}
    return [
        OfDay(people[id], step, _titled(table, people[id], step), at)
        for id, step, at in sent
        if id in people
    ]


def _titled(table: Timetable, one: Enrolled, step: str) -> Msg | str:
    """What a step is called, also one that does not run any more."""
    programme = table.programme(one.programme)
    found = programme.step(step) if programme else None
    return found.named if found else step


def of_person(book: Book, person_id: int, *states: str) -> list[Enrolled]:
    """The programmes somebody is in; in one of these states. Raises Refused where there is none."""
    found = [one for one in enrolling.of_person(book, person_id) if one.state in states]
    if not found:
        text = N_("{person} is in no programme now")
        if states == (PAUSED,):
            text = N_("{person}: no programme waits")
        elif any(one.state == PAUSED for one in enrolling.of_person(book, person_id)):
            text = N_("{person}: the programme waits; opslog programme resume lets it go on")
        raise Refused(msg(text, person=person_card.get(book, person_id).called))
    return found


def due(book: Book, person_id: int) -> Enrolled:
    """The programme whose step is due for somebody, else the first they are in, else the one they
    came to the end of: of that it is said what they had. Raises Refused."""
    every = enrolling.of_person(book, person_id)
    ended = [one for one in every if one.state == FINISHED]
    if ended and not any(one.state in (ACTIVE, PAUSED) for one in every):
        return ended[-1]
    return min(
        of_person(book, person_id, ACTIVE), key=lambda one: (one.next_on or date.max, one.id)
    )


def newest(book: Book, person_id: int) -> Enrolled:
    """The programme that wrote to somebody last, else the one they entered last, though they left
    it. Raises Refused where they were in none."""
    found = enrolling.of_person(book, person_id)
    if not found:
        person = person_card.get(book, person_id).called
        raise Refused(msg(N_("{person} was in no programme yet"), person=person))
    last = store.wrote_last(book.con, person_id)
    return next((one for one in found if one.id == last), found[-1])
