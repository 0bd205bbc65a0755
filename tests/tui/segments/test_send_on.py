"""A list sent on: of whom by one digit, as what by another."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from textual.widgets import Input

from opslog.domain.people.card import MAIL
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.calls.queue import queue as call_queue
from opslog.services.people import erasing
from opslog.services.screening import rounds
from opslog.store.people import suppressed
from opslog.tui.widgets.lists.window_list import WindowList
from tests.services.calls.test_calling import TOMORROW
from tests.services.lists import Sheet, make_list
from tests.tui.looking import press, text, until
from tests.tui.people.test_people import ROWS, opened


@pytest.fixture
def sheet(book: Book) -> Sheet:
    """The salon of tomorrow: two decline, one of them without an e-mail, and nobody else."""
    made = make_list(book, ROWS, ends_ago=TOMORROW)
    for card, why in zip(made.cards, ("too_far", "ill"), strict=False):
        calling.record(book, card, "reminder", "not_coming", lane="phone", reason=why)
    return made


def written(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [*csv.reader(file)]


async def test_whoever_declined_an_event_as_a_mailing_list(book: Book, sheet: Sheet) -> None:
    suppressed.put(book.con, sheet.people[:1], MAIL, "2026-11-01T01:00:00Z", "list")
    path = book.home / "mail.csv"
    async with opened(book, "f4") as (pilot, app):
        await press(pilot, "l")
        await until(pilot, "上海沙龙: a list of whom?")
        assert "declined (too far)" in text(app)
        assert "1 (1 not tried yet)" in text(app)
        await press(pilot, "2")
        await until(pilot, "Left out, asked for no e-mail: 1")
        await press(pilot, "2")
        await until(pilot, "3 chosen")
        pilot.app.screen.query_one("#field-file", Input).value = str(path)
        await press(pilot, "enter")
        await until(pilot, "Written: ")
    headings, *rows = written(path)
    assert headings == ["Name", "Company", "E-mail"]
    assert rows == [], "one has no e-mail, one asked for none"


async def test_for_what_they_declined_as_a_file_with_the_reason(book: Book, sheet: Sheet) -> None:
    path = book.home / "why.csv"
    async with opened(book, "f5") as (pilot, _app):
        await press(pilot, "l", "8", "3")
        await until(pilot, "Write 1 row")
        pilot.app.screen.query_one("#field-file", Input).value = str(path)
        await press(pilot, "enter")
        await until(pilot, "Written: ")
    headings, row = written(path)
    assert dict(zip(headings, row, strict=True))["Why not"] == "ill"


async def test_nobody_of_a_kind_says_why(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f4") as (pilot, _app):
        await press(pilot, "l", "1")
        await until(pilot, "Nobody is marked yet as there or not")


async def test_the_people_behind_a_number_of_a_report(book: Book, sheet: Sheet) -> None:
    """Somebody erased since is counted as nobody; a competitor is left out, and that is said."""
    more = make_list(
        book,
        [
            ("吴十", "珠江实业", "", "+8613800139000", ""),
            ("郑一", "远山", "", "+8613800139001", ""),
        ],
        event="另一场",
        ends_ago=TOMORROW,
    )
    for card in more.cards:
        calling.record(book, card, "reminder", "not_coming", lane="phone", reason="ill")
    erasing.erase(book, more.people[0], "吴十")
    tidy = rounds.open_round(book, more.roster_id).made
    rounds.decide(book, tidy, more.cards[1], "drop", "competitor")
    async with opened(book, "f8") as (pilot, app):
        await press(pilot, "tab", "end", "l")
        await until(pilot, "No people are counted here")
        app.screen.query_one(WindowList).select(("Calls", "not_coming"))
        await press(pilot, "l")
        await until(pilot, "Mon 11-23: not coming: 3 people")
        assert "Left out: 1 competitor" in text(app)
        await press(pilot, "1", "enter")
        await until(pilot, "Call list ")
        await press(pilot, "enter", "x")
        await until(pilot, "Write 4 rows")
    listed = [line.person for line in call_queue.queue(book, later=True) if not line.event_id]
    assert sorted(listed) == sorted(name for name, *_rest in ROWS[:2])
