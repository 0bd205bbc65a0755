"""Plans of one's own in the month, the week, the time line, and among what colleagues owe."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from opslog.domain.events.events import DONE
from opslog.services.book.book import Book
from opslog.services.calls import owners
from opslog.services.events.plans import routines, step_changes, steps
from opslog.tui.events.calendar.month import MonthScreen
from opslog.tui.events.calendar.timeline import TimelineScreen
from opslog.tui.events.calendar.week import WeekScreen
from opslog.tui.events.plans.routines import RoutineScreen
from opslog.tui.widgets.lists.window_list import WindowList
from tests.tui.events.test_events import make, opened
from tests.tui.looking import line_with, press, text, until

REPORT = date(2026, 11, 27)


@pytest.fixture
def weekly(book: Book) -> int:
    """The weekly report, its first turn this Friday."""
    return routines.add(book, routines.read_draft(book, {"playbook": "weekly_report"})).made


async def test_the_month_names_the_plan_and_opens_it(book: Book, weekly: int) -> None:
    (step,) = routines.plan(book, weekly)
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "C")
        month = app.screen
        assert isinstance(month, MonthScreen)
        month.go(REPORT)
        await until(pilot, "↻ Weekly report")
        assert step.name[:20] in line_with(app, "15:30")
        assert [one.id for one in month.things()] == [step.id]
        await press(pilot, "y")
        assert app.clipboard.endswith(step.name)
        await press(pilot, "enter")
        assert isinstance(app.screen, RoutineScreen)
        assert (app.screen.ref, app.screen._first) == (weekly, step.id)
        await press(pilot, "p", "escape")  # it rests: nothing of it is due
        assert "↻ Weekly report" not in text(app)


async def test_the_week_has_the_step_with_its_plan_and_ticks_it_off(
    book: Book, weekly: int
) -> None:
    (step,) = routines.plan(book, weekly)
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "C", "tab")
        assert isinstance(app.screen, WeekScreen)
        assert "↻ Weekly report" in line_with(app, "15:30")
        assert app.screen.query_one(WindowList).select(("step", step.id))
        await until(pilot, "This turn")
        await press(pilot, "y")
        assert app.clipboard.endswith(step.name)
        await press(pilot, "d", "d")  # its checklist is open
        assert steps.step(book, step.id).state == DONE
        await press(pilot, "u", "enter")
        assert isinstance(app.screen, RoutineScreen)


async def test_the_time_line_has_a_row_of_it_below_the_events(book: Book, weekly: int) -> None:
    event_id = make(book)
    assert event_id == weekly  # one number: two things
    (step,) = routines.plan(book, weekly)
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "C", "tab", "tab")
        line = app.screen
        assert isinstance(line, TimelineScreen)
        assert "1 event" in text(app)
        assert text(app).index("上海沙龙") < text(app).index("↻ Weekly report")
        assert "every week" in text(app)
        assert "●" not in line_with(app, "↻ Weekly report")
        await press(pilot, "down")
        await until(pilot, step.name)
        await press(pilot, "enter")  # nothing stands on today: the plan
        assert isinstance(app.screen, RoutineScreen)
        await press(pilot, "escape", "right", "right", "right", "right")
        assert line.day == REPORT
        assert [one.id for one in line.things()] == [step.id]
        await press(pilot, "enter")
        assert isinstance(app.screen, RoutineScreen)
        assert app.screen._first == step.id
        await press(pilot, "escape", "up")
        assert line._row is not None
        assert line._row.event is not None


async def test_what_somebody_owes_to_it_is_reminded_from_each_screen(
    book: Book, weekly: int
) -> None:
    (step,) = routines.plan(book, weekly)
    draft = step_changes.draft_of(step)._replace(owner="小李")
    step_changes.change(book, step.id, draft)
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "Q")
        await until(pilot, "小李")
        assert "↻ Weekly report" in text(app)
        await press(pilot, "y")
        await until(pilot, "reminded Mon 11-23 09:00")
        said = str(owners.text(book, owners.named(book, "小李")))
        assert app.clipboard == said
        await press(pilot, "u", "enter")
        assert isinstance(app.screen, RoutineScreen)
        await until(pilot, "Send to 小李")
        await press(pilot, "y")
        await until(pilot, "Reminded 小李 of 1 step")
        await press(pilot, "u", "C", "tab")
        await until(pilot, "Colleagues owe")
        assert isinstance(app.screen, WeekScreen)
        assert app.screen.query_one(WindowList).select(("owed", step.id))
        await pilot.pause()
        await press(pilot, "y")
        await until(pilot, "Reminded 小李 of 1 step")
        assert app.clipboard == said


async def test_turns_that_are_not_made_yet_stand_in_month_and_week(book: Book, weekly: int) -> None:
    made = book.con.execute("SELECT count(*) FROM step").fetchone()[0]
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "C")
        month = app.screen
        assert isinstance(month, MonthScreen)
        month.go(REPORT + timedelta(days=14))
        await pilot.pause()
        assert "to come" in line_with(app, "↻ Weekly report")
        assert month.opened_day.counts(book.today()).all == 0  # nothing of it is to be done yet
        days = [one.day.day for one in month.schedule.days if one.coming]
        assert days == [4, 11, 18, 25, 31]  # the first of January is off
        await press(pilot, "tab")
        week = app.screen
        assert isinstance(week, WeekScreen)
        (key,) = (key for key in week._things if isinstance(key, tuple) and key[0] == "coming")
        assert week.query_one(WindowList).select(key)
        await until(pilot, "This turn")
        assert "↻ 15:30" in line_with(app, "Weekly report · to come")
        await press(pilot, "d")
        await until(pilot, "This is for a step")
        await press(pilot, "enter")
        assert isinstance(app.screen, RoutineScreen)
        assert app.screen.ref == weekly
    assert book.con.execute("SELECT count(*) FROM step").fetchone()[0] == made


async def test_turns_that_are_not_made_yet_stand_on_the_time_line(book: Book, weekly: int) -> None:
    (step,) = routines.plan(book, weekly)
    made = book.con.execute("SELECT count(*) FROM step").fetchone()[0]
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "C", "tab", "tab")
        line = app.screen
        assert isinstance(line, TimelineScreen)
        await until(pilot, "↻ to come")  # what the sign means
        row = line_with(app, "↻ Weekly report")
        assert row.count("○") == 1  # the turn that is made
        assert row.count("↻") == 1 + 5  # its sign, and the Fridays to come
        assert "1 step · 5 to come" in line_with(app, "today and later")
        assert f"○ Fri 11-27 15:30 {step.name}" in text(app)
        assert f"↻ Fri 12-04 15:30 {step.name}" in text(app)
        await press(pilot, *["pagedown"] * 2, "right", "right", "right")
        assert line.day == REPORT + timedelta(days=13)
        assert "4 to come" in line_with(app, "and later")
        assert "1 step" not in line_with(app, "and later")
        await press(pilot, "right", "d")
        await until(pilot, "This is for a step")
        await press(pilot, "enter")
        assert isinstance(app.screen, RoutineScreen)
        assert app.screen.ref == weekly
        await press(pilot, "escape")
        # The one turn that is made is given up: the row is still there, for what comes.
        step_changes.give_up(book, step.id, "出差")
        await press(pilot, "tab", "tab", "tab")
        await until(pilot, "↻ to come")
        row = line_with(app, "↻ Weekly report")
        assert (row.count("○"), row.count("─"), row.count("↻")) == (0, 0, 1 + 5)
        assert step.name[:8] in line_with(app, "every week")  # what comes next of it
    assert book.con.execute("SELECT count(*) FROM step").fetchone()[0] == made


async def test_a_day_with_a_step_and_one_to_come_opens_either(book: Book, weekly: int) -> None:
    """The turn of before was put off to the day of the next."""
    (step,) = routines.plan(book, weekly)
    steps.move_step(book, step.id, book.clock.at(REPORT + timedelta(days=7)))
    async with opened(book, (80, 24)) as (app, pilot):
        await press(pilot, "C", "tab", "tab", "pagedown", *["right"] * 4)
        line = app.screen
        assert isinstance(line, TimelineScreen)
        assert line.day == REPORT + timedelta(days=7)
        await until(pilot, "5 to come")
        step_, plan = line.things()
        assert (step_.id, plan) == (step.id, line._row and line._row.thing)
        assert "○" in line_with(app, "↻ Weekly report")
