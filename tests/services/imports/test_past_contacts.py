"""A history from a customer system: entries of the time line, with the file they are of."""

from __future__ import annotations

from pathlib import Path

import pytest

from opslog.domain.imports import past_contacts
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.cards.cards import timeline
from opslog.services.files import coming_in
from opslog.services.people import erasing
from opslog.services.rosters import withdrawing
from tests.services.lists import make_list

LIST = (
    "客户姓名,手机,跟进记录,最近跟进时间\n"
    '陈立,13812345678,"2026-11-03 14:20 王敏：电话未接\n【2026/10/20】加了微信；预算 20-30 万",\n'
    "刘芳,13900001111,想看报价,2026-10-01 09:00\n"
    "张三,13700002222,2026-11-03,2026-11-03\n"
)


def _said(book: Book, person_id: int) -> list[str]:
    return [
        f"{one.at.astimezone(book.clock.zone):%m-%d} {one.text}"
        for one in timeline(book, person_id)
        if "told by" in str(one.text)
    ]


@pytest.fixture
def lists(book: Book, tmp_path: Path) -> Path:
    make_list(book, [])
    path = tmp_path / "crm.csv"
    path.write_text(LIST, "utf-8")
    return path


def test_the_history_of_a_list_stands_in_the_time_line_once(book: Book, lists: Path) -> None:
    for _again in range(2):
        coming_in.load(book, lists, 1)
    assert _said(book, 1) == [
        "11-03 王敏：电话未接 (told by crm.csv)",
        "10-20 加了微信；预算 20-30 万 (told by crm.csv)",
    ]
    assert _said(book, 2) == ["10-01 想看报价 (told by crm.csv)"]
    assert _said(book, 3) == []


def test_it_goes_with_its_file_and_with_its_person(book: Book, lists: Path) -> None:
    coming_in.load(book, lists, 1)
    erasing.erase(book, 1, "陈立")
    left = [row[0] for row in book.con.execute("SELECT text FROM past_contact")]
    assert left == ["想看报价"]
    file_id = book.con.execute("SELECT max(id) FROM roster_file").fetchone()[0]
    withdrawing.withdraw(book, file_id)
    assert book.con.execute("SELECT count(*) FROM past_contact").fetchone()[0] == 0


def test_one_undo_takes_it_back(book: Book, lists: Path) -> None:
    coming_in.load(book, lists, 1)
    history.undo(book)
    assert book.con.execute("SELECT count(*) FROM past_contact").fetchone()[0] == 0


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("", []),
        ("2026-11-03", []),
        ("回访 2026-11-03 有意向", [("", "回访 2026-11-03 有意向")]),
        ("2026年11月3日 拜访；2026.10.9：电话", [("11-03", "拜访"), ("10-09", "电话")]),
        (
            "[2026-11-03 09:05] called | [2026-02-30] no such day",
            [("11-03", "called | [2026-02-30] no such day")],
        ),
        ("先前：无\n2026-11-03 电话", [("", "先前：无"), ("11-03", "电话")]),
    ],
)
def test_a_cell_is_parted_at_days_that_begin_an_entry(
    book: Book, cell: str, told: list[tuple[str, str]]
) -> None:
    zone = book.clock.zone
    found = past_contacts.entries(cell, zone)
    assert [(f"{at.astimezone(zone):%m-%d}" if at else "", text) for at, text in found] == told
