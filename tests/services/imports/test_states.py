"""How sign-ups stand over several files of one list."""

from __future__ import annotations

from pathlib import Path

import pytest

from opslog.domain.imports.report import ImportReport
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.imports import imports
from opslog.services.rosters import rosters, withdrawing
from tests.services.lists import make_list


@pytest.fixture
def event(book: Book) -> int:
    return make_list(book, []).event_id


def load(book: Book, event: int, path: Path, status: str) -> ImportReport:
    path.write_text(f"姓名,手机号,报名状态\n蒋一,13788880001,{status}\n", encoding="utf-8")
    return imports.load(book, path, event)


def state(book: Book) -> str:
    return str(book.con.execute("SELECT state FROM card").fetchone()[0])


def test_a_later_file_changes_a_state_and_is_taken_back(
    book: Book, event: int, tmp_path: Path
) -> None:
    load(book, event, tmp_path / "a.csv", "候补")
    assert state(book) == "waiting"
    report = load(book, event, tmp_path / "b.csv", "已取消")
    assert (report.updated, report.withdrawn, state(book)) == (1, 1, "withdrawn")
    newest = rosters.files(book, report.roster)[-1]
    withdrawing.withdraw(book, newest.id)
    assert state(book) == "waiting"
    history.undo(book)
    assert state(book) == "withdrawn"


def test_a_word_nobody_understood_takes_nothing_back(
    book: Book, event: int, tmp_path: Path
) -> None:
    load(book, event, tmp_path / "a.csv", "已取消")
    report = load(book, event, tmp_path / "b.csv", "VIP")
    assert [one.word for one in report.unclear] == ["VIP"]
    assert state(book) == "withdrawn"


def test_the_same_row_again_says_nothing_new(book: Book, event: int, tmp_path: Path) -> None:
    load(book, event, tmp_path / "a.csv", "已报名")
    load(book, event, tmp_path / "b.csv", "已取消")
    assert load(book, event, tmp_path / "c.csv", "已报名").unchanged == 1
    assert state(book) == "withdrawn"


def test_of_two_rows_of_a_later_file_the_one_that_stands_counts(
    book: Book, event: int, tmp_path: Path
) -> None:
    load(book, event, tmp_path / "a.csv", "候补")
    twice = "已报名\n蒋一,13788880001,已取消"
    load(book, event, tmp_path / "b.csv", twice)
    assert state(book) == "coming"


def test_whom_a_withdrawn_file_brought_stands_as_the_other_says(
    book: Book, event: int, tmp_path: Path
) -> None:
    first = load(book, event, tmp_path / "a.csv", "已取消")
    load(book, event, tmp_path / "b.csv", "已退款")
    withdrawing.withdraw(book, rosters.files(book, first.roster)[0].id)
    assert state(book) == "withdrawn"
