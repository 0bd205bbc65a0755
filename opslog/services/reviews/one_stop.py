"""The stop of a road show that a review is limited to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from opslog.domain.events.events import EventCard
from opslog.domain.events.stops import Stop
from opslog.services.book.book import Book
from opslog.services.events import stops
from opslog.store.reviews import one_stop as store


@contextmanager
def only(book: Book, event_id: int, stop_id: int | None) -> Iterator[Stop | None]:
    """Inside, what is counted of the event is of this stop alone; None: of the whole. Refused where
    the stop is gone."""
    if stop_id is None:
        yield None
        return
    stop = stops.get(book, stop_id)
    with store.only(book.con, event_id, stop_id):
        yield stop


def as_event(event: EventCard, stop: Stop | None) -> EventCard:
    """The stop as though it were an event of its own: its days and place, without what was aimed at
    and typed in of the whole."""
    if stop is None:
        return event
    row = event.row._replace(
        name=f"{event.name} · {stop.place}",
        starts_at=stop.starts_at,
        ends_at=stop.ends_at,
        place=stop.where,
    )
    return event._replace(
        row=row, targets={}, budget_cents=None, reach=None, views=None, shares=None, reached=None
    )
