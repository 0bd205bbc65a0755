"""Statements whose guard only a second window can trip."""

from __future__ import annotations

from opslog.services import screening
from opslog.services.book import Book
from opslog.store import screening as store
from tests.services.lists import make_list


def test_a_round_closed_a_moment_ago_takes_no_decision(book: Book) -> None:
    """Another window may close the round between the look at it and the entry."""
    sheet = make_list(book, [("王芳", "深蓝", "", "+8613800138000", "")])
    tidy = screening.open_round(book, sheet.roster_id).made
    entry = ("keep", "", "operator", "2026-11-23T01:00:00Z")
    assert store.put_decisions(book.con, tidy, sheet.cards, entry) == 1
    screening.close_round(book, tidy)
    assert store.put_decisions(book.con, tidy, sheet.cards, entry) == 0
    assert len(screening.decisions(book, sheet.roster_id)) == 1
