"""A list to be screened, as it stands before a key is pressed."""

from __future__ import annotations

import pytest

from opslog.services.book.book import Book
from tests.services.lists import Sheet, make_list

ROWS = [
    ("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", "wang@deepblue.example"),
    ("李娜", "深蓝软件（北京）有限公司", "经理", "+8613800138001", ""),
    ("测试", "云帆科技", "采购经理", "+8613800138002", ""),
    ("赵敏", "深蓝软件", "", "+8613800138003", ""),
    ("Ute Meyer", "Blue Sea GmbH", "CEO", "+8613800138004", ""),
]


@pytest.fixture
def sheet(book: Book) -> Sheet:
    return make_list(book, ROWS)


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys follow each other at once, however busy the machine; a test that pauses says so."""
    monkeypatch.setattr("opslog.tui.screening.screening.PAUSE_SECONDS", 3600)
