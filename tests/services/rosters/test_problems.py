"""Rows that were not understood, mended one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.imports import imports
from opslog.services.rosters import problems as roster_problems
from opslog.services.screening import roster_card
from tests.conftest import domain_rows
from tests.services.rosters.test_rosters import make_event

TEXT = (
    "姓名,手机号,公司,邮箱\n"
    "王志刚,1.38E+10,甲公司,\n"
    ",,乙公司,\n"
    "李娜,13900139000,丙公司,li@c.cn\n"
    "合计,3,,\n"
)


@pytest.fixture
def roster(book: Book, tmp_path: Path) -> int:
    path = tmp_path / "list.csv"
    path.write_text(TEXT, encoding="utf-8")
    return imports.load(book, path, make_event(book, "上海沙龙")).roster


def ids(book: Book, roster_id: int | None = None) -> list[int]:
    return roster_problems.waiting(book, roster_id).ids(0, 100)


def lines(book: Book) -> list[int]:
    return [row.line for row in roster_problems.rows(book, ids(book))]


def sums(book: Book) -> tuple[int, ...]:
    row = book.con.execute(
        "SELECT read, new, updated, unchanged, duplicate, problem FROM roster_file"
    ).fetchone()
    assert row[0] == sum(tuple(row)[1:])
    return tuple(row)


def test_marked_rows_stand_in_the_order_of_their_file(book: Book, roster: int) -> None:
    assert (
        roster_problems.waiting(book).count() == roster_problems.waiting(book, roster).count() == 3
    )
    first, second, third = roster_problems.rows(book, ids(book, roster))
    assert (first.line, first.problems, first.values["name"]) == (2, ("phone_damaged",), "王志刚")
    assert (second.problems, second.person_id, second.values["company"]) == (
        *(("nobody",), None),
        "乙公司",
    )
    assert third.problems == ("totals",)
    assert first.cells == ("王志刚", "1.38E+10", "甲公司", "")
    assert roster_problems.waiting(book, roster + 1).count() == 0


def test_a_damaged_phone_is_typed_and_the_cells_stay(book: Book, roster: int) -> None:
    row = ids(book)[0]
    with pytest.raises(Refused, match="can't be read"):
        roster_problems.mend(book, row, {"phone": "138"})
    before = domain_rows(book.con)
    roster_problems.mend(book, row, {"phone": "138 0013 8000"})
    person = book.con.execute("SELECT phone, city_guess FROM person WHERE name='王志刚'")
    assert tuple(person.fetchone()) == ("+8613800138000", "北京市")
    entry = next(iter(roster_card.rows(book, roster)))
    assert entry.cells == ("王志刚", "1.38E+10", "甲公司", "")
    assert entry.mended == {"phone": "138 0013 8000"}
    assert lines(book) == [3, 5]
    history.undo(book)
    assert domain_rows(book.con) == before


def test_a_row_that_was_nobody_becomes_a_card(book: Book, roster: int) -> None:
    row = ids(book)[1]
    with pytest.raises(Refused, match="still nobody"):
        roster_problems.mend(book, row, {"city": "上海"})
    assert sums(book) == (4, 2, 0, 0, 0, 2)
    roster_problems.mend(book, row, {"name": "赵敏", "phone": "13600136000"})
    assert sums(book) == (4, 3, 0, 0, 0, 1)
    entry = list(roster_card.rows(book, roster))[1]
    assert (entry.result, entry.person and entry.person.name) == ("new", "赵敏")
    assert entry.person is not None
    assert entry.person.company == "乙公司"


def test_a_row_of_somebody_known_joins_the_card(book: Book, roster: int) -> None:
    roster_problems.mend(book, ids(book)[1], {"name": "李娜", "phone": "13900139000"})
    assert sums(book) == (4, 2, 0, 0, 1, 1)
    cards = {entry.card_id for entry in roster_card.rows(book, roster) if entry.line in (3, 4)}
    assert len(cards) == 1


def test_nothing_to_mend_is_an_answer_too(book: Book, roster: int) -> None:
    row = ids(book)[2]
    with pytest.raises(Refused, match="nothing to mend"):
        roster_problems.mend(book, row, {"name": "  "})
    roster_problems.accept(book, row)
    assert lines(book) == [2, 3]
    assert list(roster_card.rows(book, roster))[3].result == "problem"
    history.undo(book)
    assert lines(book) == [2, 3, 5]


def test_a_row_whose_import_was_taken_back_is_gone(book: Book, roster: int) -> None:
    row = ids(book)[0]
    history.undo(book)
    with pytest.raises(Refused, match="This row is gone"):
        roster_problems.accept(book, row)
