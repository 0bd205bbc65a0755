"""One search over people, events and the log."""

from __future__ import annotations

from opslog.domain.people.list import View
from opslog.domain.search.found import Hit
from opslog.services.book.book import Book
from opslog.services.people import list as people_list
from opslog.store.search import found as search_found


def find(book: Book, query: str, limit: int = 8) -> list[Hit]:
    """At most ``limit`` people, events and log lines each that hold every word of ``query``.

    People are found as in their own list: by pinyin, digits, tags too. An event stands before
    them: whoever signed up for it has its tag.
    """
    ids = people_list.found(book, View(query), limit).ids
    others = search_found.find(book.con, query, limit)
    events = [hit for hit in others if hit.kind == "event"]
    return [*events, *search_found.people(book.con, ids), *others[len(events) :]]
