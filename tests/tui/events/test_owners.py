"""What colleagues owe, by the keyboard."""

from __future__ import annotations

from opslog.services.book.book import Book
from opslog.services.calls import owners
from opslog.tui.widgets.lists.window_list import WindowList
from tests.tui.events.test_events import go_to, make, opened
from tests.tui.looking import press, text, until


async def test_the_words_are_copied_and_that_they_were_sent_is_noted(book: Book) -> None:
    event_id = make(book)
    venue = owners.named(book, "venue")
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "Q")
        rows = app.screen.query_one(WindowList)
        assert rows.select(venue.lines[0].id)
        await until(pilot, "To send")
        await press(pilot, "y")
        await until(pilot, "reminded Mon 11-23 09:00")
        assert app.clipboard == str(owners.text(book, venue))
        await press(pilot, "u")
        await until(pilot, "Undone: Reminded Venue lead")
        assert owners.named(book, "venue").told is None
        await press(pilot, "escape", "enter")
        await go_to(app, pilot, venue.lines[0].id)
        await until(pilot, "Send to Venue lead")
        await press(pilot, "y")
        await until(pilot, "Reminded Venue lead of 1 step")
        assert owners.named(book, "venue", event_id).told is not None
        assert "reminded" in text(app)
