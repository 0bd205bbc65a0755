"""A release of materials with those who asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from opslog.services.book.book import Book
from tests.services.lists import Sheet, make_list, make_steps

PEOPLE = (
    ("王志刚", "万科企业", "总经理", "+8613800138000", "wang@vanke.example"),
    ("李娜", "招商蛇口", "经理", "+8613800138001", ""),
    ("张伟", "对家软件", "工程师", "+8613800138002", ""),
)
FOLLOWUPS = ("followup-3", "followup-6", "followup-12")


def release(
    book: Book, rows: Sequence[Sequence[str]] = PEOPLE, *, ago: timedelta = timedelta(days=10)
) -> Sheet:
    """A white paper that came out ``ago``, whose plan follows up after 3, 6 and 12 months."""
    made = make_list(book, rows, event="供应链白皮书", ends_ago=ago)
    book.con.execute("UPDATE event SET kind='materials' WHERE id=?", (made.event_id,))
    make_steps(book, made.event_id, *FOLLOWUPS)
    book.con.commit()
    return made
