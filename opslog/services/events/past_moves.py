"""An event that is moved to a day that is past: said, and only done when that is meant."""

from __future__ import annotations

from datetime import date, datetime

from opslog.domain.events.events import EventRow
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book
from opslog.services.events import events, form


def read(book: Book, row: EventRow, text: str) -> datetime:
    """To when a text moves an event: a day without a year is the one nearest to its date, or to
    today once that is past. Raises Refused as ``form.read_moment`` does."""
    return form.read_moment(book, text, row.starts_at, near=max(row.starts_at, book.now()))


def said(book: Book, row: EventRow, text: str, starts_at: datetime) -> Msg | None:
    """That this moves the event to a day that is past, and which day may have been meant; None
    where it does not, and of one that people came to, which is asked about as such."""
    was, day = (at.astimezone(book.clock.zone).date() for at in (row.starts_at, starts_at))
    if day >= book.today() or day == was or events.came(book, row.id):
        return None
    coming = form.read_moment(book, text, row.starts_at).astimezone(book.clock.zone).date()
    if coming == day:
        return msg(N_("{when} is past"), when=whole_day(day))
    guessed = N_("{when} is past, write {next} for the next one")
    return msg(guessed, when=whole_day(day), next=whole_day(coming))


def whole_day(day: date) -> str:
    """With its year, which is in question."""
    return day.isoformat()
