"""The operator's own words for a report: kept with its days, in the place of those worked out.

The numbers stay what they are; where they are others than when the words were written, that is
said.
"""

from __future__ import annotations

from opslog.domain.base.text import storable
from opslog.domain.reports.own_text import OwnText
from opslog.domain.reports.stretches import Stretch
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book, Change
from opslog.store.reports import own_text as store


def of(book: Book, stretch: Stretch) -> OwnText | None:
    return store.of(book.con, stretch.first, stretch.last)


def write(book: Book, stretch: Stretch, text: str, made_from: str) -> Change:
    """Keep these words; those that say what is worked out anyway are none of one's own.

    ``made_from``: the text that was worked out when they were written.
    """
    text = storable("\n".join(line.rstrip() for line in text.strip().split("\n")))
    with book.change(
        msg(N_("Report of {days} in your words"), days=_title(book, stretch))
    ) as change:
        if not text or text == made_from:
            store.delete(book.con, stretch.first, stretch.last)
        else:
            words = OwnText(text, storable(made_from), book.now())
            store.put(book.con, stretch.first, stretch.last, words)
    return change


def drop(book: Book, stretch: Stretch) -> Change:
    """Back to the words worked out."""
    with book.change(
        msg(N_("Report of {days} as it is worked out"), days=_title(book, stretch))
    ) as change:
        store.delete(book.con, stretch.first, stretch.last)
    return change


def _title(book: Book, stretch: Stretch) -> Msg:
    return stretch.title(book.today())
