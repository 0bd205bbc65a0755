"""A list with verdicts and a call, as it may leave in files."""

from __future__ import annotations

import pytest

from opslog.services.book.book import Book
from opslog.services.screening import rounds
from tests.services.lists import Sheet, make_list

ROWS = [
    ("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", "wang@deepblue.example"),
    ("李娜", "云帆科技", "经理", "+8613800138001", ""),
    ("=cmd|' /C calc'!A0", "测试", "", "", ""),
]


@pytest.fixture
def sheet(book: Book) -> Sheet:
    """A list after tidying, the first screening begun, one call-back made."""
    made = make_list(book, ROWS)
    tidy = rounds.open_round(book, made.roster_id).made
    rounds.decide(book, tidy, made.cards[0], "keep")
    rounds.decide(book, tidy, made.cards[1], "keep")
    rounds.decide(book, tidy, made.cards[2], "drop", "made_up", by="junk words")
    rounds.close_round(book, tidy)
    first = rounds.open_round(book, made.roster_id).made
    rounds.decide(book, first, made.cards[0], "drop", "not_target")
    rounds.decide(book, first, made.cards[0], "park")
    return made
