"""Texts that go out in the operator's own words, filled in from an event, a stop and a plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from opslog.domain.dates.wording import spoken_moment
from opslog.domain.events import channels, texts
from opslog.domain.events.events import EventCard
from opslog.domain.events.stops import Stop
from opslog.locale import Msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.events import answers
from opslog.store.events import channels as channels_store


def values(
    book: Book,
    event: EventCard,
    stop: Stop | None = None,
    channel: str = "",
    when: datetime | None = None,
) -> dict[str, Msg | str]:
    """What the fields say, of a stop where it is of one; ``when``: on another date than now."""
    start = when or (event.row if stop is None else stop).starts_at
    return {
        **answers.fields(book, event.id),
        "event": event.name,
        "date": spoken_moment(start, book.clock.zone),
        "place": event.row.place if stop is None else stop.where,
        "theme": event.theme,
        "link": link(book, event, None if stop is None else stop.id, channel),
    }


def link(book: Book, event: EventCard, stop_id: int | None, channel: str) -> str:
    """Where people sign up by a channel, its code where it has no link; that of the stop first."""
    known = channels.of_stop(channels_store.of(book.con, event.id), stop_id)
    mine = [one for one in known if one.kind == channel and (one.link or one.code)]
    return next((one.link or one.code for one in mine), "")


def own(book: Book, use: str, channel: str, found: Mapping[str, Msg | str]) -> Msg | None:
    """The operator's own text for a use, filled in; None where there is none, or it greets
    somebody by name and it goes to all."""
    template = own_kinds.texts(book).find(use, channel)
    if not template or ("{name}" in template and not found.get("name")):
        return None
    return texts.fill(template, found)
