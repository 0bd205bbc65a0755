"""The day before a salon by keys: the last reminder call ticks its step, everywhere, once."""

from __future__ import annotations

import pytest

from opslog.domain.events.events import EventDraft
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.events import events
from opslog.services.imports import imports
from tests.conftest import domain_rows
from tests.journeys.test_whole_event import LIST, at, opened
from tests.tui.looking import line_with, press, text, until

STEP = "Reminder calls the day before"


@pytest.fixture
def event_id(book: Book) -> int:
    """A salon tomorrow, its plan late already, and its list: three to call, of five rows."""
    starts_at = at(book, "2026-11-24 14:00")
    made = events.create(book, EventDraft("上海沙龙", "salon", starts_at)).made
    path = book.home / "名单.csv"
    path.write_text(LIST, encoding="utf-8")
    imports.load(book, path, made)
    return made


async def test_the_last_call_ticks_the_step_and_undo_opens_it(book: Book, event_id: int) -> None:
    async with opened(book) as pilot:
        app = pilot.app
        first = text(app).splitlines()[4]
        assert STEP in first  # above a late poster
        assert "0/4" in first
        await press(pilot, "enter", "1", "1")
        await press(pilot, "f4", "enter")
        await until(pilot, STEP)
        assert "2/4" in line_with(app, STEP)
        await press(pilot, "f2")
        assert "2/4" in line_with(app, STEP)
        assert text(app).count(STEP) == 1
        before = domain_rows(book.con)
        await press(pilot, "f6", "1", "7")
        await press(pilot, "f2")
        assert STEP not in text(app)
        await press(pilot, "f3")
        await until(pilot, f"Done: {STEP}, 4 of 4")
        await press(pilot, "f4", "enter")
        await until(pilot, "✓ 1 step done")
        assert f"○ {STEP}" not in text(app)  # over, and folded into its week
        await press(pilot, "u")
        await until(pilot, "Undone")
        assert "3/4" in line_with(app, STEP)
        history.redo(book)
    step = next(one for one in events.plan(book, event_id) if one.key == "reminder-call-1")
    assert step.proven
    history.undo(book)
    history.undo(book)
    assert domain_rows(book.con) == before
