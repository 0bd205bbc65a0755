"""How many will come to an event to come: as the call desk says it."""

from __future__ import annotations

from opslog.domain.calls.outcomes import REMINDER
from opslog.domain.calls.retries import Window
from opslog.domain.reports.ledger import Expected
from opslog.services.book.book import Book
from opslog.services.calls.attendance import guests
from opslog.services.calls.queue import left_out
from opslog.store.calls import call_lists as lists_store
from opslog.store.reports import events as store


def expected(book: Book, event_id: int) -> Expected:
    reminders = Window(REMINDER, book.now())
    out = [
        one
        for list_ in lists_store.lists(book.con, event_id=event_id)
        for one in left_out.of_list(book, list_, reminders)
    ]
    low, high = guests.forecast(book, event_id, out).span
    return Expected(event_id, low, high, store.target(book.con, event_id, "attended"))
