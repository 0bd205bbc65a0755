"""The customers of WeCom: when each was added counts, and what colleagues called them is no second
person."""

from __future__ import annotations

from pathlib import Path

import pytest

from opslog.domain.rosters.rosters import ImportOptions
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.files import coming_in
from opslog.services.programmes import enrolling
from opslog.services.twins import twins
from tests.conftest import StandingClock
from tests.services.rosters.test_rosters import make_event

SIGNED_UP = """姓名,手机,公司,职位
王志刚,13800138000,深蓝软件有限公司,市场总监
吴芳,13900139012,平安科技有限公司,经理
"""
CUSTOMERS = """客户名称,所属企微号,所属企业,添加时间,标签组1,标签组2,备注名,描述信息,备注手机号
刚子,小微01,深蓝软件有限公司,2026-11-21 10:11:12,意向,深圳,王志刚-深蓝,,13800138000
芳,小微01,平安科技有限公司,2026-11-20 09:00:01,,,吴芳 平安,,13900139012
Lily,小微01,明远咨询有限公司,2026-11-03 09:00:01,,,,,13900139055
"""


@pytest.fixture
def customers(book: Book, tmp_path: Path) -> Path:
    """The list of an event, and behind it that of WeCom."""
    event_id = make_event(book, "上海沙龙")
    for name, text in (("list.csv", SIGNED_UP), ("customers.csv", CUSTOMERS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        coming_in.load(book, tmp_path / name, event_id, ImportOptions(take=("tags",)))
    return tmp_path / "customers.csv"


def offered(book: Book) -> list[tuple[str, str]]:
    found = enrolling.candidates(book, "new-wecom")
    return [(one.person, str(one.why)) for one in found]


def test_whoever_was_added_of_late_could_enter_the_programme_of_new_contacts(
    book: Book, customers: Path, clock: StandingClock
) -> None:
    why = "to add on WeCom: accepted"
    assert offered(book) == [("王志刚", why), ("吴芳", why)]
    again = coming_in.preview(book, customers, 1, ImportOptions(take=("tags",)))
    assert again.taken == {}
    assert book.con.execute("SELECT count(*), sum(counts) FROM touch").fetchone()[:] == (3, 0)
    history.undo(book)
    assert offered(book) == []


def test_what_a_colleague_called_them_joins_and_renames_nobody(book: Book, customers: Path) -> None:
    rows = book.con.execute("SELECT name, wecom FROM person ORDER BY id").fetchall()
    assert [tuple(row) for row in rows] == [("王志刚", 1), ("吴芳", 1), ("Lily", 1)]
    assert twins.counts(book).get("person", 0) == 0
    tags = book.con.execute("SELECT tag FROM person_tag").fetchall()
    assert {row[0] for row in tags} >= {"意向", "深圳"}
