"""One search over people, events and the log."""

from __future__ import annotations

from opslog.domain.finding import Hit
from opslog.domain.people import View
from opslog.services import people
from opslog.services.book import Book
from opslog.store import finding


def find(book: Book, query: str, limit: int = 8) -> list[Hit]:
    """At most ``limit`` people, events and log lines each that hold every word of ``query``.

    People are found as in their own list: by pinyin, digits, tags too.
    """
    ids = people.found(book, View(query), limit).ids
    return [*finding.people(book.con, ids), *finding.find(book.con, query, limit)]
