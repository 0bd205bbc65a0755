"""Promised times that are still to be kept, and until when they were put off: read for the first
screen at a start, so it imports little."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from opslog.domain.calls.outcomes import REMINDER
from opslog.domain.calls.retries import before_it_ends
from opslog.domain.people.card import called
from opslog.services.book.book import Book
from opslog.store.calls import not_now as not_now_store
from opslog.store.calls import rings as rings_store
from opslog.store.calls import touches as calls_store
from opslog.store.calls.touches import Newest

if TYPE_CHECKING:
    from opslog.services.book.book import Change

AGAIN = timedelta(minutes=15)  # a ring that is put off with one key comes back then
PROMISE, FOLLOW_UP = "promise", "follow_up"


class Ring(NamedTuple):
    """A call that was promised for ``promised`` and rings at ``due``: the same, or later where it
    was put off. ``ref``: the card of a ``promise``; of somebody on no list the follow-up."""

    kind: str
    ref: int
    person_id: int
    person: str
    phone: str
    promised: datetime
    due: datetime
    note: str = ""


def waiting(book: Book) -> list[tuple[Newest, datetime]]:
    """Promises to people on lists, each with the instant that it is due."""
    now = book.now()
    put_off = not_now_store.until(book.con, now)
    found = []
    for newest in calls_store.promises(book.con):
        at = newest.attempt.next_at
        assert at is not None
        until = max(at, put_off.get(newest.person_id, at))
        if newest.attempt.purpose != REMINDER:
            found.append((newest, until))
        elif now < newest.starts_at:
            found.append((newest, _before(newest.starts_at, at, until)))
    return found


def _before(starts_at: datetime, at: datetime, put_off: datetime) -> datetime:
    """A reminder is kept before its event, whatever was promised, or put off, when the event was
    to be later."""
    return before_it_ends(put_off if put_off < starts_at else at, starts_at)


def of_event(book: Book, event_id: int) -> list[tuple[str, datetime]]:
    """Who was promised a call about an event, and when: who must be told where it is cancelled."""
    return [
        (called(newest.person_id, newest.person, newest.company, newest.phone), due)
        for newest, due in waiting(book)
        if newest.event_id == event_id
    ]


def rings(book: Book) -> list[Ring]:
    """Every promised time that is open, the next one first."""
    found = []
    for newest, due in waiting(book):
        who = called(newest.person_id, newest.person, newest.company, newest.phone)
        attempt = newest.attempt
        assert attempt.next_at is not None
        ref, at = attempt.card_id, attempt.next_at
        found.append(Ring(PROMISE, ref, newest.person_id, who, newest.phone, at, due, attempt.note))
    for one in rings_store.off_list(book.con):
        who = called(one.person_id, one.person, one.company, one.phone)
        ref = one.follow_up_id
        found.append(Ring(FOLLOW_UP, ref, one.person_id, who, one.phone, one.promised, one.due))
    return sorted(found, key=lambda ring: ring.due)


def quieten(book: Book, ring: Ring) -> Change:
    """Let it ring again in a quarter of an hour; what was promised stays."""
    until = book.now() + AGAIN
    if ring.kind == FOLLOW_UP:
        from opslog.services.daybook.follow_ups import snooze_follow_up

        return snooze_follow_up(book, ring.ref, until)
    from opslog.services.calls.not_now import put_off

    return put_off(book, ring.person_id, until)
