"""Statements whose guard only a second window can trip."""

from __future__ import annotations

from opslog.services.book.book import Book
from opslog.services.screening import rounds
from opslog.store.screening import rounds as screening_store
from tests.services.lists import make_list


def test_a_round_closed_a_moment_ago_takes_no_decision(book: Book) -> None:
    """Another window may close the round between the look at it and the entry."""
    sheet = make_list(book, [("王芳", "深蓝", "", "+8613800138000", "")])
    tidy = rounds.open_round(book, sheet.roster_id).made
    entry = ("keep", "", "operator", "2026-11-23T01:00:00Z")
    assert screening_store.put_decisions(book.con, tidy, sheet.cards, entry) == 1
    rounds.close_round(book, tidy)
    assert screening_store.put_decisions(book.con, tidy, sheet.cards, entry) == 0
    assert len(rounds.decisions(book, sheet.roster_id)) == 1
