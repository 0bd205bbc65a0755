"""``opslog twins``."""

from __future__ import annotations

import json

import pytest

from opslog.cli import run
from opslog.services.book.book import Book
from tests.services.lists import make_person


@pytest.fixture
def twice(book: Book) -> Book:
    make_person(book, "王志刚", "北京云岭科技有限公司", "总监", "+8613800138000")
    make_person(book, "王志钢", "云岭科技", "", "+8613800138001")
    return book


def test_pairs_with_their_reasons(twice: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--db", str(twice.path), "--lang", "en", "twins"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert "王志刚 北京云岭科技有限公司 138 0013 8000" in line
    assert "王志钢 云岭科技 138 0013 8001" in line
    assert "the names sound the same · the numbers differ by one digit" in line


def test_companies(twice: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--db", str(twice.path), "--lang", "zh", "twins", "--companies"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert "云岭科技（1）" in line
    assert "只有一个写了地名" in line


def test_one_document_in_english(twice: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--db", str(twice.path), "--lang", "zh", "twins", "--json"]) == 0
    person, company = json.loads(capsys.readouterr().out)
    assert (person["kind"], company["kind"]) == ("person", "company")
    assert person["one"]["phones"] == ["+8613800138000"]
    assert "the names sound the same" in person["reasons"]
    assert company["other"]["written"] == ["北京云岭科技有限公司"] or company["one"]["written"]
    assert (person["keep"], person["verdict"]) == ("one", "open")
    assert {"id", "one", "other", "keep", "score", "reasons", "against"} <= set(person)


def test_nobody_twice(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--db", str(book.path), "--lang", "en", "twins"]) == 0
    assert capsys.readouterr().out == "Nobody is here twice, as far as can be told.\n"
    assert run(["--db", str(book.path), "twins", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
