"""What a call with somebody is for: the queue they stand in, an event to come, or nothing yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.calls.outcomes import INVITATION, REMINDER, callback
from opslog.domain.calls.retries import IN, OUT
from opslog.domain.events.kinds import OFFLINE
from opslog.locale import N_, msg
from opslog.services.book.book import Book
from opslog.services.calls.queue import queue
from opslog.services.calls.wording import moment
from opslog.services.events import events
from opslog.services.people import card as people
from opslog.store.calls import attendance
from opslog.store.calls import call_lists as lists_store
from opslog.store.calls.call_lists import CallList
from opslog.store.rosters import rosters as rosters_store

PURPOSE = callback(1)  # whose outcomes a call for nothing in particular has
BEFORE_IT = (REMINDER, INVITATION)  # what somebody is called for before an event begins


class About(NamedTuple):
    """``card_id`` None: of no list; ``event_id``: what it is about all the same."""

    card_id: int | None
    purpose: str
    event_id: int | None


def abouts(
    book: Book,
    person_id: int,
    event_id: int | None = None,
    *,
    direction: str = OUT,
    at: datetime | None = None,
) -> list[About]:
    """What a call made ``at`` (None: now) may be for, the likeliest first, each once.

    Whoever rings most likely means the event to come that they signed up for; whoever is called,
    what they stand in the queue for. ``event_id`` keeps to that event. Operator's rule: nobody is
    reminded of what is not offline.
    """
    at = at or book.now()
    queued = list(_queued(book, person_id, event_id, at))
    if event_id is None:
        to_come = [
            About(card_id, REMINDER, event)
            for card_id, event in attendance.signed_up(book.con, person_id, at)
            if events.get(book, event).row.kind in OFFLINE
        ]
        first, second = (to_come, queued) if direction == IN else (queued, to_come)
        found = [*first, *second, About(None, PURPOSE, None)]
    else:
        card_id = rosters_store.card_of(book.con, person_id, event_id)
        found = queued
        event = events.get(book, event_id).row
        stands = lists_store.list_of(book.con, card_id)
        if (stands.starts_at if stands else event.starts_at) > at:
            reminded = event.kind in OFFLINE
            found += [About(card_id, REMINDER, event_id)] if reminded else []
            found.append(About(None, PURPOSE, event_id))
        else:
            found.append(About(card_id, PURPOSE, event_id))
    return list(dict.fromkeys(found))


def to_come(book: Book, person_id: int) -> int:
    """The card of the next event that somebody signed up for. Refused where there is none."""
    found = attendance.signed_up(book.con, person_id, book.now())
    if not found:
        name = people.get(book, person_id).called
        raise Refused(msg(N_("{name} is not signed up for an event to come"), name=name))
    return found[0][0]


def _queued(book: Book, person_id: int, event_id: int | None, at: datetime) -> Iterator[About]:
    line = queue.line(book, person_id, event_id=event_id)
    for part in line.parts if line else ():
        if part.purpose in BEFORE_IT or part.event_at <= at:
            yield About(part.card_id, part.purpose, part.event_id)


def check_over(book: Book, one: CallList, purpose: str, at: datetime) -> None:
    """Raises Refused for a call-back of an event that is still to come."""
    if purpose in BEFORE_IT or one.starts_at <= at:
        return
    raise Refused(
        msg(
            N_("{event} starts {starts}: there is nothing to call back about before that"),
            event=one.event,
            starts=moment(book, one.starts_at),
        )
    )
