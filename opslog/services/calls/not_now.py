"""Not now: somebody is left out of the queue until a time, and comes back then.

What was promised stays written as it was; the next touch with the person ends it, whoever made it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.calls.outcomes import REMINDER
from opslog.domain.calls.retries import into_parts
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book, Change
from opslog.services.book.new_times import NewTime
from opslog.services.calls import queue
from opslog.services.calls.call_files import books
from opslog.services.calls.wording import moment
from opslog.services.people import card as person_card
from opslog.store.calls import not_now as store

SOON = timedelta(hours=2)


class Offer(NamedTuple):
    """A time to take without typing it."""

    title: Msg
    at: datetime


def offers(book: Book, person_id: int) -> tuple[Offer, Offer]:
    """Two hours on, and tomorrow morning; both when calls are made."""
    rules = books(book)
    parts = sorted(rules.outcomes.parts.values(), key=lambda part: part.start)
    line = queue.line(book, person_id)
    workday = None if line and line.purpose == REMINDER else rules.workdays.is_workday
    tomorrow = book.clock.at(book.today() + timedelta(days=1))
    soon = into_parts(book.now() + SOON, book.clock, parts, workday)
    early = into_parts(tomorrow, book.clock, parts, workday)
    return Offer(msg(N_("in two hours")), soon), Offer(msg(N_("tomorrow morning")), early)


def read(book: Book, person_id: int, text: str) -> NewTime:
    """The instant that was typed: the number of an offer, nothing for the first, or a time as a
    promise takes it. Raises Refused for a text that says none."""
    text, offered = text.strip(), offers(book, person_id)
    if text in ("", "1", "2"):
        return NewTime(offered[text == "2"].at, True)
    from opslog.domain.dates.question import read_answer

    rules = books(book)
    parts = rules.outcomes.parts.values()
    hours = min(part.start for part in parts), max(part.until for part in parts)
    answer = read_answer(text, book.clock.local(), lambda: rules.workdays, hours)
    if answer is None:
        raise Refused(
            msg(
                N_("“{text}” says no time; write 15:30, fri, 12-05 14:00, tomorrow 3pm …"),
                text=text,
            )
        )
    until = book.clock.at(answer.when.day, answer.when.time or hours[0])
    check(book, person_id, until)
    return NewTime(until, True, answer.moved)


def check(book: Book, person_id: int, until: datetime) -> None:
    """Raises Refused for a time past, and for one at which a reminder is of no use any more."""
    if until <= book.now():
        raise Refused(msg(N_("{when} is past; write a later time"), when=moment(book, until)))
    line = queue.line(book, person_id)
    for part in line.parts if line else ():
        if part.purpose == REMINDER and until >= part.event_at:
            starts = moment(book, part.event_at)
            raise Refused(msg(N_("The event starts {starts}; remind before that"), starts=starts))


def put_off(book: Book, person_id: int, until: datetime) -> Change:
    """Leave somebody out of the queue until an instant. Raises Refused as ``check``."""
    check(book, person_id, until)
    who = person_card.get(book, person_id).called
    with book.change(
        msg(N_("Not now: {person}, from {when}"), person=who, when=moment(book, until))
    ) as change:
        store.put(book.con, person_id, until)
    return change
