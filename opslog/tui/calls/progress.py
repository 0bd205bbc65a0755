"""How far the calls of a list for one purpose are, how fast they go, and when there are any."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from opslog.domain.calls.left_out import LeftOut
from opslog.domain.calls.outcomes import REMINDER
from opslog.domain.calls.queue import CallCard, Forecast, Share
from opslog.domain.rosters.rosters import Cards
from opslog.locale import _, ngettext
from opslog.services.book.book import Book
from opslog.services.calls import pace as call_pace
from opslog.services.calls.attendance import guests
from opslog.services.calls.call_files import books
from opslog.services.calls.queue import followups, queue
from opslog.services.calls.queue.queue import StillOpen
from opslog.services.events import events


@dataclass(frozen=True)
class Far:
    """What came of the calls so far, and what that lets expect: a forecast with its target, or
    ``came``, how many came. ``open``: how many are still to be called."""

    shares: tuple[Share, ...] = ()
    forecast: Forecast | None = None
    target: float | None = None
    came: str = ""
    open: StillOpen | None = None


def far(book: Book, card: CallCard, left: Iterable[LeftOut]) -> Far:
    """How far the calls are that one card is of, counted over its whole list, or the part of it
    that is of one stop; ``left`` are those who are not called."""
    left, event_id = list(left), card.event_id
    begun = followups.begun(book, card.roster_id, card.purpose)
    cards = card.part or Cards(card.roster_id)
    shares = guests.shares(book, cards, card.purpose, left, begun)
    still = queue.still_open(book, cards, card.purpose, begun)
    if event_id is None or begun is not None:
        return Far(shares, open=still)
    if card.purpose == REMINDER:
        target = None if card.part else events.get(book, event_id).targets.get("attended")
        return Far(shares, guests.forecast(book, event_id, left, card.part), target, open=still)
    rate = guests.show_up(book, event_id, card.part)
    came = _("{came} of {signed_up} came").format(came=rate.of_those, signed_up=rate.signed_up)
    return Far(shares, came=came, open=still)


class Speed(NamedTuple):
    """Each in words, or ''. ``today``: calls made; ``warning``: that they are too many."""

    an_hour: str
    done: str
    today: str
    warning: str


def pace(book: Book, ready: int) -> Speed:
    """How many calls an hour, and when the ``ready`` ones would be made."""
    found = call_pace.now(book)
    an_hour = round(timedelta(hours=1) / found.each)
    told = ngettext("{n} call an hour", "{n} calls an hour", an_hour)
    if found.usual:
        told = ngettext("usually {n} call an hour", "usually {n} calls an hour", an_hour)
    at = found.done_at(book, ready)
    done = _("done about {time}").format(time=f"{at:%H:%M}") if at else ""
    today = ngettext("{n} made today", "{n} made today", found.today).format(n=found.today)
    return Speed(
        told.format(n=an_hour), done, today if found.today else "", str(found.too_many or "")
    )


def hours(book: Book) -> str:
    """When calling may begin, where it is too early, too late or noon."""
    at = books(book).outcomes.next_hours(book.clock.local())
    return _("calls are made from {time}").format(time=f"{at:%H:%M}") if at else ""
