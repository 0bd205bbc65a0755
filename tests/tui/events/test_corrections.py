"""What a move left to be told, on the plan and in its list."""

from __future__ import annotations

from datetime import timedelta

from opslog.services.book.book import Book
from opslog.services.calls import corrections
from opslog.services.events import events
from opslog.services.events.plans import steps
from opslog.tui.widgets.lists.window_list import WindowList
from tests.tui.events.test_events import make, opened, step
from tests.tui.looking import press, text, until


async def test_a_post_is_copied_ticked_off_and_brought_back(book: Book) -> None:
    event_id = make(book)
    for key in ("promo-1-moments", "promo-1-edm"):
        steps.tick_step(book, step(book, event_id, key).id)
    start = events.get(book, event_id).row.starts_at
    events.move(book, event_id, start + timedelta(days=7))
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "enter")
        rows = app.screen.query_one(WindowList)
        post = corrections.of(book, event_id)[0]
        assert rows.select(("post", post.ref))
        await press(pilot, "y")
        assert app.clipboard == str(post.text)
        await press(pilot, "d")
        await until(pilot, "Told of the new date")
        assert len(corrections.of(book, event_id)) == 1
        (left,) = corrections.of(book, event_id)
        assert rows.select(("post", left.ref))
        await press(pilot, "enter")
        await until(pilot, "1 post to correct")
        await press(pilot, "d")
        await until(pilot, "Everybody knows the new date.")
        await press(pilot, "u")
        await until(pilot, "1 post to correct")
        assert str(left.name) in text(app)
