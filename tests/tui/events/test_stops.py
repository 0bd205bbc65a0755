"""The stops of a road show on the screen, and the texts of its promotion."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input

from opslog.domain.events import stop_tallies
from opslog.domain.events.events import EventDraft
from opslog.services.book.book import Book
from opslog.services.calls import corrections
from opslog.services.events import calendar, events, stops
from opslog.services.reviews import channels
from opslog.tui.widgets.lists.window_list import WindowList
from tests.tui.events.test_events import go_to, make, opened, step
from tests.tui.looking import lines, press, text, until

ROUTE = """杭州 12-07 ~ 12-08 国际博览中心
宁波 12-09 和义大道
温州 12-10 12-11
南京 12-12 - 12-13 新街口
苏州 12月14日 12月15日 金鸡湖
无锡 12-16~12-17
合肥 12-18 市府广场
武汉 12-21 12-22
长沙 12-23 12-24
广州 12-25 12-26 琶洲
深圳 12-27 12-28
"""
MOST_KEYS = 80  # what is typed counts letter by letter; the list of cities is pasted


class Hand:
    """Presses keys, and counts them."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.pilot, self.keys = pilot, 0

    async def press(self, *keys: str) -> None:
        self.keys += sum(len(key) - 1 if key[0] == "=" and key != "=" else 1 for key in keys)
        await press(self.pilot, *keys)


async def test_a_road_show_of_eleven_cities_is_entered_moved_and_loses_two_stops(
    book: Book,
) -> None:
    async with opened(book, (120, 40)) as (app, pilot):
        hand = Hand(pilot)
        await hand.press("n", "=冬季路演", "tab", "=12-07 09:00")
        await until(pilot, "Road show")
        await hand.press("enter")
        await until(pilot, "New event: 冬季路演")
        (row,) = events.listing(book)
        await hand.press("enter", "+")
        await until(pilot, "No stops yet.")
        await hand.press("n")
        app.screen.query_one(Input).post_message(Paste(ROUTE))
        await until(pilot, "11 stops: 杭州 Mon 12-07 – 12-08 (国际博览中心)")
        await hand.press("enter")
        await until(pilot, "11 stops of 冬季路演")
        found = stops.of(book, row.id)
        assert [one.place for one in found][::5] == ["杭州", "无锡", "深圳"]
        assert [one.venue for one in found[:4]] == ["国际博览中心", "和义大道", "", "新街口"]
        for place, why in (("合肥", "场地被收回"), ("武汉", "报名太少")):
            stop = stops.resolve(book, row.id, place)
            assert app.screen.query_one(WindowList).select(stop.id)
            await hand.press("down", "up", "-", f"={why}", "enter")
            await until(pilot, f"Stop dropped: {place}")
        await hand.press("u")
        await until(pilot, "Undone: Stop dropped")
        await hand.press("U")
        await until(pilot, "Done again: Stop dropped: 武汉")
        await hand.press("escape", "escape", "r", "ctrl+u", "=12-14", "enter")
        await until(pilot, "Moved: 冬季路演")
        assert hand.keys < MOST_KEYS
        zone = book.clock.zone
        days = {one.place: one.starts_at.astimezone(zone) for one in stops.of(book, row.id)}
        assert (days["杭州"].day, days["广州"].month, days["广州"].day) == (14, 1, 1)
        assert [one.place for one in stops.of(book, row.id) if not one.open] == ["合肥", "武汉"]
        await hand.press("enter")
        assert app.screen.query_one(WindowList).select(("stop", found[1].id))
        await until(pilot, "◆ 宁波")
        assert corrections.of(book, row.id) == []  # nothing was published, nobody was asked
        shown = [entry.shown for entry in calendar.entries(book, row.id)]
        assert sum(one.uid.startswith("stop-") and not one.cancelled for one in shown) == 9


async def test_the_show_held_again_tells_its_stops_before_it_is_entered(book: Book) -> None:
    at = book.clock.at(date(2026, 12, 7), time(9))
    show = events.create(book, EventDraft("冬季路演", "roadshow", at)).made
    stops.add(book, show, stops.read(book, show, ROUTE))
    stops.drop(book, stops.resolve(book, show, "合肥").id, "场地被收回")
    async with opened(book) as (app, pilot):
        await press(pilot, "c", "=2027-03-08")
        await until(pilot, "10 stops: 杭州 Mon 2027-03-08, 宁波 Wed 2027-03-10")
        assert "深圳" in text(app)  # wrapped, not cut
        assert "called off last time, left out: 合肥 (场地被收回)" in text(app)
        await press(pilot, "enter")
        await until(pilot, "after 冬季路演")
        again = events.resolve(book, "冬季路演 03-08")
        assert len(stops.of(book, again)) == 10


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


async def test_a_stop_of_next_year_shows_its_days_and_moves_by_r(book: Book) -> None:
    at = book.clock.at(date(2027, 3, 8), time(9))
    show = events.create(book, EventDraft("春季路演", "roadshow", at)).made
    assert show is not None
    stops.add(
        book, show, stops.read(book, show, "杭州 2027-03-08 2027-03-09 14:30\n南京 2027年3月10日")
    )
    async with opened(book, (80, 24)) as (_app, pilot):
        await press(pilot, "enter", "+")
        await until(pilot, "2027-03-08 – 03-09")
        await press(pilot, "r", "ctrl+u", "=杭州 2027年3月11日-12日")
        await until(pilot, "杭州 2027-03-11 – 03-12")
        await press(pilot, "enter")
        await until(pilot, "Stop of 春季路演: 杭州")
        last = stops.resolve(book, show, "杭州").ends_at.astimezone(book.clock.zone)
        assert f"{last:%m-%d %H:%M}" == "03-12 14:30"  # the hours it had


async def test_cities_pasted_onto_the_screen_are_asked_about_at_once(book: Book) -> None:
    at = book.clock.at(date(2026, 12, 7), time(9))
    show = events.create(book, EventDraft("冬季路演", "roadshow", at)).made
    assert show is not None
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "enter", "+")
        await until(pilot, "No stops yet.")
        app.screen.post_message(Paste(ROUTE))
        await until(pilot, "11 stops: 杭州 Mon 12-07 – 12-08 (国际博览中心)")
        await press(pilot, "enter")
        await until(pilot, "11 stops of 冬季路演")
    assert len(stops.of(book, show)) == 11


async def test_a_stop_called_off_is_taken_up_by_backspace(book: Book) -> None:
    at = book.clock.at(date(2026, 12, 7), time(9))
    show = events.create(book, EventDraft("冬季路演", "roadshow", at)).made
    assert show is not None
    stops.add(book, show, stops.read(book, show, ROUTE))
    hangzhou = stops.of(book, show)[0]
    stops.drop(book, hangzhou.id, "场地没了")
    async with opened(book, (80, 24)) as (_app, pilot):
        await press(pilot, "enter", "+")
        await until(pilot, "场地没了")
        await press(pilot, "backspace")
        await until(pilot, "Taken up again: 杭州")
    assert stops.get(book, hangzhou.id) == hangzhou


async def test_what_is_typed_in_at_the_stops_stands_in_the_list_of_events(book: Book) -> None:
    at = book.clock.at(date(2026, 12, 7), time(9))
    show = events.create(book, EventDraft("冬季路演", "roadshow", at)).made
    assert show is not None
    stops.add(book, show, stops.read(book, show, ROUTE))
    for one, number in zip(stops.of(book, show), (80, 40), strict=False):
        stops.tally(book, one.id, stop_tallies.read([f"signups={number}", "attended=30"]))
    async with opened(book, (120, 40)) as (_app, pilot):
        await until(pilot, "sign-ups 120")
        await until(pilot, "attended 60")
        await press(pilot, "enter", "+")
        await until(pilot, "杭州")
        row = next(one for one in lines(pilot.app) if "杭州" in one and "12-07" in one)
        assert " 80 " in row
