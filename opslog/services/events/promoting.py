"""What goes out by a step of promotion: its own words, or a text from the event's fields."""

from __future__ import annotations

from opslog.domain.dates.wording import spoken_moment
from opslog.domain.events import channels, promoting
from opslog.domain.events.events import EventCard, PlanLine
from opslog.domain.events.moves import publishes
from opslog.locale import Msg
from opslog.services.book.book import Book
from opslog.store.events import channels as channels_store
from opslog.store.events import stops as stops_store


def text(book: Book, event: EventCard, line: PlanLine) -> Msg | None:
    """None for a step that tells nobody of the event, and where it has words of its own."""
    if line.words or not publishes(line):
        return None
    stop = stops_store.get(book.con, line.stop_id) if line.stop_id is not None else None
    start = (stop or event.row).starts_at
    every = channels.of_stop(channels_store.of(book.con, event.id), line.stop_id)
    known = [one for one in every if one.kind == line.channel]
    link = next((one.link or one.code for one in known if one.link or one.code), "")
    return promoting.text(
        line.channel,
        promoting.Fields(
            event.name,
            spoken_moment(start, book.clock.zone),
            stop.where if stop is not None else event.row.place,
            event.theme,
            link,
        ),
    )
