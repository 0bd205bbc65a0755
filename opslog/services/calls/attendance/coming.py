"""Who said that they come, and are expected still: what Calls, Events, the forecast, and whoever
cancels an event go by."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from opslog.domain.calls.queue import Guest
from opslog.domain.imports.guests import Brought
from opslog.domain.people.card import called
from opslog.domain.rosters.rosters import NOT_EXPECTED
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book
from opslog.services.calls import promises
from opslog.services.calls.attendance import guests
from opslog.services.events import events


def coming(book: Book, event_id: int) -> list[Guest]:
    """Those whose newest reminder says so, or who stand in for somebody; but whoever was dropped
    or withdrew since, or sends somebody else."""
    return [
        one
        for one in guests.guests(book, event_id)
        if one.confirmed and one.state not in NOT_EXPECTED and not (one.dropped or one.replaced_by)
    ]


class ToTell(NamedTuple):
    """Who must hear that an event is off: who was promised a call about it, and who said that they
    come, with whom these bring along."""

    promised: list[tuple[str, datetime]]
    coming: list[str | Msg]


def to_tell(book: Book, event_id: int) -> ToTell:
    """As long as it is not cancelled; of one that is over nobody needs to hear that it is off."""
    over = events.get(book, event_id).row.ends_at <= book.now()
    expected = [] if over else coming(book, event_id)
    return ToTell(promises.of_event(book, event_id), [_said(one) for one in expected])


def _said(one: Guest) -> str | Msg:
    name = called(one.person_id, one.person, one.company, one.phone)
    brings = Brought(one.brings, one.or_more)
    return msg(N_("{person} + {n}"), person=name, n=brings) if one.brings else name
