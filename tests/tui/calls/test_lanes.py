"""The lanes of the queue, and adding on WeCom, by the keys."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.people import card as people
from opslog.tui.widgets.asking.prompt import Told
from opslog.tui.widgets.lists.window_list import WindowList
from tests.services.calls.test_adding import kept
from tests.services.calls.test_calling import salon_tomorrow
from tests.tui import looking
from tests.tui.calls.test_calls import SIZES, opened, queued, shown, touches
from tests.tui.calls.test_ringing import said


def copied(pilot: Pilot[Any]) -> str:
    return pilot.app.clipboard


@pytest.mark.parametrize("size", SIZES)
async def test_l_goes_from_lane_to_lane(book: Book, size: tuple[int, int]) -> None:
    made = kept(book)
    people.set_wecom(book, made.people[2], True)
    async with opened(book, size) as pilot:
        everybody = queued(pilot)
        seen = []
        for _time in range(4):
            await pilot.press("L")
            await pilot.pause()
            seen.append((said(pilot).strip(), queued(pilot)))
        assert seen == [
            ("Phone only", ["王志刚", "李娜", "陈静"]),
            ("WeCom only", ["张伟"]),
            ("To add on WeCom", ["王志刚", "李娜"]),
            ("All lanes", everybody),
        ]


@pytest.mark.parametrize("size", SIZES)
async def test_how_many_are_to_be_added_stands_on_calls_and_today(
    book: Book, size: tuple[int, int]
) -> None:
    made = kept(book)
    async with opened(book, size) as pilot:
        assert "2 to add L" in shown(pilot, "#about")
        await looking.press(pilot, "f2")
        assert "2 to add F6" in looking.text(pilot.app)
        for person in made.people:
            people.set_wecom(book, person, True)
        pilot.app.broadcast({})  # type: ignore[attr-defined]  # of OpslogApp
        await looking.press(pilot, "f6")
        assert "to add" not in shown(pilot, "#about")
        await looking.press(pilot, "f2")
        await pilot.pause()
        assert "2 to add" not in looking.text(pilot.app)


@pytest.mark.parametrize("size", SIZES)
async def test_adding_on_wecom_by_the_keys(book: Book, size: tuple[int, int]) -> None:
    made = kept(book)
    async with opened(book, size) as pilot:
        await pilot.press("L", "L", "L")
        await pilot.pause()
        assert "1 asked" in shown(pilot, "#outcomes")
        assert "2 accepted" in shown(pilot, "#outcomes")
        await pilot.press("y")
        assert copied(pilot).startswith("Hello 王志刚, I organised “北京大会”")
        await pilot.press("Y")
        assert copied(pilot) == "13800138000"
        await pilot.press("1")
        await pilot.pause()
        assert "To add 王志刚 on WeCom: asked" in said(pilot)
        await pilot.press("2")
        await pilot.pause()
        assert people.get(book, made.people[1]).wecom is True
        assert queued(pilot) == []
        await pilot.press("u")
        await pilot.pause()
        assert people.get(book, made.people[1]).wecom is None
        assert queued(pilot) == ["李娜"]


async def test_the_outcomes_of_a_reminder_fit_its_lane(book: Book) -> None:
    salon_tomorrow(book)
    async with opened(book, (120, 40)) as pilot:
        assert "5 wrong number" in shown(pilot, "#outcomes")
        await pilot.press("tab")
        await pilot.pause()
        assert "3 sent, no reply yet" in shown(pilot, "#outcomes")
        assert "wrong number" not in shown(pilot, "#outcomes")
        await pilot.press("3")
        assert touches(book) == [("王志刚", "sent", "wecom")]
        await pilot.press("u")
        await pilot.pause()
        assert touches(book) == []


async def test_a_long_text_that_was_copied_is_shown_whole_and_a_gap_is_said(book: Book) -> None:
    salon_tomorrow(book)
    book.con.execute("UPDATE event SET place='', name=?", ("上海老客户增长沙龙" * 3,))
    async with opened(book, (80, 24)) as pilot:
        await pilot.press("Y")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Told)
        assert "Copied, but nothing is known for {place}" in looking.text(pilot.app)
        assert "would like to make sure you can come" in copied(pilot)


async def test_who_was_missed_on_wecom_hears_other_words_by_phone(book: Book) -> None:
    made = kept(book)
    calling.record(book, made.cards[0], "callback-1", "not_reachable", lane="wecom")
    book.con.execute(
        "INSERT INTO round(roster_id, number, opened_at, closed_at) SELECT roster_id, 1,"
        " opened_at, closed_at FROM round WHERE roster_id=?",
        (made.roster_id,),
    )
    async with opened(book, (120, 40)) as pilot:
        assert "I wrote to you on WeCom" in " ".join(shown(pilot).split())


@pytest.mark.parametrize("size", SIZES)
async def test_a_lane_says_whom_it_leaves_out(book: Book, size: tuple[int, int]) -> None:
    salon_tomorrow(book)
    async with opened(book, size) as pilot:
        await pilot.press("L")
        await pilot.pause()
        assert "Phone only: 4 · L" in shown(pilot, "#about")
        await pilot.press("L")
        await pilot.pause()
        assert "WeCom only: 0 · 4 by phone · L" in shown(pilot, "#about")
        empty = pilot.app.screen.query_one("#queue", WindowList).empty
        assert ["".join(text for text, _look in row) for row in empty] == [
            "Nobody in this lane now."
        ]
