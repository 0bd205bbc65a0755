"""Who works with the book: the name that messages, talk tracks and hand-overs say. A preference,
so no part of the journal."""

from __future__ import annotations

from opslog.domain.base.text import storable
from opslog.services.book.book import Book

SETTING = "operator"
LONGEST = 40  # signs


def name(book: Book) -> str:
    """'' where nobody said."""
    return book.setting(SETTING)


def set_name(book: Book, text: str) -> str:
    """The name as it is kept from now on; '' for none."""
    kept = storable(" ".join(text.split()))[:LONGEST]
    book.set_setting(SETTING, kept)
    return kept
