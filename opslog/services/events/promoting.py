"""What goes out by a step of promotion: its own words, the operator's own text for the channel, or
one from the event's fields."""

from __future__ import annotations

from opslog.domain.dates.wording import spoken_moment
from opslog.domain.events import promoting, texts
from opslog.domain.events.events import EventCard, PlanLine
from opslog.domain.events.moves import publishes
from opslog.locale import Msg
from opslog.services.book.book import Book
from opslog.services.events import message_texts
from opslog.store.events import stops as stops_store


def text(book: Book, event: EventCard, line: PlanLine) -> Msg | None:
    """None for a step that tells nobody of the event, and where its own words have no fields."""
    if not (texts.holds_fields(line.words) if line.words else publishes(line)):
        return None
    stop = stops_store.get(book.con, line.stop_id) if line.stop_id is not None else None
    found = message_texts.values(book, event, stop, line.channel)
    if line.words:
        return texts.fill(line.words, found)
    if own := message_texts.own(book, texts.PROMOTION, line.channel, found):
        return own
    start = (event.row if stop is None else stop).starts_at
    return promoting.text(
        line.channel,
        promoting.Fields(
            event.name,
            spoken_moment(start, book.clock.zone),
            event.row.place if stop is None else stop.where,
            event.theme,
            str(found["link"]),
        ),
    )
