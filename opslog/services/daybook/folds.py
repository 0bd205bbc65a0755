"""The log's runs of calls and messages, each to be shown as one line."""

from __future__ import annotations

from datetime import date, timedelta

from opslog.domain.daybook.folds import Fold, folds
from opslog.services.book.book import Book
from opslog.store.daybook import called


def found(book: Book, day_from: date | None = None, day_to: date | None = None) -> list[Fold]:
    """Those of the local days asked for, both included, in order of time."""
    start = book.clock.at(day_from) if day_from else None
    end = book.clock.at(day_to + timedelta(days=1)) if day_to else None
    return folds(called.lines(book.con, start, end), book.clock.zone)
