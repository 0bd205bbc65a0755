"""Each job of README's table, played with the keys it names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from opslog.domain.events.events import EventDraft
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.daybook import due as follow_up_due
from opslog.services.daybook import lines as log_lines
from opslog.services.events import events
from opslog.services.people import card as person_card
from opslog.services.screening import rounds
from opslog.tui.cards.card import PersonScreen
from opslog.tui.frame.app import OpslogApp
from tests.conftest import StandingClock
from tests.journeys.key_counts import JOBS, Job
from tests.services.lists import Sheet, make_list
from tests.tui.looking import press, text

ROWS = [
    ("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", ""),
    ("李娜", "深蓝软件（北京）有限公司", "经理", "+8613800138001", ""),
    ("赵敏", "云帆科技", "", "+8613800138003", ""),
]


@asynccontextmanager
async def at(book: Book, *keys: str) -> AsyncIterator[tuple[OpslogApp, Pilot[Any]]]:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        yield app, pilot


@pytest.fixture
def sheet(book: Book) -> Sheet:
    return make_list(book, ROWS)


@pytest.fixture
def tidied(book: Book, sheet: Sheet) -> Sheet:
    """The list with its first call-back open."""
    rounds.close_round(book, rounds.open_round(book, sheet.roster_id).made, force=True)
    return sheet


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
def test_a_job_takes_no_more_keys_than_it_may_and_fewer_than_a_spreadsheet(job: Job) -> None:
    assert Job.count(job.keys) <= min(job.most, Job.count(job.sheet))


@pytest.mark.usefixtures("tidied")
async def test_call_back_tomorrow_at_ten(book: Book, clock: StandingClock) -> None:
    clock.move_to(book.now() + timedelta(minutes=80))  # ten is past today
    async with at(book, "f6") as (_app, pilot):
        await press(pilot, *JOBS["call_back"].keys)
        next_at = book.con.execute("SELECT next_at FROM touch").fetchone()["next_at"]
        assert next_at == "2026-11-24T02:00:00Z"


@pytest.mark.usefixtures("tidied")
async def test_nobody_answered(book: Book) -> None:
    async with at(book, "f6") as (_app, pilot):
        await press(pilot, *JOBS["no_answer"].keys)
        assert book.con.execute("SELECT outcome FROM touch").fetchone()["outcome"] == "no_answer"


@pytest.mark.parametrize(("name", "dropped"), [("drop", 1), ("company", 2)])
async def test_rows_are_dropped(book: Book, sheet: Sheet, name: str, dropped: int) -> None:
    async with at(book, "f5", "enter", "enter") as (_app, pilot):
        await press(pilot, *JOBS[name].keys)
        found = book.con.execute("SELECT card_id, reason FROM decision").fetchall()
        assert [tuple(row) for row in found] == [
            (card, "competitor") for card in sheet.cards[:dropped]
        ]


async def test_a_new_event_with_its_plan(book: Book) -> None:
    async with at(book, "f4") as (_app, pilot):
        await press(pilot, *JOBS["event"].keys)
        assert len(events.plan(book, 1)) >= 20


async def test_a_follow_up_is_put_off(book: Book) -> None:
    log_lines.add(book, "call Li >today")
    async with at(book) as (_app, pilot):
        await press(pilot, *JOBS["reschedule"].keys)
        (due,) = follow_up_due.due(book)
        assert due.due.astimezone(book.clock.zone).date().isoformat() == "2026-11-24"


@pytest.mark.usefixtures("sheet")
async def test_found_by_pinyin_and_opened(book: Book) -> None:
    async with at(book) as (app, pilot):
        await press(pilot, *JOBS["find"].keys)
        assert isinstance(app.screen, PersonScreen)
        assert "王志刚" in text(app)


@pytest.mark.usefixtures("tidied")
async def test_who_rings_is_found_by_digits_and_the_call_logged(book: Book) -> None:
    async with at(book) as (_app, pilot):
        await press(pilot, *JOBS["they_ring"].keys)
        (touch,) = book.con.execute("SELECT person_id, direction, outcome FROM touch").fetchall()
        name = person_card.get(book, touch["person_id"]).name
        assert (name, *touch[1:]) == ("王志刚", "in", "interested")


async def test_done_and_taken_back(book: Book) -> None:
    events.create(book, EventDraft("上海沙龙", "salon", book.clock.at(book.today())))
    book.con.execute("DELETE FROM check_item")  # nothing of it is open
    async with at(book) as (_app, pilot):
        before = history.count(book)
        await press(pilot, *JOBS["done"].keys)
        assert history.count(book) == before + 1
        assert log_lines.lines(book)[-1].source == "step"
        await press(pilot, *JOBS["undo"].keys)
        assert history.entry(book, before + 1).undone
