"""How fast one calls, how much was called today, and when that is too much for a carrier."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from opslog.domain.base.clock import instant_text
from opslog.domain.calls import pace
from opslog.locale import Msg, nmsg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.store.calls import touches as store

PAST = timedelta(days=30)  # of one's own calls, from which the pace is told before today's tell it
LAST = 200  # calls at most


class Pace(NamedTuple):
    """``each``: the time one call takes, by today's, else by those of late; ``usual``: as it is
    set, since these are too few. ``today``: calls and messages made. ``too_many``: what speaks for
    a pause."""

    each: timedelta
    usual: bool
    today: int
    too_many: Msg | None

    def done_at(self, book: Book, left: int) -> datetime | None:
        """When ``left`` more are made; None where today has no room for them."""
        if not left:
            return None
        parts = own_kinds.outcomes(book).parts
        return pace.done_at(left, self.each, book.clock.local(), parts)


def now(book: Book) -> Pace:
    midnight = book.clock.at(book.today())
    times = store.call_times(book.con, instant_text(midnight - PAST), LAST)
    own = pace.pace([at for at in times if at >= midnight]) or pace.pace(times)
    each = own or timedelta(minutes=own_kinds.contact_limits(book).minutes)
    made = store.calls_made(book.con, instant_text(midnight))
    return Pace(each, own is None, made, _too_many(book, midnight))


def _too_many(book: Book, midnight: datetime) -> Msg | None:
    """Carriers freeze numbers that call too much: from so many on it is said."""
    limits = own_kinds.contact_limits(book)
    if not limits.an_hour and not limits.a_day:
        return None
    dialled = store.dialled(book.con, instant_text(midnight))
    hour = sum(at > book.now() - timedelta(hours=1) for at in dialled)
    if limits.an_hour and hour >= limits.an_hour:
        return nmsg("{n} call within an hour", "{n} calls within an hour: a pause?", hour)
    if limits.a_day and len(dialled) >= limits.a_day:
        n = len(dialled)
        return nmsg("{n} call today", "{n} calls today: enough for a number?", n)
    return None
