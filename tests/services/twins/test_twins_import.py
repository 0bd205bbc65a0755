"""What was decided about people and companies holds for the lists to come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from opslog.domain.twins.pairs import COMPANY, PERSON
from opslog.services.book.book import Book
from opslog.services.imports import imports
from opslog.services.people import card as person_card
from opslog.services.twins import search as twin_search
from opslog.services.twins import twins
from tests.services.lists import make_list, make_person

LoadList = Callable[[str], None]


@pytest.fixture
def load(book: Book, tmp_path: Path) -> LoadList:
    """Take rows of name, phone, company, e-mail into the event of a new list."""
    event = make_list(book, [], event="深圳大会").event_id

    def load(rows: str) -> None:
        path = tmp_path / "list.csv"
        path.write_text(f"姓名,手机号,公司,邮箱\n{rows}\n", encoding="utf-8")
        imports.load(book, path, event)

    return load


def people(book: Book, what: str = "name") -> list[str]:
    return [row[0] for row in book.con.execute(f"SELECT {what} FROM person ORDER BY id")]


def test_a_company_that_was_folded_comes_in_folded(book: Book, load: LoadList) -> None:
    make_person(book, "王志刚", "北京云岭科技有限公司")
    make_person(book, "李娜", "云岭科技")
    twins.fold(book, "北京云岭科技", "云岭科技")
    load("赵敏,13800138000,北京云岭科技有限公司,\n孙悦,13800138001,云帆贸易,")
    assert people(book, "company_key") == ["云岭科技"] * 3 + ["云帆贸易"]
    assert people(book, "company")[2] == "北京云岭科技有限公司"
    twin_search.propose(book)
    assert twins.found(book, COMPANY) == []


@pytest.mark.parametrize("number", ["86000001", "8600 0001", "8600-0001转12", "８６００００01"])
@pytest.mark.parametrize("known_first", [True, False])
def test_a_landline_without_its_area_code_is_asked_about_and_merges_nobody(
    book: Book, load: LoadList, number: str, known_first: bool
) -> None:
    rows = ["王志刚,0755 8600 0001,,", f"王总,{number},,"]
    for row in rows if known_first else reversed(rows):
        load(row)
    load("李娜,86000002,,")
    assert len(people(book)) == 3
    twin_search.propose(book)
    (pair,) = twins.found(book, PERSON)
    assert "phone_local" in pair.reasons
    assert people(book, "phone").count("+8675586000001") == 1


def test_the_same_digits_with_other_area_codes_are_other_numbers(
    book: Book, load: LoadList
) -> None:
    load("王志刚,0755 8600 0001,,\n王总,010 8600 0001,,")
    twin_search.propose(book)
    assert twins.found(book, PERSON) == []


def test_a_company_typed_by_hand_is_folded_too(book: Book) -> None:
    make_person(book, "王志刚", "北京云岭科技有限公司")
    other = make_person(book, "李娜", "云岭科技")
    twins.fold(book, "北京云岭科技", "云岭科技")
    person_card.edit(book, other, company="北京云岭科技")
    assert people(book, "company_key") == ["云岭科技"] * 2


@pytest.mark.parametrize(
    "row",
    [
        "王志刚,13800138000,,",
        "王志刚,13800138001,,",
        "王志钢,13800138001,,",  # the name that went into the other
        "王志钢,,,zhigang@post.example",
        "王总,13800138001,,",
    ],
)
def test_who_was_merged_is_known_by_all_they_had(book: Book, load: LoadList, row: str) -> None:
    keep = make_person(book, "王志刚", phone="+8613800138000", email="wang@post.example")
    other = make_person(book, "王志钢", phone="+8613800138001", email="zhigang@post.example")
    twins.merge(book, keep, other)
    load(row)
    assert people(book) == ["王志刚", "王志钢"]
    (card,) = book.con.execute("SELECT person_id FROM card")
    assert card["person_id"] == keep
    twin_search.propose(book)
    assert twins.found(book, PERSON) == []
