"""Plans of the operator's own through the keyboard."""

from __future__ import annotations

from datetime import date, time

import pytest

from opslog.domain.events.events import DONE, DROPPED, PINNED
from opslog.services.book.book import Book
from opslog.services.events.plans import routines, steps
from opslog.tui.events.plans.plan import PlanScreen
from opslog.tui.events.plans.routines import RoutineScreen
from opslog.tui.frame.app import OpslogApp
from opslog.tui.frame.navigation import open_thing
from tests.conftest import StandingClock
from tests.tui.events.test_events import make, opened
from tests.tui.looking import line_with, press, text, until


async def test_a_new_colleague_from_the_first_offer_to_the_end(book: Book) -> None:
    make(book)
    async with opened(book) as (app, pilot):
        assert "Your own plans" in text(app)
        await press(pilot, "down", "v")
        assert "belongs to events" in text(app)
        await press(pilot, "n", "4", "tab", "=小王", "tab", "=2026-11-23")
        await until(pilot, "7 steps")
        await press(pilot, "enter")
        await until(pilot, "小王")
        (row,) = routines.listing(book)
        assert "0/7" in line_with(app, "0/7")
        await press(pilot, "enter")
        assert isinstance(app.screen, RoutineScreen)
        first, second, third, *_ = routines.plan(book, row.id)
        await press(pilot, "d", "d")
        assert steps.step(book, first.id).state == DONE
        await press(pilot, "r", "=2026-12-01 10:00", "enter")
        assert steps.step(book, second.id).state == PINNED
        await press(pilot, "backspace", "u", "u")
        assert steps.step(book, second.id).due_at == second.due_at
        await open_thing(app, "step", third.id)
        await press(pilot, "minus", "=会了", "enter")
        assert steps.step(book, third.id).state == DROPPED
        await press(pilot, "p")
        await until(pilot, "paused")
        assert not routines.get(book, row.id).routine.goes_on
        await press(pilot, "p")
        assert routines.get(book, row.id).routine.goes_on


async def test_today_opens_a_step_in_its_plan_and_copying_the_report_ticks_it(
    book: Book, clock: StandingClock
) -> None:
    plan = routines.add(book, routines.read_draft(book, {"playbook": "weekly_report"})).made
    clock.move_to(clock.at(date(2026, 11, 27), time(16)))
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, "Weekly report: F8")
        await press(pilot, "enter")
        assert isinstance(app.screen, RoutineScreen)
        assert not isinstance(app.screen, PlanScreen)
        await press(pilot, "f8", "w", "y")
        (step,) = routines.plan(book, plan)
        assert step.state == DONE
        await press(pilot, "u")
        assert routines.plan(book, plan)[0].open


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_plan_whose_creation_is_undone_is_left(book: Book, size: tuple[int, int]) -> None:
    make(book)
    async with opened(book, size) as (app, pilot):
        await press(pilot, "down", "n", "enter")
        await until(pilot, "every week")
        await press(pilot, "enter")
        assert isinstance(app.screen, RoutineScreen)
        await press(pilot, "u")
        assert not isinstance(app.screen, RoutineScreen)
        assert routines.listing(book) == []
