"""Today through the keyboard: what stands first, and what each key does to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from opslog import locale
from opslog.domain.events.events import DONE, EventDraft
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.calls import calling
from opslog.services.calls.queue import queue as call_queue
from opslog.services.calls.queue import workload
from opslog.services.calls.queue.workload import Workload
from opslog.services.daybook import due as follow_up_due
from opslog.services.daybook import lines as log_lines
from opslog.services.events import events
from opslog.services.screening import rounds
from opslog.tui.frame.app import OpslogApp
from opslog.tui.today.today import TodayScreen
from tests.conftest import StandingClock
from tests.services.lists import make_list
from tests.tui.looking import line_with, lines, press, text, until

ROWS = [("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", "")]


@asynccontextmanager
async def opened(
    book: Book, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[OpslogApp, Pilot[Any]]]:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield app, pilot


def selected(app: OpslogApp) -> str:
    """The title under the cursor."""
    screen = app.screen
    assert isinstance(screen, TodayScreen)
    place = screen._selected()
    return "" if place is None else place.item.title


@pytest.fixture
def three(book: Book, clock: StandingClock) -> None:
    """One overdue and flagged, one today at 15:00, one tomorrow."""
    now = book.now()
    clock.move_to(now - timedelta(days=3))
    log_lines.add(book, "要报价 ! >2026-11-21")
    clock.move_to(now)
    log_lines.add(book, "给李总发资料 >今天 15:00")
    log_lines.add(book, "约下周时间 >明天")


async def test_a_new_book_says_what_opslog_is_and_that_there_is_a_sample(book: Book) -> None:
    async with opened(book) as (app, pilot):
        shown = text(app)
        assert "opslog keeps the day of one who runs events and calls." in shown
        assert "opslog demo opens a sample" in shown
        assert "morning  Today  ━  Calls  ━  Rosters  ━  Log  evening" in shown
        await press(pilot, "ctrl+l")
        assert "opslog demo" in text(app)
        assert "早上" in text(app)


@pytest.mark.parametrize("size", [(80, 24), (110, 40), (120, 40)])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_a_new_book_cuts_nothing_of_what_it_says(
    book: Book, size: tuple[int, int], language: str
) -> None:
    locale.set_language(language)
    async with opened(book, size) as (app, _pilot):
        assert "opslog demo" in text(app)
        assert "…" not in text(app)


async def test_nothing_due_names_the_next_key(book: Book) -> None:
    log_lines.add(book, "begun")
    async with opened(book) as (app, _pilot):
        assert "Nothing is due." in text(app)
        assert "F4 n" in line_with(app, "put an event in")
        assert "a " in line_with(app, "write a log line")
        assert "No event is planned" in text(app)


@pytest.mark.usefixtures("three")
async def test_the_top_item_is_met_first_and_says_why(book: Book) -> None:
    async with opened(book) as (app, _pilot):
        shown = lines(app)
        titles = ("Do this first", "At set times 1", "Next days 1")
        assert [line.strip() for line in shown if line.strip() in titles] == list(titles)
        assert selected(app) == "要报价"
        assert "!" in line_with(app, "要报价")
        assert "15:00" in line_with(app, "给李总发资料")
        assert "Tue 11-24" in line_with(app, "约下周时间")
        assert line_with(app, "overdue 2 days") == (
            "    overdue 2 days · follow-up · flagged red" + " " * 22 + " Enter Start"
        )
        assert line_with(app, "Today: 2 things to do").endswith(
            "▲ 1 overdue   ○ 1 today   1 next days"
        )


@pytest.mark.usefixtures("three")
async def test_from_110_columns_what_is_selected_stands_open_beside_the_list(book: Book) -> None:
    async with opened(book, (120, 40)) as (app, pilot):
        beside = [line[60:].strip() for line in lines(app)]
        assert [line for line in beside[4:] if line][:3] == [
            "要报价",
            "overdue 2 days   follow-up   flagged red",
            "Enter Start",
        ]
        await press(pilot, "down")
        assert "due at 15:00" in text(app)
        assert "overdue 2 days   follow-up" not in text(app)


async def test_an_event_is_called_by_its_tag_which_stands_whole_beside_a_long_title(
    book: Book,
) -> None:
    events.create(
        book,
        EventDraft(
            "上海老客户增长与数字化转型闭门沙龙",
            "salon",
            book.now() + timedelta(days=2),
            tag="上海沙龙",
        ),
    )
    for size in ((80, 24), (120, 40)):
        async with opened(book, size) as (app, _pilot):
            rows = [line[:60] if size[0] > 110 else line for line in lines(app)]
            assert any(row.rstrip("▁▂▃▄▅▆▇█ ").endswith("上海沙龙") for row in rows)
            assert not any("数字化转型" in row for row in rows[3:])


@pytest.mark.usefixtures("three")
async def test_reasons_for_all_and_with_points(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "i")
        assert "due at 15:00 · follow-up" in line_with(app, "给李总发资料")
        assert line_with(app, "#1") == (
            " #1  32 = overdue 2 days 8 + follow-up 14 + flagged red 10"
        )
        await press(pilot, "i")
        assert "due at 15:00" not in text(app)


@pytest.mark.usefixtures("three")
async def test_the_points_of_a_rank_stand_in_the_pane_where_there_is_one(book: Book) -> None:
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "i")
        assert line_with(app, "#1").endswith("#1  32 = overdue 2 days 8 + follow-up 14 + flagged")
        assert "red 10" in text(app)


@pytest.mark.usefixtures("three")
async def test_done_and_undone(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "d")
        assert selected(app) == "给李总发资料"
        assert "Followed up: 要报价" in text(app)
        assert "overdue" not in text(app)
        await press(pilot, "u")
        assert "1 overdue" in text(app)


async def test_what_is_open_of_a_step_is_named_before_it_is_closed(book: Book) -> None:
    starts_at = book.now() + timedelta(days=12)
    event_id = events.create(book, EventDraft("上海沙龙", "salon", starts_at)).made
    async with opened(book, (120, 30)) as (app, pilot):
        step = selected(app)
        await press(pilot, "d")
        assert "d again closes it all the same; still open: " in text(app)
        await press(pilot, "down", "d")
        assert "d again closes it" in text(app)  # of another one
        await press(pilot, "up", "d", "d")
        assert f"Done: {step}" in text(app)
    assert sum(line.state == DONE for line in events.plan(book, event_id)) == 1


@pytest.mark.usefixtures("three")
async def test_many_marked_are_done_together(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "space", "space", "d")
        assert "Done: 2 items" in text(app)
        assert selected(app) == "约下周时间"
        await press(pilot, "ctrl+z")
        assert len(follow_up_due.due(book)) == 3


@pytest.mark.usefixtures("three")
async def test_snoozed(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "down", "z")
        assert "Not before Tue 11-24: 给李总发资料" in text(app)
        assert selected(app) == "约下周时间"
        assert [due.title for due in follow_up_due.due(book)] == ["要报价", "约下周时间"]


@pytest.mark.usefixtures("three")
async def test_rescheduled_with_one_prompt(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "r", "=+1d")
        assert "→ Tue 11-24" in text(app)
        await press(pilot, "enter")
        assert selected(app) == "要报价"
        assert "overdue" not in text(app)
        (due,) = [d for d in follow_up_due.due(book) if d.title == "要报价"]
        assert due.due.astimezone(book.clock.zone).date().isoformat() == "2026-11-24"


@pytest.mark.usefixtures("three")
async def test_a_word_that_is_no_date_stays_in_the_prompt(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "r", "=soonish", "enter")
        assert "is no date" in text(app)
        await press(pilot, "escape")
        assert selected(app) == "要报价"
        assert history.count(book) == 3


async def test_a_plan_entered_late_shows_the_first_dates(book: Book) -> None:
    at = book.now() + timedelta(days=4, hours=5)
    events.create(book, EventDraft("上海沙龙", "salon", at))
    async with opened(book) as (app, _pilot):
        assert "was 11-13" in lines(app)[4]
        assert lines(app)[5].startswith("    due today · was due 10 days ago")
        assert "Next event  上海沙龙  Fri 11-27 14:00, in 4 days" in text(app)


async def test_a_promised_time_rises_when_it_comes(book: Book, clock: StandingClock) -> None:
    ended = make_list(book, ROWS)
    round_id = rounds.open_round(book, ended.roster_id).made
    rounds.close_round(book, round_id, force=True)
    at = book.now() + timedelta(minutes=30)
    calling.record(book, ended.cards[0], "callback-1", "call_back", lane="phone", when=at)
    log_lines.add(book, "要紧 ! >今天 09:00")
    async with opened(book) as (app, pilot):
        assert selected(app) == "要紧"
        clock.move_to(at)
        screen = app.screen
        assert isinstance(screen, TodayScreen)
        screen._tick()
        await pilot.pause()
        assert lines(app)[3:5] == [" Do this first", lines(app)[4]]
        assert lines(app)[4].startswith(" ◷ 09:30      Call 王志刚")
        assert selected(app) == "要紧"  # the cursor stays on its item


async def test_a_promise_put_off_leaves_the_cursor_with_what_is_next(
    book: Book, clock: StandingClock
) -> None:
    ended = make_list(book, ROWS)
    rounds.close_round(book, rounds.open_round(book, ended.roster_id).made, force=True)
    at = book.now() + timedelta(minutes=30)
    calling.record(book, ended.cards[0], "callback-1", "call_back", lane="phone", when=at)
    log_lines.add(book, "要紧 >今天 09:00")
    clock.move_to(at)
    async with opened(book, (120, 30)) as (app, pilot):
        assert "王志刚" in selected(app)
        await press(pilot, "z")
        assert "Tue 11-24 09:30" in text(app)
        assert "00:00" not in text(app)
        assert selected(app) == "要紧"
        assert "要紧" in lines(app)[5]


async def test_what_is_done_elsewhere_is_refused_with_its_key(book: Book) -> None:
    make_list(book, ROWS)
    async with opened(book, (120, 30)) as (app, pilot):
        before = history.count(book)
        for key in ("d", "z", "r"):
            await press(pilot, key)
            await until(pilot, "Enter opens the screening")
            app.clear_notifications()
            await pilot.pause()
        assert history.count(book) == before


@pytest.mark.usefixtures("three")
async def test_another_process_writes_and_the_cursor_stays(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "down")
        assert selected(app) == "给李总发资料"
        other = open_book(book.path, clock=book.clock)
        log_lines.add(other, "从另一个窗口 ! >今天")
        other.close()
        await until(pilot, "从另一个窗口")
        assert selected(app) == "给李总发资料"


async def test_hostile_words_are_only_words(book: Book) -> None:
    log_lines.add(book, "[/red] \x1b[31m甲 >今天")
    async with opened(book) as (app, _pilot):
        assert "[/red] ␛[31m甲" in text(app)


async def test_a_broken_weights_file_is_said(book: Book) -> None:
    (book.home / "priority.toml").write_text("[flag]\nflagged = -1\n")
    log_lines.add(book, "照样 >今天")
    async with opened(book) as (app, pilot):
        assert "照样" in text(app)
        await until(pilot, "“flagged” is")


@pytest.mark.usefixtures("three")
async def test_in_chinese(book: Book) -> None:
    locale.set_language("zh_CN")
    async with opened(book) as (app, _pilot):
        assert line_with(app, "逾期 2 天").startswith("    逾期 2 天 · 跟进 · 已标红")
        assert line_with(app, "今天 2 件事").endswith("▲ 逾期 1   ○ 今天 1   接下来 1")


async def test_the_head_ranks_no_list_that_takes_long(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Short ones are counted, with what Today has read already."""
    asked: list[object] = []

    def today(_book: Book, items: object = None) -> Workload:
        asked.append(items)
        return Workload(0, 7, 2)

    monkeypatch.setattr(workload, "today", today)
    make_list(book, [("王志刚", "万科", "", "+8613800138000", "")])
    async with opened(book) as (_app, pilot):
        await until(pilot, "2 people to ask again 7 more to call")
    assert None not in asked
    asked.clear()
    monkeypatch.setattr(call_queue, "LONG", 0)
    async with opened(book) as (app, pilot):
        await pilot.pause()
        assert "to call back" not in text(app)
    assert not asked


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_two_long_steps_of_one_title_are_told_apart_by_their_events(
    book: Book, size: tuple[int, int]
) -> None:
    at = book.now() + timedelta(days=3)
    for name in ("苏州沙龙", "无锡沙龙"):
        events.create(book, EventDraft(name, "salon", at))
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        rows = [row for row in lines(app) if "○" in row and "0/" in row]
        assert len(rows) > 4
        assert all("苏州沙龙" in row or "无锡沙龙" in row for row in rows), rows
        assert any("…" in row for row in rows)
