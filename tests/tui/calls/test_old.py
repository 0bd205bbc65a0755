"""Old call-backs on the Calls screen: one line says how many, one key opens them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from opslog.services.book.book import Book
from opslog.services.calls.queue import old
from opslog.services.screening import rounds
from opslog.tui.calls.old import OldScreen
from tests.conftest import StandingClock
from tests.services.calls.test_calling import PEOPLE, close
from tests.services.calls.test_stops_of_one_list import Show
from tests.services.lists import Sheet, make_list, make_steps
from tests.tui import looking
from tests.tui.calls.test_calls import opened, queued, shown

SAID = "8 call-backs nobody touched for 90 days"


@pytest.fixture
def made(book: Book, clock: StandingClock) -> list[Sheet]:
    """Two lists of four each, and long after their call-backs were opened."""
    sheets = []
    for name in ("北京大会", "上海沙龙"):
        sheet = make_list(book, PEOPLE, event=name, ends_ago=timedelta(days=3))
        close(book, sheet, 0)
        make_steps(book, sheet.event_id, "callback-1")
        sheets.append(sheet)
    clock.move_to(clock.instant + timedelta(days=100))
    return sheets


async def test_one_line_says_how_many_and_enter_shows_a_list_in_the_queue(
    book: Book, made: list[Sheet]
) -> None:
    async with opened(book) as pilot:
        assert queued(pilot) == []
        assert SAID in looking.text(pilot.app)
        assert "8 old O" in shown(pilot, "#about")
        await pilot.press("O")
        await pilot.pause()
        text = looking.text(pilot.app)
        for said in ("北京大会", "上海沙龙", "call-back 1", "Waiting"):
            assert said in text
        await pilot.press("enter")
        await pilot.pause()
        assert len(queued(pilot)) == 4
        assert " old O" not in shown(pilot, "#about")


async def test_on_a_small_terminal_their_number_stays_whatever_else_is_cut(
    book: Book, made: list[Sheet]
) -> None:
    name = "明天的一场名字很长很长的华东区制造业数字化转型闭门沙龙"
    make_list(book, PEOPLE, event=name, ends_ago=-timedelta(hours=20))
    async with opened(book) as pilot:
        first = shown(pilot, "#about").splitlines()[0]
        assert "8 old O   4 of 4 left" in first
        assert "…" in first


async def test_on_a_large_terminal_they_stand_below_the_queue(
    book: Book, made: list[Sheet]
) -> None:
    make_list(book, PEOPLE[:1], event="明天的沙龙", ends_ago=-timedelta(hours=20))
    async with opened(book, (120, 40)) as pilot:
        await pilot.pause()
        assert queued(pilot) == ["王志刚"]
        assert SAID in shown(pilot, "#foot")
        assert " old O" not in shown(pilot, "#about")


async def test_on_a_large_terminal_whom_a_list_is_for_stands_beside_it(
    book: Book, made: list[Sheet]
) -> None:
    async with opened(book, (120, 40)) as pilot:
        await pilot.press("O")
        await pilot.pause()
        pane = shown(pilot, "#pane")
        assert [name for name in ("王志刚", "李娜", "张伟", "陈静") if name in pane] == [
            person[0] for person in PEOPLE
        ]


async def test_taken_up_they_are_in_the_queue_and_undo_takes_them_out(
    book: Book, made: list[Sheet]
) -> None:
    async with opened(book) as pilot:
        await pilot.press("O")
        await pilot.pause()
        await pilot.press("space", "down", "space", "b")
        await pilot.pause()
        assert "No old call-back waits." in looking.text(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert len(queued(pilot)) == 8
        assert " old O" not in shown(pilot, "#about")
        await pilot.press("u")
        await pilot.pause()
        assert queued(pilot) == []
        assert "8 old O" in shown(pilot, "#about")


async def test_they_are_ended_with_a_reason_that_is_proposed(book: Book, made: list[Sheet]) -> None:
    async with opened(book) as pilot:
        await pilot.press("O")
        await pilot.pause()
        await pilot.press("d")
        await pilot.pause()
        assert "nobody touched them for 90 days" in pilot.app.screen.query_one(Input).value
        await pilot.press("escape")
        await pilot.pause()
        assert sum(one.number for one in old.lists(book)) == 8
        await pilot.press("d")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, OldScreen)
        assert sum(one.number for one in old.lists(book)) == 4
        notes = book.con.execute("SELECT note FROM step WHERE state='done'").fetchall()
        assert [row[0] for row in notes] == ["nobody touched them for 90 days"]
        await pilot.press("u")
        await pilot.pause()
        assert sum(one.number for one in old.lists(book)) == 8


async def test_where_nobody_waits_nothing_is_said_and_no_key_does_harm(book: Book) -> None:
    async with opened(book) as pilot:
        assert "nobody touched" not in looking.text(pilot.app)
        await pilot.press("O")
        await pilot.pause()
        await pilot.press("b", "d", "enter")
        await pilot.pause()
        assert "No old call-back waits." in looking.text(pilot.app)


async def test_of_a_road_show_each_stop_is_a_row(
    book: Book, tmp_path: Path, clock: StandingClock
) -> None:
    show = Show(book, tmp_path)
    clock.move_to(show.stop("成都").ends_at + timedelta(days=1))
    roster_id = book.con.execute("SELECT id FROM roster").fetchone()[0]
    rounds.close_round(book, rounds.open_round(book, roster_id).made, force=True)
    clock.move_to(clock.instant + timedelta(days=100))
    rows = ["路演 · 成都", "路演 · 宁波", "路演 · 杭州", "路演"]
    async with opened(book, (120, 40)) as pilot:
        await pilot.press("O")
        await pilot.pause()
        assert [one.event for one in old.lists(book)] == rows
        assert all(row in looking.text(pilot.app) for row in rows)
        pane = shown(pilot, "#pane")
        assert [name for name in ("王敏", "赵磊", "钱进") if name in pane] == ["赵磊", "钱进"]
        await pilot.press("d")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert [one.event for one in old.lists(book)] == rows[1:]
        await pilot.press("u")
        await pilot.pause()
        assert [one.event for one in old.lists(book)] == rows
        await pilot.press("home", "enter")
        await pilot.pause()
        assert set(queued(pilot)) == {"赵磊", "钱进"}
