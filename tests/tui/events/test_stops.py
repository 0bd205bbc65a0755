"""The stops of a road show on the screen, and the texts of its promotion."""

from __future__ import annotations

from opslog.domain.events.events import EventDraft
from opslog.services.book.book import Book
from opslog.services.events import events, stops
from opslog.services.reviews import channels
from opslog.tui.widgets.lists.window_list import WindowList
from tests.tui.events.test_events import at, go_to, make, opened, step
from tests.tui.looking import press, text, until


async def test_stops_are_pasted_called_off_and_stand_in_the_plan(book: Book) -> None:
    made = events.create(
        book, EventDraft("冬季路演", "roadshow", at(book, "2026-12-07T09:00"))
    ).made
    assert made is not None
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "enter", "+")
        await until(pilot, "No stops yet.")
        await press(pilot, "n", *"杭州 12-07 12-08 宁波 12-09", "enter")
        await until(pilot, "2 stops of 冬季路演")
        assert [one.place for one in stops.of(book, made)] == ["杭州", "宁波"]
        (_first, second) = stops.of(book, made)
        assert app.screen.query_one(WindowList).select(second.id)
        await press(pilot, "-", *"场地被收回", "enter")
        await until(pilot, "called off")
        await press(pilot, "u")
        await until(pilot, "Undone: Stop dropped")
        assert stops.get(book, second.id).open
        await press(pilot, "escape")
        assert app.screen.query_one(WindowList).select(("stop", second.id))
        await until(pilot, "◆ 宁波")


async def test_a_round_is_copied_with_its_date_place_and_link(book: Book) -> None:
    event_id = make(book, place="静安")
    channels.put(book, event_id, channels.read({"label": "朋友圈", "link": "https://a.cn/pyq"}))
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "enter")
        await go_to(app, pilot, step(book, event_id, "promo-1-moments").id)
        await until(pilot, "To send")
        await press(pilot, "y")
        assert app.clipboard == "“上海沙龙”, Sat 5 Dec, 14:00, 静安. Sign up: https://a.cn/pyq"
        assert "Copied" in text(app)
