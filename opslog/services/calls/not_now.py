"""Not now: somebody is left out of the queue until a time, and comes back then.

What was promised stays written as it was; the next touch with the person ends it, whoever made it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.calls.outcomes import REMINDER
from opslog.domain.calls.queue import QueueLine
from opslog.domain.calls.retries import LAST_CALL, into_parts
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book, Change
from opslog.services.book.new_times import NewTime
from opslog.services.calls.call_files import books
from opslog.services.calls.queue import queue
from opslog.services.calls.wording import moment
from opslog.services.people import card as person_card
from opslog.store.calls import not_now as store

SOON = timedelta(hours=2)


class Offer(NamedTuple):
    """A time to take without typing it."""

    title: Msg
    at: datetime


def offers(book: Book, person_id: int) -> list[Offer]:
    """Two hours on, and tomorrow morning, both when calls are made; where a call would be of no
    use any more by then, shortly before."""
    rules = books(book)
    parts = sorted(rules.outcomes.parts.values(), key=lambda part: part.start)
    line = queue.line(book, person_id)
    workday = None if line and line.purpose == REMINDER else rules.workdays.is_workday
    tomorrow = book.clock.at(book.today() + timedelta(days=1))
    soon = into_parts(book.now() + SOON, book.clock, parts, workday)
    early = into_parts(tomorrow, book.clock, parts, workday)
    found = [Offer(msg(N_("in two hours")), soon), Offer(msg(N_("tomorrow morning")), early)]
    if (first := _first_to_end(line)) is None or (ends := first.ends) is None or early < ends:
        return found
    last = Offer(
        msg(N_("before it begins") if _hangs(first) else N_("before it ends")), ends - LAST_CALL
    )
    return [one for one in (*found[:1], last) if book.now() < one.at < ends]


def read(book: Book, person_id: int, text: str) -> NewTime:
    """The instant that was typed: the number of an offer, nothing for the first, or a time as a
    promise takes it. Raises Refused for a text that says none."""
    text, offered = text.strip(), offers(book, person_id)
    number = int(text or "1") if text.isdecimal() or not text else 0
    if 1 <= number <= len(offered):
        return NewTime(offered[number - 1].at, True)
    if not text:  # nothing is left to offer
        check(book, person_id, book.now() + SOON)
    from opslog.domain.dates.question import read_answer

    rules = books(book)
    parts = rules.outcomes.parts.values()
    hours = min(part.start for part in parts), max(part.until for part in parts)
    first = _first_to_end(queue.line(book, person_id))
    before = first.ends if first else None
    answer = read_answer(text, book.clock.local(), lambda: rules.workdays, hours, before)
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
    """Raises Refused for a time past, and for one at which a call is of no use any more."""
    if until <= book.now():
        raise Refused(msg(N_("{when} is past; write a later time"), when=moment(book, until)))
    first = _first_to_end(queue.line(book, person_id))
    if first is None or first.ends is None or until < first.ends:
        return
    if _hangs(first):
        starts = moment(book, first.ends)
        raise Refused(msg(N_("The event starts {starts}; remind before that"), starts=starts))
    ends = moment(book, first.ends)
    raise Refused(
        msg(
            N_("{list} is called until {ends}; write a time before that"),
            list=first.event,
            ends=ends,
        )
    )


def _first_to_end(line: QueueLine | None) -> QueueLine | None:
    """Of what somebody is to be called for, what is of no use any more first."""
    found = [part for part in (line.parts if line else ()) if part.ends is not None]
    return min(found, key=lambda part: part.ends or part.due, default=None)


def _hangs(part: QueueLine) -> bool:
    """On an event, that is."""
    return part.ends == part.event_at


def put_off(book: Book, person_id: int, until: datetime) -> Change:
    """Leave somebody out of the queue until an instant. Raises Refused as ``check``."""
    check(book, person_id, until)
    who = person_card.get(book, person_id).called
    with book.change(
        msg(N_("Not now: {person}, from {when}"), person=who, when=moment(book, until))
    ) as change:
        store.put(book.con, person_id, until)
    return change


def put_off_to_day(book: Book, person_id: int, day: date, promised: datetime) -> Change:
    """Until a day: at the time of day that was promised, where that is of use by then."""
    at = book.clock.at(day, promised.astimezone(book.clock.zone).time())
    first = _first_to_end(queue.line(book, person_id))
    late = first is not None and first.ends is not None and first.ends <= at
    return put_off(book, person_id, book.clock.at(day) if late else at)
