"""The month, the week and the time line through the keyboard."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from opslog.domain.events.events import DONE, PINNED, EventDraft
from opslog.domain.events.weeks import monday_of
from opslog.services.book.book import Book
from opslog.services.events import collisions, events, stops
from opslog.services.events.plans import schedule, steps
from opslog.tui.events.calendar.month import MonthScreen
from opslog.tui.events.calendar.timeline import TimelineScreen
from opslog.tui.events.calendar.week import WeekScreen
from opslog.tui.events.plans.plan import PlanScreen
from opslog.tui.widgets.asking.form import Form
from opslog.tui.widgets.lists.window_list import WindowList
from tests.conftest import StandingClock
from tests.tui.events.test_events import make, opened, step
from tests.tui.looking import line_with, lines, press, text, until


async def test_the_month_goes_by_days_and_opens_what_stands_there(book: Book) -> None:
    event_id = make(book)  # on 5 December; today is in November
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "C")
        month = app.screen
        assert isinstance(month, MonthScreen)
        assert month.day == book.today()
        await press(pilot, "pagedown", "home", "pagedown")
        while month.day < date(2026, 12, 5):
            await press(pilot, "right")
        while month.day > date(2026, 12, 5):
            await press(pilot, "left")
        assert "December 2026" in text(app)
        assert "上海沙龙" in text(app)
        assert "Still missing before it" in text(app)
        assert "Sat 12-05" in text(app)
        await press(pilot, "enter")  # several things stand here: the event is the first of them
        await press(pilot, "enter")
        assert isinstance(app.screen, PlanScreen)
        assert app.screen.event_id == event_id
        await press(pilot, "escape")
        assert app.screen is month
        assert month.day == date(2026, 12, 5)
        await press(pilot, "n")
        form = app.screen
        assert isinstance(form, Form)
        assert "2026-12-05" in text(app)


async def test_on_the_first_of_a_month_its_day_is_whole(book: Book, clock: StandingClock) -> None:
    for day, seen in ((1, "12-1"), (2, "2  today")):
        clock.move_to(datetime(2026, 12, day, 10, tzinfo=book.clock.zone))
        async with opened(book, (80, 24)) as (app, pilot):
            await press(pilot, "C")
            week = line_with(app, f" {seen} ")
        assert "…" not in week


async def test_on_the_first_of_a_month_its_steps_are_counted_too(
    book: Book, clock: StandingClock
) -> None:
    make(book, on="2026-12-05T14:00")
    clock.move_to(datetime(2026, 12, 1, 10, tzinfo=book.clock.zone))
    async with opened(book, (80, 24)) as (app, pilot):
        await press(pilot, "C")
        week = next(row for row in lines(app) if "11-30" in row)
        assert re.search(r" 1 [▲○]\d| 12-1 +[▲○]\d", week), week
        assert "12-1   …" not in week


async def test_a_day_of_more_steps_than_its_words_have_room_for_counts_them(book: Book) -> None:
    for n in range(6):
        make(book, f"沙龙{n}", on="2026-12-05T14:00")
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "C")
        assert re.search(r"[!○] \d\d  ", text(app))
        assert "ste…" not in text(app)


async def test_a_step_is_moved_from_its_day_and_the_month_follows(book: Book) -> None:
    event_id = make(book)
    first = next(one for one in events.plan(book, event_id) if one.open)
    async with opened(book) as (app, pilot):
        await press(pilot, "C")
        month = app.screen
        assert isinstance(month, MonthScreen)
        month.go(first.due_at.astimezone(book.clock.zone).date())
        await press(pilot, "r")
        if len(month.things()) > 1:
            await press(pilot, "1")
        await press(pilot, "ctrl+k", "=2026-11-30 11:00", "enter")
        moved = next(one for one in events.plan(book, event_id) if one.id == first.id)
        assert moved.state == PINNED
        month.go(date(2026, 11, 30))
        await pilot.pause()
        assert f"11:00 {first.name}" in text(app)


async def test_the_time_line_goes_by_days_and_events(book: Book) -> None:
    first, second = make(book), make(book, "北京沙龙", "2026-12-11T14:00")
    async with opened(book) as (app, pilot):
        await press(pilot, "C", "tab", "tab")
        line = app.screen
        assert isinstance(line, TimelineScreen)
        assert "●" in line_with(app, "北京沙龙 ")
        assert "today and later:" in text(app)
        await press(pilot, "down", "pagedown", "right")
        assert line.day == book.today() + timedelta(days=8)
        await press(pilot, "home", "plus", "plus")
        shown = [one.day for one in line.schedule.days]
        assert book.today() in shown
        assert len(shown) == 7  # four cells a day leave room for one week
        while not line.opened_day.events:
            await press(pilot, "pagedown" if line.day < date(2026, 12, 4) else "right")
        await press(pilot, "up", "home", "minus", "minus", "enter", "enter")  # of several steps
        assert isinstance(app.screen, PlanScreen)
        assert app.screen.event_id == first
        await press(pilot, "escape", "down", "enter")
        assert isinstance(app.screen, PlanScreen)
        assert app.screen.event_id == second


async def test_the_week_tells_day_by_day_what_is_to_be_done_and_what_others_owe(book: Book) -> None:
    event_id = make(book)
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "C", "tab")
        week = app.screen
        assert isinstance(week, WeekScreen)
        assert "○ 4 steps" in line_with(app, "Mon 11-23  today   ")
        owed = text(app)[text(app).index("Colleagues owe") :]
        assert step(book, event_id, "posters").name[:20] in owed
        assert "Design" in owed
        await press(pilot, "pagedown")
        assert week.day == book.today() + timedelta(days=7)
        assert "Mon 11-30" in text(app)
        await press(pilot, "home", "down")
        (thing,) = week.things()
        assert thing.name == "Fix date and time"
        await press(pilot, "enter")
        assert isinstance(app.screen, PlanScreen)
        await press(pilot, "d", "d", "escape")  # its checklist is open
        assert "✓ 1 done" in text(app)
        assert "10:30 Fix date and time" not in text(app)
        await press(pilot, "tab", "tab")
        assert isinstance(app.screen, MonthScreen)


async def test_the_week_shows_what_collides_on_the_day_and_offers_nothing_out_of_sight(
    book: Book,
) -> None:
    make(book, on="2026-12-10T14:00")
    make(book, "北京沙龙", "2026-12-10T16:00")
    for size in ((120, 40), (80, 24)):
        async with opened(book, size) as (app, pilot):
            await press(pilot, "C", "tab")
            week = app.screen
            assert isinstance(week, WeekScreen)
            days = {one.day for one in collisions.between(book, book.today(), date(2026, 12, 11))}
            week.go(min(days))
            await until(pilot, "two mails to the same people")
            free = min(days) - timedelta(days=1)
            week.go(free)
            await pilot.pause()
            assert "two mails" not in text(app)
            await press(pilot, "1")
            await until(pilot, "No other day is offered here")


async def test_a_digit_takes_the_shift_offered_and_undo_brings_it_back(book: Book) -> None:
    make(book, on="2026-12-10T14:00")
    make(book, "北京沙龙", "2026-12-10T16:00")
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "C")
        month = app.screen
        assert isinstance(month, MonthScreen)
        month.go(next(one.day for one in month.schedule.collisions if one.shifts))
        await pilot.pause()
        met = month.collision()
        assert met is not None
        assert met.shifts
        step_id, to = met.shifts[0].step.id, met.shifts[0].to
        assert "two mails" in text(app)
        await press(pilot, "1")
        assert steps.step(book, step_id).due_at == to
        assert "Moved out of the way" in text(app)
        await press(pilot, "u")
        assert steps.step(book, step_id).due_at == met.shifts[0].step.due_at


async def test_a_digit_in_the_plan_takes_the_shift_of_the_step_under_the_cursor(book: Book) -> None:
    make(book, on="2026-12-10T14:00")
    second = make(book, "北京沙龙", "2026-12-10T16:00")
    met = collisions.of_event(book, second).steps
    step_id, one = next((id, one) for id, one in met.items() if len(one.shifts) > 1)
    async with opened(book, (120, 40)) as (app, pilot):
        app.push_screen(PlanScreen(second, step_id))
        await until(pilot, "two mails")
        await press(pilot, "2")
        moved = one.shifts[1]
        assert steps.step(book, moved.step.id).due_at == moved.to
        await press(pilot, "u")
        assert steps.step(book, moved.step.id).due_at == moved.step.due_at


async def test_the_keys_of_the_plan_work_on_the_steps_of_the_week_and_the_time_line(
    book: Book,
) -> None:
    event_id = make(book)
    posters = step(book, event_id, "posters")
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "C", "tab")
        week = app.screen
        assert isinstance(week, WeekScreen)
        await press(pilot, "d")  # on a day: which?
        await until(pilot, "Tick off which?")
        await press(pilot, "escape")
        week.query_one(WindowList).select(("owed", posters.id))
        await press(pilot, "y")
        await until(pilot, "Reminded Design")
        assert "Long poster" in app.clipboard
        await press(pilot, "z")
        await until(pilot, "Snoozed")
        assert steps.step(book, posters.id).snoozed_until is not None
        await press(pilot, "d")
        await until(pilot, "d again closes it")
        await press(pilot, "d")
        await until(pilot, "1 done")
        assert steps.step(book, posters.id).state == DONE
        await press(pilot, "tab", "z")  # of the time line, on the same day
        await until(pilot, "Snoozed until Tue 11-24: One tracking QR code")
        assert isinstance(app.screen, TimelineScreen)
        await press(pilot, "right", "z")  # a day without a step
        await until(pilot, "No step here is open still")


async def test_the_time_line_begins_with_this_week_where_nothing_lies_before(book: Book) -> None:
    make(book, on="2026-12-22T14:00")
    async with opened(book) as (app, pilot):
        await press(pilot, "C", "tab", "tab")
        line = app.screen
        assert isinstance(line, TimelineScreen)
        first, days = line.span()
        assert first == monday_of(book.today())
        assert first + timedelta(days) > date(2026, 12, 22)
        make(book, "旧沙龙", on="2026-11-18T14:00")
        await press(pilot, "escape", "C", "tab", "tab")
        again = app.screen
        assert isinstance(again, TimelineScreen)
        assert again.span()[0] < first


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_time_line_is_first_drawn_from_what_is_in_sight(
    book: Book, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    for n in range(30):
        make(book, f"沙龙{n:02}", f"{date(2026, 10, 20) + timedelta(days=2 * n)}T14:00")
    async with opened(book, size) as (app, pilot):
        await press(pilot, "C", "tab")
        monkeypatch.setattr(TimelineScreen, "_collided", lambda _screen: None)
        await press(pilot, "tab")
        line = app.screen
        assert isinstance(line, TimelineScreen)
        first = lines(app)
        assert 0 < len(line.schedule.events) < 16 < len(line._keys)
        at = next(n for n, one in enumerate(first) if "沙龙17" in one)  # today
        assert "沙龙16" in first[at - 2]  # what was before it, then what comes, in order
        assert "沙龙18" in first[at + 2]
        line.schedule = schedule.plain(book, *line.span())
        line.draw()
        await pilot.pause()
        assert lines(app) == first
        await press(pilot, *["down"] * 12)
        assert "沙龙29" in text(app)


async def test_a_road_show_shows_where_it_stands_on_each_day_and_nothing_between(
    book: Book,
) -> None:
    at = datetime(2026, 12, 30, 9, tzinfo=book.clock.zone)
    show = events.create(book, EventDraft("十一城路演", "roadshow", at)).made
    assert show is not None
    route = "杭州 12-30\n宁波 2027-01-01 2027-01-02 和义大道\n温州 2027-01-08"
    stops.add(book, show, stops.read(book, show, route))
    stops.drop(book, stops.resolve(book, show, "温州").id, "雪")
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "C")
        month = app.screen
        assert isinstance(month, MonthScreen)
        month.go(date(2026, 12, 31))
        await pilot.pause()
        await until(pilot, "● ! 09:00")
        grid = [row[:84] for row in lines(app)]
        assert sum(row.count("09:00") for row in grid) == 3
        assert "● 十一城" not in text(app)
        for day, named in ((30, "杭州 · 十一城路演"), (1, "宁波 · 十一城路演")):
            month.go(date(2026, 12, 30) if day == 30 else date(2027, 1, 1))
            await until(pilot, f"● {named}")
        assert "和义大道" in text(app)
        assert "! Fri 2027-01-01: 宁波 · 十一" in text(app)
        assert "城路演 on a day off: New Year" in text(app)
        await press(pilot, "tab")
        week = app.screen
        assert isinstance(week, WeekScreen)
        days = [row for row in lines(app) if "· 十一城" in row and "09:00" in row[:12]]
        assert [row.split(" · ")[0].split()[-1] for row in days] == ["杭州", "宁波", "宁波"]
        await press(pilot, "home")
        week.go(date(2027, 1, 2))
        await press(pilot, "down")
        assert week.day == date(2027, 1, 2)


async def test_the_bar_of_a_road_show_stands_where_its_stops_do(book: Book) -> None:
    at = datetime(2026, 12, 1, 9, tzinfo=book.clock.zone)
    show = events.create(book, EventDraft("四城路演", "roadshow", at)).made
    assert show is not None
    route = "杭州 12-01 12-02\n宁波 12-05\n温州 12-08\n台州 12-10"
    stops.add(book, show, stops.read(book, show, route))
    stops.drop(book, stops.resolve(book, show, "温州").id, "雪")
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "C", "tab", "tab")
        assert isinstance(app.screen, TimelineScreen)
        await until(pilot, "━●")
        assert line_with(app, "━●").count("●") == 4
