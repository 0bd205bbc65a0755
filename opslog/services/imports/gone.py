"""The same list sent again: who stood in the earlier file and does not stand in this one."""

from __future__ import annotations

from opslog.domain.people.card import called
from opslog.exchange.meaning.list_file import OpenList
from opslog.services.book.book import Book
from opslog.services.imports.loading import Loader
from opslog.store.rosters import gone as store


def names(book: Book, roster_id: int, source: OpenList, loader: Loader) -> tuple[str, ...]:
    """What those are called who came with these headings before and are not in this file.

    Rows nothing can be joined by are the same where they say the same. A list that opslog wrote
    stands for the whole list that it was.
    """
    if source.extras.line >= 0:
        others = store.others(book.con, roster_id, loader.seen_cards, loader.first_card)
        return tuple(called(*one) for one in others)
    people = store.earlier(
        book.con,
        roster_id,
        source.kind,
        source.columns,
        loader.file_id,
        loader.seen_cards,
        loader.unnamed,
    )
    return tuple(called(*one) for one in people)
