"""Requests of materials by keys: decided, copied, sent, entered; from Today and from Events."""

from __future__ import annotations

from opslog.services.book.book import Book
from opslog.services.materials import requests
from opslog.tui.frame.app import OpslogApp
from tests.services.lists import make_list
from tests.services.materials import release
from tests.tui.looking import press, text, until


async def test_from_today_to_sent(book: Book) -> None:
    made = release(book)
    requests.note(book, made.cards[0], {"medium": "paper", "address": "深圳福田 8 号"})
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, "Decide 3 requests")
        await press(pilot, "g", "q")
        assert "3 asked · 0 allowed · 0 sent · 0 refused" in text(app)
        await press(pilot, "1")  # the first one
        assert "Allowed: 王志刚" in text(app)
        await press(pilot, "home", "y", "d")
        assert app.clipboard == "王志刚 138 0013 8000 深圳福田 8 号"
        assert requests.get(book, made.cards[0]).state == "sent"
        one = next(one for one in requests.of_event(book) if one.state == "to_decide")
        await press(pilot, "home", "2", "=competitor", "enter")
        assert requests.get(book, one.card_id).state == "refused"
        await press(pilot, "u")
        assert requests.get(book, one.card_id).state == "to_decide"


async def test_who_asks_is_entered_by_a_line_and_a_form(book: Book) -> None:
    made = release(book, ())
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f4", "h")
        assert "Nobody asked yet." in text(app)
        await press(pilot, "n", "=赵敏 13800138009 金地集团", "enter", "enter")
        await until(pilot, "Request of 赵敏")
        await press(pilot, "right", "right")
        assert "a competitor: Enter refuses it" in text(app)
        await press(pilot, "enter")
        (one,) = requests.of_event(book, made.event_id)
        assert (one.person, one.who, one.state) == ("赵敏", "competitor", "refused")


async def test_h_on_an_event_of_another_kind_says_so(book: Book) -> None:
    make_list(book, ())
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f4", "h")
        await until(pilot, "上海沙龙 is no release of materials")
