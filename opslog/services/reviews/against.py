"""What a review is held against: another event, or what the events of other months brought."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.events.events import EventCard
from opslog.domain.reports import stretches
from opslog.domain.reports.stretches import MONTH
from opslog.domain.reviews.measures import against_label
from opslog.domain.reviews.numbers import Number
from opslog.domain.reviews.results import comparing
from opslog.domain.reviews.results.comparing import MONTHS, Others
from opslog.domain.reviews.review import Compared
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book.book import Book
from opslog.services.reviews.seen import Seen, look
from opslog.store.reports import events as store
from opslog.store.reports.ledger import Wanted
from opslog.store.reviews import people


class Against(NamedTuple):
    """``others``: the chief numbers of its events, or stops; ``seen`` where it is one event,
    ``stages`` of the funnel where it is one of either. ``note`` says of what, or why nothing is
    known."""

    compared: Compared
    others: Others
    note: Msg | None
    seen: Seen | None = None
    stages: Mapping[str, Number] | None = None


def against(book: Book, event: EventCard, key: str | None) -> Against | None:
    """See ``reviews.review``. Refused for an event that is gone, and for what is none of these."""
    if key is None:
        earlier = people.earlier(book.con, event.id)
        key = "" if earlier is None else str(earlier)
    if not key:
        return None
    if key in MONTHS:
        return _months(book, event, key)
    if key.isdecimal() and int(key) == event.id:
        text = N_("An event is not held against itself: give another event, or one of {all}")
        raise Refused(msg(text, all=listed(MONTHS)))
    if not key.isdecimal():
        text = N_("“{key}” is nothing to compare with: give another event, or one of {all}")
        raise Refused(msg(text, key=key, all=listed(MONTHS)))
    seen = look(book, int(key))
    title = Msg("{text}", {"text": seen.event.name})
    held = Compared(key, title, seen.event.id)
    return Against(held, Others([seen.chief]), None, seen, seen.stages)


def _months(book: Book, event: EventCard, key: str) -> Against:
    """Sums over the events that ended in these months, as the reports of months have them; a
    month that is not over yet is not counted."""
    month = event.row.ends_at.astimezone(book.clock.zone).date()
    wanted = [one for one in comparing.months(key, month) if _last(one) < book.today()]
    title = Compared(key, against_label(key))
    if not wanted:
        return Against(title, Others(), msg(N_("these months are not over yet")))
    first, last = wanted[0], _last(wanted[-1])
    stretch = Wanted(book.clock.at(first), book.clock.at(stretches.of(MONTH, last).beside(1).first))
    held = store.events(book.con, stretch, ended=True)
    span = stretches.of(MONTH, first).title(book.today())
    if len(wanted) > 1:
        end = stretches.of(MONTH, last).title(book.today())
        span = msg(N_("{first} to {last}"), first=span, last=end)
    if not held:
        return Against(title, Others(), msg(N_("no event was held: {months}"), months=span))
    found = [look(book, one.id).chief for one in held]
    note = nmsg(N_("{n} event: {months}"), N_("{n} events: {months}"), len(held), months=span)
    return Against(title, Others(found, len(wanted)), note)


def _last(month: date) -> date:
    return stretches.of(MONTH, month).last
