"""A list to be screened, and its first round."""

from __future__ import annotations

import pytest

from opslog.services.book.book import Book
from opslog.services.screening import rounds
from tests.services.lists import Sheet, make_list

ROWS = [
    ("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", "wang@deepblue.example"),
    ("李娜", "深蓝软件（北京）有限公司", "经理", "+8613800138001", ""),
    ("张伟", "云帆科技", "采购经理", "+8613800138002", ""),
    ("测试", "测试", "", "+8613800138003", ""),
    ("赵敏", "深蓝软件", "", "", ""),
]


@pytest.fixture
def sheet(book: Book) -> Sheet:
    return make_list(book, ROWS)


@pytest.fixture
def tidy(book: Book, sheet: Sheet) -> int:
    return rounds.open_round(book, sheet.roster_id).made
