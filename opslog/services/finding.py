"""One search over people, events and the log."""

from __future__ import annotations

from opslog.domain.finding import Hit
from opslog.services.book import Book
from opslog.store import finding


def find(book: Book, query: str, limit: int = 8) -> list[Hit]:
    """At most ``limit`` people, events and log lines that hold every word of ``query``."""
    return finding.find(book.con, query, limit)
