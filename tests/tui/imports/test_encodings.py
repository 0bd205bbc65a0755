"""Choosing the reading of a file: columns side by side, by digit, arrows, or not at all."""

from __future__ import annotations

import pytest

from opslog.domain.rosters.rosters import TextSample
from opslog.services.book.book import Book
from opslog.tui.frame.app import OpslogApp
from opslog.tui.imports.encodings import PickReading
from tests.tui.looking import line_with, press, text

NAMES = ("gb18030", "big5", "shift_jis", "utf-8", "utf-16-le", "cp1252")
READINGS = [TextSample(name, (f"{name} 一", f"{name} 二 and so on and so on")) for name in NAMES]


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        (("enter",), "gb18030"),
        (("right", "enter"), "big5"),
        (("left", "enter"), "cp1252"),
        (("3",), "shift_jis"),
        (("9", "6"), "cp1252"),
        (("escape",), None),
    ],
)
async def test_a_reading_is_chosen(book: Book, keys: tuple[str, ...], chosen: str | None) -> None:
    app = OpslogApp(book, demo=True)
    answers: list[str | None] = []
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(PickReading("名单.csv", READINGS), answers.append)
        await pilot.pause()
        await press(pilot, *keys)
        assert answers == [chosen]


async def test_more_readings_than_fit_are_reached(book: Book) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(PickReading("名单.csv", READINGS, selected="utf-8"))
        await pilot.pause()
        assert ">4 utf-8" in line_with(app, "1 gb18030")
        assert "cp1252" not in text(app)
        assert "…" in line_with(app, ">4 utf-8")
        await press(pilot, "right", "right")
        assert ">6 cp1252" in text(app)
        assert "gb18030" not in text(app)
