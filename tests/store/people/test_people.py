"""The window over all people, and who is found, asked of the store alone."""

from __future__ import annotations

import random
from array import array
from datetime import UTC, datetime
from pathlib import Path

import pytest

from opslog.domain.people.list import View, hours_since
from opslog.locale import msg
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.people import card as person_card
from opslog.services.people import list as people_list
from opslog.store.db import person_index, search
from opslog.store.db.person_index import BLOCK
from opslog.store.people import card as people_store
from opslog.store.people.window import Everybody
from tests.conftest import StandingClock
from tests.services.lists import make_list, make_person
from tests.store.schema import dumps


def fill(book: Book, number: int) -> None:
    rows = [
        (f"p{n}", people_store.search_text({"name": f"p{n}"}), "2026-11-01T00:00:00Z")
        for n in range(number)
    ]
    book.con.executemany("INSERT INTO person(name, search, created_at) VALUES (?,?,?)", rows)


def shown(book: Book) -> list[int]:
    rows = book.con.execute(
        f"SELECT id FROM person WHERE {person_index.shown_sql()} ORDER BY id DESC"
    ).fetchall()
    return [row[0] for row in rows]


def test_any_stretch_of_the_list_is_read_at_once(book: Book) -> None:
    fill(book, 3 * BLOCK)
    chance = random.Random(1)
    for id in chance.sample(range(1, 3 * BLOCK), 500):
        book.con.execute("DELETE FROM person WHERE id=?", (id,))
    for id in chance.sample(shown(book), 300):
        book.con.execute("UPDATE person SET merged_into=1 WHERE id=?", (id,))
    book.con.execute("DELETE FROM person WHERE id BETWEEN 1100 AND 2040")
    expected = shown(book)
    everybody = Everybody(book.con)
    assert everybody.count() == len(expected)
    for start in (0, 1, 500, 1023, 1024, len(expected) - 3, len(expected), len(expected) + 5):
        assert everybody.ids(start, start + 64) == expected[start : start + 64]
    for position in range(0, len(expected), 7):
        assert everybody.position(expected[position]) == position
    assert everybody.position(1101) is None
    assert everybody.position(10**9) is None
    assert person_index.flaws(book.con) == []


def test_the_counts_follow_undo_and_redo(book: Book) -> None:
    with book.change(msg("x"), bulk=True):
        fill(book, 5)
    with book.change(msg("y")):
        book.con.execute("UPDATE person SET merged_into=1 WHERE id IN (2, 3)")
    assert people_list.count(book) == 3
    history.undo(book)
    assert people_list.count(book) == 5
    history.undo(book)
    assert people_list.count(book) == 0
    history.redo(book)
    history.redo(book)
    assert people_list.count(book) == 3
    assert person_index.flaws(book.con) == []
    book.con.execute("UPDATE person_block SET people=7")
    assert person_index.flaws(book.con) == ["person_block 0"]
    person_index.recount(book.con)
    assert people_list.count(book) == 3


def test_a_facet_is_a_word_of_the_index_and_follows_the_row(book: Book) -> None:
    odd = "a 'b\" (c) / 上海"
    first, second = make_person(book, "王志刚"), make_person(book, "李娜")
    book.con.execute("UPDATE person SET city=? WHERE id=?", (odd, first))
    book.con.execute("UPDATE person SET city='上海' WHERE id=?", (second,))

    def found(facet: str, value: str) -> list[int]:
        return people_list.found(book, View().having(facet, value)).ids

    assert found("city", odd) == [first]
    assert found("city", "上海") == [second]
    assert found("wecom", "x") == [second, first]
    book.con.execute("UPDATE person SET wecom=1 WHERE id=?", (first,))
    assert (found("wecom", "1"), found("wecom", "x")) == ([first], [second])
    book.con.execute("UPDATE person SET merged_into=? WHERE id=?", (first, second))
    assert found("city", "上海") == []
    assert person_card.find(book, "李娜") == []
    values = people_list.ViewReading(book, View(), {}).facet("city", "", 10)
    assert [(value.value, value.count) for value in values] == [(odd, 1)]
    assert search.check(book.con) == []


@pytest.mark.parametrize(
    ("at", "facets"),
    [
        ("2026-11-22T15:59:00Z", {"month", "quarter"}),  # Sunday 23:59 in Shanghai
        ("2026-11-22T16:00:00Z", {"week", "month", "quarter"}),  # Monday 00:00
        ("2026-11-23T01:00:00Z", {"week", "month", "quarter"}),
        ("2026-10-31T16:00:00Z", {"month", "quarter"}),
        ("2026-10-31T15:00:00Z", {"quarter"}),
        ("2026-09-30T16:00:00Z", {"quarter"}),
        ("2026-09-30T15:00:00Z", {"longer"}),
        ("2019-01-01T00:00:00Z", {"longer"}),
        (None, {"never"}),
    ],
)
def test_the_last_contact_counts_by_the_local_calendar(
    book: Book, at: str | None, facets: set[str]
) -> None:
    person = make_person(book, "王志刚")
    book.con.execute("UPDATE person SET last_contact_at=? WHERE id=?", (at, person))
    every = ("week", "month", "quarter", "longer", "never")
    assert {f for f in every if people_list.found(book, View().having("contact", f)).ids} == facets


def test_words_facets_tags_and_digits_hold_together(book: Book) -> None:
    rows = [
        ("王志刚", "深蓝软件", "总监", "+8613800138000", ""),
        ("王芳", "深蓝软件", "经理", "+8613900139001", ""),
        ("李娜", "58同城", "经理", "+8613812345678", ""),
    ]
    wang, fang, li = make_list(book, rows).people
    person_card.set_tags(book, [wang, li], ["VIP"])

    def found(words: str, **facets: str) -> list[int]:
        return people_list.found(book, View(words, tuple(facets.items()))).ids

    assert found("王 138") == [wang]
    assert found("王 0139001") == [fang]
    assert found("王 38") == [wang]
    assert found("58") == [li]
    assert found("138", tag="VIP") == [li, wang]
    assert found("王", title="经理") == [fang]
    assert found("#VIP", company="深蓝软件") == [wang]
    assert found("#VI 深蓝") == [wang]
    assert found("138", company="深蓝软件", wecom="x") == [wang]
    assert found("", tag="VIP", title="经理") == [li]


def test_one_slip_is_forgiven_only_where_nobody_is_found(book: Book) -> None:
    wang = make_person(book, "王志刚", "云岭科技")
    other = make_person(book, "王志钢", "海纳")
    assert [p.id for p in person_card.find(book, "王志钢")] == [other]
    assert [p.id for p in person_card.find(book, "王智刚")] == [other, wang]  # it sounds the same
    assert [p.id for p in person_card.find(book, "王大刚")] == [wang]  # one character is wrong
    assert [p.id for p in person_card.find(book, "wangzhigamg")] == [other, wang]
    assert [p.id for p in person_card.find(book, "云玲")] == [wang]
    assert person_card.find(book, "赵大伟") == []
    assert person_card.find(book, "xyz") == []
    assert person_card.find(book, "王志刚 zzzzz") == []


def test_more_than_fits_at_once_is_read_beside(book: Book) -> None:
    fill(book, 600)
    first = people_list.found(book, View().having("wecom", "x"), 100)
    assert (len(first.ids), first.more) == (100, True)
    ids: array[int] = array("q")
    people_list.ViewReading(book, View().having("wecom", "x"), {}).ids(ids.extend)
    assert ids.tolist() == list(range(600, 0, -1))
    stopped = people_list.ViewReading(book, View(sort="name"), {})
    stopped.stop()
    with pytest.raises(people_list.Stopped):
        stopped.in_order(lambda _n: None)


def test_pinyin_comes_to_people_of_the_first_schema(tmp_path: Path, clock: StandingClock) -> None:
    """Also to those that only undo and redo know."""
    path = tmp_path / "opslog.db"
    dumps.load(1, path)
    book = open_book(path, clock=clock)
    (wang,) = person_card.find(book, "wzg")
    assert wang.name == "王志刚"
    assert people_list.count(book) == len(shown(book))
    assert search.check(book.con) == []
    history.undo(book)  # the deletion of 李娜
    assert [p.name for p in person_card.find(book, "lina")] == ["李娜"]
    book.close()


def test_a_call_is_the_last_contact_and_its_undo_takes_it_back(
    book: Book, clock: StandingClock
) -> None:
    from opslog.services.calls import calling

    sheet = make_list(book, [("王志刚", "深蓝", "总监", "+8613800138000", "")])
    calling.record(book, sheet.cards[0], "callback-1", "no_answer", lane="phone")
    person = person_card.get(book, sheet.people[0])
    assert person.last_contact_at == datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    history.undo(book)
    assert person_card.get(book, sheet.people[0]).last_contact_at is None


def test_hours_that_are_fewest() -> None:
    assert hours_since(
        datetime(2026, 9, 29, 22, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)
    ) == ["2026092922", "2026092923", "20260930", "202610", "202611"]
