"""Review through the keyboard: the day's report pasted in two keys, its numbers opened."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from opslog.domain.events.events import EventDraft
from opslog.domain.reports.stretches import DAY, of
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.daybook import lines as log_lines
from opslog.services.events import events, targets
from opslog.services.reports import own_text, reports
from opslog.services.reviews import channels
from opslog.tui.frame.app import OpslogApp
from opslog.tui.reports import head, numbers
from opslog.tui.reports.tiles import Tiles
from opslog.tui.widgets.lists.window_list import WindowList
from tests.conftest import StandingClock
from tests.services.lists import make_list
from tests.services.reports.test_reports import call_all
from tests.tui.looking import line_with, press, text, until

WIDE, NARROW = (120, 40), (80, 24)


@pytest.fixture
def called(book: Book) -> None:
    rows = [(f"客户{n}", "万科", "", f"+861380013800{n}", "") for n in range(3)]
    made = make_list(book, rows, ends_ago=-timedelta(hours=31))
    for card, outcome in zip(made.cards, ("coming", "coming", "no_answer"), strict=True):
        calling.record(book, card, "reminder", outcome, lane="phone")
    log_lines.add(book, "写推文 ~20m")


@asynccontextmanager
async def opened(
    book: Book, size: tuple[int, int] = WIDE
) -> AsyncIterator[tuple[OpslogApp, Pilot[Any]]]:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield app, pilot


@pytest.mark.parametrize("from_where", ["f2", "f6", "f7"])
async def test_the_days_report_is_pasted_in_two_keys(
    book: Book, called: None, from_where: str
) -> None:
    async with opened(book, NARROW) as (app, pilot):
        await press(pilot, from_where, "f8", "y")
        assert app.clipboard == reports.report(book, of(DAY, book.today())).text()
        assert "coming 2" in app.clipboard


async def test_g_v_leads_there_too(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "g", "v")
        await until(pilot, "writes a line into the log")  # the second column is laid out late
        assert "Nothing is in the log of these days." in text(app)


async def test_the_day_before_the_week_and_the_month(book: Book, called: None) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "f8")
        assert "3 calls" in text(app)
        await press(pilot, "left")
        assert "Sun 11-22: report of the day" in text(app)
        assert "0 calls" in text(app)
        await press(pilot, "right", "w")
        assert "11-23 to 11-29: report of the week" in text(app)
        await press(pilot, "m")
        assert "November 2026: report of the month" in text(app)
        await press(pilot, "m")
        assert "Mon 11-23: report of the day" in text(app)
        await press(pilot, "left", "f3", "f8")  # its key shows today again
        assert "Mon 11-23: report of the day" in text(app)


async def test_enter_opens_a_number_and_then_the_person(book: Book, called: None) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "f8")
        app.screen.query_one(WindowList).select(("Calls", "coming"))
        await press(pilot, "enter")
        assert "2 rows" in text(app)
        assert "x Export" in text(app)
        assert "客户1 · 万科" in text(app)
        assert "客户2" not in text(app)
        await press(pilot, "enter")
        await until(pilot, "138 0013 8000")
        await press(pilot, "escape")
        assert "2 rows" in text(app)
        await press(pilot, "escape")
        assert "report of the day" in text(app)


async def test_the_cursor_is_on_a_big_figure_only_while_it_is_there(
    book: Book, called: None
) -> None:
    async with opened(book) as (app, pilot):
        for key, cursor in (("f8", False), ("up", True), ("down", False)):
            await press(pilot, key)
            head = app.screen.query_one(Tiles)
            assert any("▌" in span for row in head.lines for span, _look in row) is cursor, key


async def test_up_leads_to_the_big_figures_and_enter_opens_them(book: Book, called: None) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "f8", "up", "right", "enter")
        assert "coming  2 rows" in text(app)
        await press(pilot, "escape", "right", "enter")
        assert "Nothing to count here." in text(app)
        await press(pilot, "down", "enter")
        assert "3 rows" in text(app)  # the first hour of the list
        await press(pilot, "escape", "left")
        assert "Sun 11-22: report of the day" in text(app)


async def test_what_is_not_done_is_one_number_whatever_kind_it_is(
    book: Book, called: None, clock: StandingClock
) -> None:
    log_lines.add(book, "发资料 >10:30")
    clock.move_to(clock.instant + timedelta(hours=3))
    async with opened(book) as (app, pilot):
        await press(pilot, "f8")
        assert "1 not done" in text(app)
        await press(pilot, "up", "right", "right", "right", "right", "enter")
        assert "发资料" in text(app)
        await press(pilot, "enter")
        assert "Today" in text(app)


def test_the_big_figures_are_whole_on_a_small_screen(book: Book, clock: StandingClock) -> None:
    call_all(book, clock)
    for days in (0, 2):
        clock.move_to(clock.instant + timedelta(days=days))
        report = reports.report(book, of(DAY, book.today()))
        shown = head.lines(report, 80, air=False)
        assert "…" not in "".join(str(span[0]) for row in shown for span in row)


def test_no_two_parts_of_a_bar_look_the_same(book: Book) -> None:
    rows = [(f"客户{n}", "万科", "", f"+861380013800{n}", "") for n in range(4)]
    made = make_list(book, rows, ends_ago=-timedelta(hours=31))
    came = ("unsure", "call_back", "no_answer", "wrong_number")
    for card, outcome in zip(made.cards, came, strict=True):
        calling.record(book, card, "reminder", outcome, lane="phone")
    report = reports.report(book, of(DAY, book.today()))
    drawn = {row.key: row.cells[0] for row in numbers.rows(report) if row.cells}

    def spans(key: str) -> list[tuple[str, ...]]:
        cell = drawn["上海沙龙", key]
        assert callable(cell)
        return [tuple(map(str, span)) for span in cell(40)]

    signs = [spans(f"reminder.{code}")[1] for code in came]
    legend = {(sign.strip(), look) for sign, look in signs}
    assert len(legend) == 4
    assert legend <= {(text[:1], look) for text, look in spans("reminder")}


async def test_the_big_figures_are_reached_from_the_words_as_well(book: Book, called: None) -> None:
    async with opened(book, NARROW) as (app, pilot):
        await press(pilot, "f8", "up", "enter")
        assert "calls  3 rows" in text(app)


async def test_tab_leads_to_the_numbers_where_both_have_no_room(book: Book, called: None) -> None:
    async with opened(book, NARROW) as (app, pilot):
        await press(pilot, "f8")
        assert "When the calls" not in text(app)
        await press(pilot, "l")
        assert "shows the numbers; choose one" in text(app), "no list of a row nobody sees"
        await press(pilot, "tab")
        assert "When the calls were made" in text(app)
        assert "To paste" not in text(app)
        await press(pilot, "enter")
        assert "3 rows" in text(app)


async def test_words_of_ones_own_are_kept_and_the_numbers_stay(book: Book, called: None) -> None:
    day = of(DAY, book.today())
    async with opened(book) as (app, pilot):
        await press(pilot, "f8", "e", "你", "好", "q", "escape")
        assert "Your words" in text(app)
        assert "3 calls" in text(app)
        await press(pilot, "y")
        assert app.clipboard.startswith("你好qMon 11-23")
        assert "paste it into the chat" in text(app)
        log_lines.add(book, "又做了一件")
        await press(pilot, "f3", "f8")
        assert "the numbers are others since" in text(app)
        await press(pilot, "y")
        assert "Copied your own words; the numbers are others since" in text(app)
        await press(pilot, "delete")
        assert own_text.of(book, day) is None
        await press(pilot, "u")
        assert "Your words" in text(app)


async def test_x_writes_a_file_and_asks_before_it_overwrites(
    book: Book, called: None, tmp_path: Path
) -> None:
    book.set_setting("export.folder", str(tmp_path))
    path = tmp_path / "opslog-2026-11-23.html"
    async with opened(book) as (_app, pilot):
        await press(pilot, "f8", "x", "enter")
        await until(pilot, "Written")
        assert "客户" not in path.read_text(encoding="utf-8")
        assert "Reminder: 3 people" in path.read_text(encoding="utf-8")
        path.write_text("mine", encoding="utf-8")
        await press(pilot, "x", "enter")
        await until(pilot, "exists already")
        await press(pilot, "escape")
        assert path.read_text(encoding="utf-8") == "mine"
        await press(pilot, "x", "enter", "enter")
        await until(pilot, "Written")
        assert path.read_text(encoding="utf-8") != "mine"


async def test_a_path_that_is_refused_stays_to_be_mended(
    book: Book, called: None, tmp_path: Path
) -> None:
    book.set_setting("export.folder", str(tmp_path / "gone"))
    async with opened(book) as (app, pilot):
        await press(pilot, "f8", "x", "enter")
        await until(pilot, "There is no folder")
        app.screen.query_one(Input).value = str(tmp_path / "r.json")
        await press(pilot, "enter")
        await until(pilot, "Written")
        assert "report of the day" in text(app)


async def test_a_slash_keeps_it_to_an_event_a_person_a_tag_or_days(
    book: Book, called: None
) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "f8", "slash")
        await until(pilot, "Only what has #tag")
        assert "1 @上海沙龙" in " ".join(text(app).split())
        await press(pilot, "1", "enter")
        await press(pilot, "y")
        assert app.clipboard.startswith("Mon 11-23: report of the day · @上海沙龙")
        await press(pilot, "slash", "=+客户1", "enter")
        await until(pilot, "1 call")
        await press(pilot, "y")
        assert app.clipboard.startswith("Mon 11-23: report of the day · +客户1")
        await press(pilot, "e")
        assert "takes the filter off" in text(app)
        await press(pilot, "slash", "=+谁", "enter")
        await until(pilot, "Nobody is found")
        await press(pilot, "escape", "escape")
        assert "3 calls" in text(app)
        await press(pilot, "slash", "=11-20 11-23", "enter")
        await until(pilot, "11-20 to 11-23: report")
        await press(pilot, "left")
        assert "11-16 to 11-19: report" in text(app)
        await press(pilot, "escape")
        assert "Mon 11-23: report of the day" in text(app)


async def test_rows_of_another_day_behind_a_number_say_their_day(
    book: Book, clock: StandingClock
) -> None:
    """Of the day itself the time is enough; what was late before it was due on others."""
    log_lines.add(book, "寄样品 >09:30")
    clock.move_to(clock.instant + timedelta(days=2))
    log_lines.add(book, "发资料 >09:15")
    clock.move_to(clock.instant + timedelta(hours=1))
    async with opened(book) as (app, pilot):
        await press(pilot, "f8")
        app.screen.query_one(WindowList).select(("Plan", "waiting.tasks"))
        await press(pilot, "enter")
        assert "2 rows" in text(app)
        assert line_with(app, "寄样品").split()[:2] == ["11-23", "09:30"]
        assert line_with(app, "发资料").split()[0] == "09:15"


async def test_its_key_has_the_report_made_once(
    book: Book, called: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = list[object]()
    report = reports.report

    def counted(*asked: Any) -> reports.Report:
        made.append(asked)
        return report(*asked)

    monkeypatch.setattr(reports, "report", counted)
    async with opened(book) as (_app, pilot):
        await press(pilot, "f8")
        assert len(made) == 1
        await press(pilot, "w", "f8")
        assert len(made) == 3, "its key leads back to the report of today"


async def test_a_large_number_stands_beside_its_bar(book: Book, clock: StandingClock) -> None:
    at = book.now() + timedelta(hours=1)
    made = events.create(book, EventDraft("抖音直播", "webinar", at, list="none")).made
    assert made is not None
    targets.put(book, made, {"reach": 20_000})
    channels.put(book, made, channels.read({"label": "视频号", "reach": "12000"}))
    clock.move_to(at + timedelta(hours=3))
    async with opened(book) as (app, pilot):
        await press(pilot, "f8", "w")
        await until(pilot, "12,000 / 20,000")
        assert "reach 12,000 of 20,000 (60%)" in text(app)
