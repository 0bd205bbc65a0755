"""Which event is reviewed, and what it may be held against."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from opslog.domain.events.events import EventRow
from opslog.domain.reviews.measures import OTHER_STOPS, of_stop
from opslog.locale import N_, _
from opslog.services.book.book import Book
from opslog.services.events import stops as stops_service
from opslog.services.reviews import stops_beside
from opslog.tui.events.wording import kind, moment
from opslog.tui.widgets.asking.prompt import Choice

NONE = "none"
PERIODS = {
    "previous_month": N_("The month before"),
    "same_month_last_year": N_("The same month of the year before"),
    "half_year_before": N_("The half-year before, a month of it on average"),
    "half_year_after": N_("The half-year after, a month of it on average"),
}


def latest(rows: Sequence[EventRow], now: datetime) -> int | None:
    """The event that was over last; before any is, the one that comes first."""
    there = [one for one in rows if one.cancelled_at is None]
    over = [one for one in there if one.ends_at <= now]
    if over:
        return max(over, key=lambda one: one.ends_at).id
    return min(there, key=lambda one: one.starts_at).id if there else None


def choices(book: Book, rows: Sequence[EventRow]) -> list[Choice]:
    """Events to choose from, the latest first."""
    return [
        Choice(str(one.id), one.name, f"{moment(book, one.starts_at)} · {kind(one)}")
        for one in sorted(rows, key=lambda one: one.starts_at, reverse=True)
    ]


def stops(book: Book, event_id: int) -> list[Choice]:
    """The whole, and each stop of a road show; none of an event without stops."""
    each = [
        Choice(str(one.id), one.place, moment(book, one.starts_at))
        for one in stops_service.of(book, event_id)
    ]
    return [Choice(NONE, _("the whole event")), *each] if each else []


def against(book: Book, rows: Sequence[EventRow], event: EventRow) -> list[Choice]:
    """Events of its kind, the months and half-years, then all other events; or nothing."""
    others = [one for one in rows if one.id != event.id and one.cancelled_at is None]
    alike = [one for one in others if one.kind == event.kind]
    rest = [one for one in others if one.kind != event.kind]
    periods = [Choice(key, _(title)) for key, title in PERIODS.items()]
    return [
        *choices(book, alike)[:3],
        *periods,
        *choices(book, alike)[3:],
        *choices(book, rest),
        Choice(NONE, _("Nothing")),
    ]


def against_stop(book: Book, event_id: int, stop_id: int) -> list[Choice]:
    """The mean of the other stops of a show, and each of them; or nothing."""
    others = stops_beside.there(book, event_id, stop_id)
    mean = [Choice(OTHER_STOPS, _("The mean of the other stops"))] if others else []
    each = [Choice(of_stop(one.id), one.place, moment(book, one.starts_at)) for one in others]
    return [*mean, *each, Choice(NONE, _("Nothing"))]
