"""Another program has the file: nothing freezes, nothing typed is lost, and it is said."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from typing import Any

import pytest

from opslog.services.book import drafts
from opslog.services.book.book import Book
from opslog.services.daybook import lines as log_lines
from opslog.services.events import events
from opslog.tui.frame.app import OpslogApp
from opslog.tui.widgets.asking.form import Form
from tests.tui.looking import notices, press, text, until


@pytest.fixture
def other(book: Book, monkeypatch: Any) -> Iterator[sqlite3.Connection]:
    """A second connection that is writing; a key waits for it no time at all."""
    monkeypatch.setattr("opslog.tui.frame.app.FILE_SECONDS", 0)
    con = sqlite3.connect(book.path, isolation_level=None)
    con.execute("BEGIN IMMEDIATE")
    yield con
    con.close()


def in_the_file(con: sqlite3.Connection, key: str) -> str | None:
    row = con.execute("SELECT value FROM setting WHERE key=?", (key,)).fetchone()
    return None if row is None else str(row[0])


async def test_a_setting_waits_for_the_file(book: Book, other: sqlite3.Connection) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(notifications=True) as pilot:
        await press(pilot, "f12")
        assert app.theme == "opslog-light"
        assert "The file can't be written just now" in text(app)
        await press(pilot, "ctrl+l")
        assert in_the_file(other, "theme") is None
        other.execute("COMMIT")
        app._look_for_others()
        assert in_the_file(other, "theme") == "light"
        assert in_the_file(other, "language") == "zh_CN"


async def test_a_line_half_typed_is_kept(book: Book, other: sqlite3.Connection) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(notifications=True) as pilot:
        await press(pilot, "a", "=打给王总", "enter")
        assert "is being written by another program" in notices(app)
        assert "打给王总" in text(app)
        await press(pilot, "escape", "escape")
        side = drafts.side_file(book.path)
        assert "打给王总" in side.read_text(encoding="utf-8")
        assert stat.S_IMODE(side.stat().st_mode) == 0o600 or os.name == "nt"
        await press(pilot, "a")
        assert "打给王总" in text(app)
        await press(pilot, "=报价", "ctrl+q", "ctrl+q")
        assert app._exit
    other.execute("COMMIT")
    app = OpslogApp(book, demo=True)
    async with app.run_test(notifications=True) as pilot:
        await press(pilot, "H", "enter")
        await until(pilot, "09:00 · 打给王总报价")
        await press(pilot, "enter")
    assert [line.text for line in log_lines.lines(book)] == ["打给王总报价"]
    assert not drafts.waiting(book)
    assert not side.exists()


async def test_closing_waits_for_a_setting_that_is_not_written(
    book: Book, other: sqlite3.Connection
) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(notifications=True) as pilot:
        await press(pilot, "f12", "ctrl+q")
        assert not app._exit
        assert "Not everything is written: another program has the file. ^q again" in notices(app)
        other.execute("COMMIT")
        await press(pilot, "ctrl+q")
        assert app._exit
    assert in_the_file(other, "theme") == "light"


async def test_a_form_stays_as_it_was_typed(book: Book, other: sqlite3.Connection) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await press(pilot, "f4", "n", "=Salon", "tab", "=2026-12-05 14:00", "enter")
        assert isinstance(app.screen, Form)
        shown = " ".join(text(app).replace("│", " ").split())
        assert "is being written by another program" in shown
        other.execute("COMMIT")
        await press(pilot, "enter")
        assert [row.name for row in events.listing(book)] == ["Salon"]
