"""The screen of one's own fields, and the form of a person with them."""

from __future__ import annotations

from opslog.services.book.book import Book
from opslog.services.fields import fields
from opslog.services.people import card as person_card
from opslog.tui.fields.fields import FieldsScreen
from opslog.tui.frame.app import OpslogApp
from tests.services.calls.test_calling import salon_tomorrow
from tests.tui import looking


async def test_a_field_is_made_shown_weighed_and_filled(book: Book) -> None:
    made = salon_tomorrow(book)
    async with OpslogApp(book, demo=True).run_test(size=(80, 24)) as pilot:
        await looking.press(pilot, "f7", "O")
        assert isinstance(pilot.app.screen, FieldsScreen)
        assert "No fields of your own yet" in looking.text(pilot.app)
        await looking.press(pilot, "n", "=预算", "tab", "tab", "right", "right", "tab", "=有, 没有")
        await looking.press(pilot, "tab", "tab", "=5", "enter")
        one = fields.named(book, "预算")
        assert one is not None
        assert one[1:] == ("person", "预算", "choice", ("有", "没有"), True, 5, 0)
        assert "有 · 没有" in looking.line_with(pilot.app, "person ")
        await looking.press(pilot, "space")
        assert not fields.get(book, one.id).on_card
        await looking.press(pilot, "space", "delete")
        assert fields.everything(book) == []
        await looking.press(pilot, "u")
        assert fields.everything(book) == [one]
        await looking.press(pilot, "escape", "slash", "=王志刚", "enter", "enter", "e")
        await looking.press(pilot, *["tab"] * 8, "=1", "enter")
        assert dict(person_card.get(book, made.people[0]).fields) == {"预算": "有"}


async def test_what_a_field_says_stands_beside_it(book: Book) -> None:
    made = salon_tomorrow(book)
    size = fields.add(book, fields.read({"name": "员工数", "of": "company"})).made
    for person, value in ((0, "500"), (2, "80"), (3, "80")):
        fields.set_value(book, size, made.people[person], value)
    async with OpslogApp(book, demo=True).run_test(size=(120, 40)) as pilot:
        await looking.press(pilot, "f7", "O")
        assert looking.line_with(pilot.app, "80  ").endswith(" 2")


async def test_people_are_narrowed_to_a_range_of_numbers(book: Book) -> None:
    made = salon_tomorrow(book)
    size = fields.add(book, fields.read({"name": "员工数"})).made
    fields.set_value(book, size, made.people[0], "500")
    async with OpslogApp(book, demo=True).run_test(size=(80, 24)) as pilot:
        await looking.press(pilot, "f7", "slash", "=员工数>=500")
        assert "1 person" in looking.text(pilot.app)
        await looking.press(pilot, "escape", "slash", "=规模>=500")
        assert "There is no field “规模”" in looking.text(pilot.app)
        await looking.press(pilot, "escape", "f", "=Own", "enter", "=员工数<600")
        await looking.until(pilot, "员工数<600")
        await looking.press(pilot, "enter")
        assert "Own field: 员工数<600" in looking.text(pilot.app)
