"""What becomes of each value where two people, or two companies, become one."""

from __future__ import annotations

from typing import Any

import pytest

from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.people import card as person_card
from opslog.services.twins import twins
from tests.services.lists import make_list, make_person


def rows(book: Book, sql: str) -> list[Any]:
    return [row[0] for row in book.con.execute(sql)]


def put_field(book: Book, person: int | None, company: str | None, value: str, by: str) -> None:
    con = book.con
    con.execute("INSERT OR IGNORE INTO field(id, of, name) VALUES (1, 'person', '预算')")
    con.execute(
        "INSERT INTO field_value(field_id, person_id, company_key, value, source)"
        " VALUES (1,?,?,?,?)",
        (person, company, value, by),
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "left"),
    [
        (("50 万", "operator"), ("80 万", "operator"), ("50 万", "operator")),
        (("50 万", "list"), ("80 万", "list"), ("50 万", "list")),
        (("50 万", "list"), ("80 万", "operator"), ("80 万", "operator")),
        (("50 万", "operator"), ("80 万", "list"), ("50 万", "operator")),
        (None, ("80 万", "list"), ("80 万", "list")),
    ],
)
def test_of_two_values_of_a_field_the_typed_one_stays(
    book: Book,
    mine: tuple[str, str] | None,
    theirs: tuple[str, str],
    left: tuple[str, str],
) -> None:
    keep, other = make_person(book, "王志刚"), make_person(book, "王志钢")
    if mine is not None:
        put_field(book, keep, None, *mine)
    put_field(book, other, None, *theirs)
    twins.merge(book, keep, other)
    found = book.con.execute("SELECT person_id, value, source FROM field_value").fetchall()
    assert [tuple(row) for row in found] == [(keep, *left)]


def test_where_a_value_came_from_goes_with_the_value(book: Book) -> None:
    """What ``keep`` had, from wherever, is not made a list's; what it takes over stays one."""
    keep = make_person(book, "王志刚", title="经理")
    other = make_person(book, "王志钢", title="总监")
    con = book.con
    file_id = make_list(book, []).file_id
    con.execute("UPDATE person SET city='北京', industry='医疗' WHERE id=?", (other,))
    con.execute("UPDATE person SET industry='金融' WHERE id=?", (keep,))
    for person, column, file in (
        (keep, "city", None),  # somebody emptied it
        (keep, "industry", None),
        (other, "city", file_id),
        (other, "industry", file_id),
        (other, "title", file_id),
    ):
        con.execute(
            'INSERT INTO source(person_id, "column", file_id) VALUES (?,?,?)',
            (person, column, file),
        )
    twins.merge(book, keep, other)
    found = con.execute('SELECT person_id, "column", file_id FROM source ORDER BY 2').fetchall()
    assert [tuple(row) for row in found] == [(keep, "city", file_id), (keep, "industry", None)]


def test_of_two_moments_the_right_one_stays(book: Book) -> None:
    sheet = make_list(book, [(name, "", "", "", "") for name in ("王志刚", "王志钢")])
    early, late = "2026-11-01T01:00:00Z", "2026-11-09T01:00:00Z"
    con = book.con
    for index, (at, contact) in enumerate([(late, early), (early, late)]):
        con.execute("UPDATE card SET signed_up_at=? WHERE id=?", (at, sheet.cards[index]))
        con.execute("UPDATE card SET guests=? WHERE id=?", (index + 1, sheet.cards[index]))
        con.execute(
            "UPDATE person SET created_at=?, last_contact_at=? WHERE id=?",
            (at, contact, sheet.people[index]),
        )
    twins.merge(book, *sheet.people[:2])
    (card,) = con.execute("SELECT * FROM card WHERE id=?", (sheet.cards[0],))
    assert (card["signed_up_at"], card["guests"]) == (early, 2)
    (person,) = con.execute("SELECT * FROM person WHERE id=?", (sheet.people[0],))
    assert (person["created_at"], person["last_contact_at"]) == (early, late)


def test_a_guess_fills_a_blank(book: Book) -> None:
    keep, other = make_person(book, "王志刚"), make_person(book, "王志钢")
    book.con.execute("UPDATE person SET city_guess='苏州' WHERE id=?", (other,))
    twins.merge(book, keep, other)
    assert rows(book, "SELECT city_guess FROM person ORDER BY id") == ["苏州", "苏州"]


def test_a_company_is_not_split_from_its_key(book: Book) -> None:
    """``?`` is a company without a key: another's key is not put to it."""
    keep, other = make_person(book, "王志刚", "??"), make_person(book, "王志钢", "云岭科技")
    book.con.execute("UPDATE person SET company_key='' WHERE id=?", (keep,))
    twins.merge(book, keep, other)
    person = person_card.get(book, keep)
    assert (person.company, person.company_key) == ("??", "")


def test_fields_of_a_company_go_with_it(book: Book) -> None:
    for name in ("云岭科技", "云岭"):
        make_person(book, "王志刚", name)
    put_field(book, None, "云岭", "300 人", "operator")
    twins.fold(book, "云岭", "云岭科技")
    assert rows(book, "SELECT company_key FROM field_value") == ["云岭科技"]
    history.undo(book)
    put_field(book, None, "云岭科技", "200 人", "list")
    twins.fold(book, "云岭", "云岭科技")
    found = book.con.execute("SELECT company_key, value FROM field_value").fetchall()
    assert [tuple(row) for row in found] == [("云岭科技", "300 人")]
