"""The log through the keyboard: by day, found, changed, followed up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from opslog import locale
from opslog.domain.base.clock import instant_text
from opslog.domain.daybook.lines import LogFilter
from opslog.locale import N_, msg
from opslog.services.book.book import Book
from opslog.services.daybook import auto_lines
from opslog.services.daybook import due as follow_up_due
from opslog.services.daybook import lines as log_lines
from opslog.store.db import search
from opslog.tui.daybook.day_list import LogRows
from opslog.tui.daybook.log import LogScreen
from opslog.tui.frame.app import OpslogApp
from tests.conftest import StandingClock
from tests.services.daybook.test_lines import make_event, make_person
from tests.services.reports.test_reports import call_all
from tests.tui.looking import lines, notices, press, text, until


@asynccontextmanager
async def opened(
    book: Book, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[OpslogApp, Pilot[Any]]]:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        yield app, pilot


def selected(app: OpslogApp) -> str:
    """The words of the line under the cursor."""
    screen = app.screen
    assert isinstance(screen, LogScreen)
    one = screen._selected()
    return "" if one is None else one.text


@pytest.fixture
def week(book: Book, clock: StandingClock) -> None:
    """Three days; today's newest line first on screen."""
    make_event(book, "上海沙龙")
    make_person(book, "王志刚")
    log_lines.add(book, "2026-11-20 10:00 沙龙日期定了 @上海沙龙 !")
    now = book.now()
    clock.move_to(now - timedelta(days=1))
    log_lines.add(book, "15:00 写 EDM 初稿 #EDM ~1h30 >今天")
    clock.move_to(now)
    log_lines.add(book, "08:00 早报发出 #社群")
    log_lines.add(book, "08:30 回访王总 #回访 @上海沙龙 +王志刚 ~20m >周五 15:00")
    with book.change(msg(N_("Logged: {text}"), text="x")):
        auto_lines.write(book, msg("读入 80 行"), source="import")


async def test_an_empty_log_names_the_next_key(book: Book) -> None:
    async with opened(book) as (app, _pilot):
        assert "Nothing is written yet." in text(app)
        assert "a  write the first line" in text(app)


@pytest.mark.usefixtures("week")
async def test_lines_stand_by_day_newest_first(book: Book) -> None:
    async with opened(book) as (app, _pilot):
        shown = lines(app)
        assert shown[1] == " Mon 11-23  today  3"
        assert shown[2].startswith(" 09:00 · 读入 80 行")
        assert shown[3].split() == (
            ["08:30", "回访王总", "#回访", "@上海沙龙", "+王志刚", "20m", ">", "Fri", "11-27"]
        )
        assert shown[5] == " Sun 11-22  yesterday  1"
        assert shown[6].endswith("> Sun 11-22")
        assert shown[8].split() == ["10:00", "!", "沙龙日期定了", "@上海沙龙"]


@pytest.mark.usefixtures("week")
async def test_red_is_for_flagged_and_overdue(book: Book) -> None:
    async with opened(book) as (app, _pilot):
        screen = app.screen
        assert isinstance(screen, LogScreen)
        red = screen.rows.looks()["late"].color

        def is_red(row: int, words: str) -> bool:
            strip = app.screen._compositor.render_strips()[row]
            return any(
                words in segment.text and segment.style is not None and segment.style.color == red
                for segment in strip
            )

        assert is_red(8, "沙龙日期定了")
        assert is_red(6, "> Sun 11-22")
        assert not is_red(6, "写 EDM")
        assert not is_red(3, "> Fri 11-27")


@pytest.mark.usefixtures("week")
async def test_all_of_the_line_selected_stands_below(book: Book) -> None:
    async with opened(book) as (app, pilot):
        assert "written by the import" in text(app)
        await press(pilot, "down")
        assert " #回访 · @上海沙龙 · +王志刚 · 20m" in text(app)
        assert " follow up Fri 11-27 15:00" in text(app)


@pytest.mark.usefixtures("week")
async def test_from_day_to_day(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "left")
        assert selected(app) == "写 EDM 初稿"
        await press(pilot, "left_square_bracket")
        assert selected(app) == "沙龙日期定了"
        await press(pilot, "left")
        assert selected(app) == "沙龙日期定了"
        await press(pilot, "right", "right")
        assert selected(app) == "读入 80 行"
        await press(pilot, "down", "right")
        assert selected(app) == "读入 80 行"


@pytest.mark.usefixtures("week")
async def test_found_at_every_letter_and_all_again(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "slash", "=edm")
        assert "“edm” · 1 line" in text(app)
        assert "回访王总" not in text(app)
        await press(pilot, "enter")
        assert selected(app) == "写 EDM 初稿"
        await press(pilot, "slash", "=x")
        assert "No line has that." in text(app)
        await press(pilot, "escape")
        assert "回访王总" in text(app)
        assert app.focused is app.screen.query_one("#lines")


@pytest.mark.usefixtures("week")
async def test_by_tag_and_by_flag(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "number_sign")
        await until(pilot, "Show only the lines with")
        await press(pilot, "=社群", "enter")
        await until(pilot, "#社群 · 1 line")
        assert selected(app) == "早报发出"
        await press(pilot, "escape", "f")
        assert selected(app) == "沙龙日期定了"
        await press(pilot, "f")
        assert "早报发出" in text(app)


@pytest.mark.usefixtures("week")
async def test_flag_delete_and_undo(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "down", "exclamation_mark")
        assert "! 回访王总" in text(app)
        assert "Flagged: 回访王总" in text(app)
        await press(pilot, "delete")
        assert "Deleted: 回访王总" in text(app)
        assert selected(app) == "早报发出"
        await press(pilot, "u")
        assert "Undone: Deleted: 回访王总" in text(app)
        assert "! 回访王总" in text(app)


@pytest.mark.usefixtures("week")
async def test_many_are_deleted_at_once(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "space", "space", "delete")
        assert "Deleted 2 lines" in text(app)
        assert selected(app) == "早报发出"


@pytest.mark.usefixtures("week")
async def test_edit_brings_the_line_back_as_it_was_typed(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "down", "e")
        assert "08:30 回访王总 #回访 @上海沙龙 +王志刚 ~20m >2026-11-27T15:00" in text(app)
        await press(pilot, "= ~40m >11-30", "enter")
        one = log_lines.lines(book, find="回访王总")[0]
        assert one.minutes == 40
        assert one.follow_ups[0].due.date() == date(2026, 11, 27)
        assert len(one.follow_ups) == 2
        assert selected(app) == "回访王总"
        assert "> Fri 11-27 +1" in text(app)


@pytest.mark.usefixtures("week")
async def test_a_follow_up_is_ticked_off_and_opened_again(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "left", "d")
        assert "Followed up: 写 EDM 初稿" in text(app)
        assert "· Followed up: 写 EDM 初稿" in text(app)  # its own line of today
        assert selected(app) == "写 EDM 初稿"
        assert "followed up Mon 11-23" in text(app)
        await press(pilot, "d")
        assert "follow up Sun 11-22" in text(app)


@pytest.mark.usefixtures("week")
async def test_a_follow_up_is_moved(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "left", "r")
        await until(pilot, "Move “")
        await press(pilot, "=31 November")
        assert "there is no day 31 in November" in text(app)
        await press(pilot, "ctrl+u", "=+2d")
        assert "→ Wed 11-25" in text(app)
        await press(pilot, "enter")
        await until(pilot, "> Wed 11-25")
        await press(pilot, "z")
        assert "(not before Tue 11-24)" in text(app)


@pytest.mark.usefixtures("week")
async def test_without_a_follow_up_it_says_how_to_make_one(book: Book) -> None:
    async with opened(book) as (app, pilot):
        for key in ("d", "r", "z"):
            await press(pilot, "home", key)
            await until(pilot, "No follow-up here; e and then >fri makes one")
        assert selected(app) == "读入 80 行"


@pytest.mark.usefixtures("week")
async def test_enter_opens_what_the_line_is_about(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "enter")
        await until(pilot, "The line names no event and nobody known")
        await press(pilot, "G", "enter")
        await until(pilot, "上海沙龙")
        assert app.current_mode == "events"
        await press(pilot, "f3", "home", "down", "enter")
        await until(pilot, "type to narrow the list")  # an event and a person
        assert "王志刚" in text(app)


@pytest.mark.usefixtures("week")
async def test_other_screens_can_have_a_line_shown(book: Book) -> None:
    async with opened(book) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, LogScreen)
        one = log_lines.lines(book, find="EDM")[0]
        screen._want(LogFilter(find="早报"))
        await screen.show("follow_up", one.follow_ups[0].id)
        await pilot.pause()
        assert selected(app) == "写 EDM 初稿"
        await screen.show("log", log_lines.lines(book, find="早报")[0].id)
        assert selected(app) == "早报发出"


@pytest.mark.usefixtures("week")
async def test_what_another_process_writes_leaves_the_cursor(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "down")
        log_lines.add(book, "别处记的")
        app.broadcast({})
        await pilot.pause()
        assert "别处记的" in text(app)
        assert selected(app) == "回访王总"


async def test_what_was_written_is_never_markup_nor_a_command(book: Book) -> None:
    log_lines.add(book, "[/red] [bold]x \x1b[31m evil")
    async with opened(book) as (app, _pilot):
        assert "[/red] [bold]x ␛[31m evil" in text(app)


@pytest.mark.usefixtures("week")
async def test_in_chinese(book: Book) -> None:
    locale.set_language("zh_CN")
    async with opened(book) as (app, pilot):
        assert lines(app)[1] == " 11-23 周一  今天  3"
        assert "导入自动记" in text(app)
        await press(pilot, "down")
        assert "11-27 周五 15:00 跟进" in text(app)


async def test_a_hundred_thousand_lines_are_asked_for_by_the_page(book: Book) -> None:
    now = book.now()
    with book.change(msg(N_("Logged: {text}"), text="x"), bulk=True):
        book.con.executemany(
            "INSERT INTO log(at, text, source, search, created_at) VALUES (?,?,'typed',?,?)",
            (
                (instant_text(now - timedelta(minutes=n * 20)), f"line {n}", f"line {n}", "")
                for n in range(100_000)
            ),
        )
    rows = LogRows(book, LogFilter())
    assert rows.lines == 100_000
    assert rows.count() == 100_000 + len(rows.days)
    for start in (0, 70_001, rows.count() - 64):
        page = rows.rows(start, start + 64)
        assert len(page) == 64
        for at, row in enumerate(page, start):
            assert (row.heading is not None) == (at in rows.starts)
            if row.heading is None:
                assert rows.position(row.key) == at
    asked: list[str] = []
    book.con.set_trace_callback(asked.append)
    async with opened(book) as (app, pilot):
        await press(pilot, "end")
        assert selected(app) == "line 99999"
        await press(pilot, "home", "pagedown")
    book.con.set_trace_callback(None)
    pages = [sql for sql in asked if sql.startswith("SELECT l.id") and "LIMIT -1" in sql]
    assert pages == []
    assert search.check(book.con) == []


@pytest.mark.usefixtures("week")
async def test_marked_lines_are_flagged_by_one_key_and_one_undo(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "space", "space", "exclamation_mark")
        assert "Flagged: 2 lines" in text(app)
        await press(pilot, "u")
        assert "Undone: Flagged: 2 lines" in text(app)


async def test_marked_lines_are_one_change(book: Book) -> None:
    for words in ("打给王总 >今天", "打给李总 >今天 15:00", "没有跟进"):
        log_lines.add(book, words)
    async with opened(book, (100, 30)) as (app, pilot):
        await mark(pilot, app)
        await press(pilot, "d")
        assert "Done: 2 items" in text(app)
        assert "1 marked line has no such follow-up" in notices(app)
        assert not open_follow_ups(book)
        await press(pilot, "u")
        assert len(open_follow_ups(book)) == 2
        await mark(pilot, app)
        await press(pilot, "r", "=+2d")
        assert "Move 2 items to" in text(app)
        await press(pilot, "enter")
        assert open_follow_ups(book) == ["2026-11-25 09:00", "2026-11-25 15:00"]
        await press(pilot, "u")
        await mark(pilot, app)
        await press(pilot, "z")
        assert "Snoozed until Tue 11-24: 2 items" in text(app)
        await press(pilot, "u")
        assert open_follow_ups(book) == ["2026-11-23 09:00", "2026-11-23 15:00"]


async def test_marked_lines_all_done_are_open_again_together(book: Book) -> None:
    for words in ("打给王总 >今天", "打给李总 >今天 15:00"):
        log_lines.add(book, words)
    async with opened(book, (100, 30)) as (app, pilot):
        await mark(pilot, app)
        await press(pilot, "d")
        await mark(pilot, app)
        await press(pilot, "d")
        assert open_follow_ups(book)
        await press(pilot, "u")
        assert not open_follow_ups(book)


def open_follow_ups(book: Book) -> list[str]:
    """When those are due that wait, as this clock says it."""
    waiting = [due.due.astimezone(book.clock.zone) for due in follow_up_due.due(book)]
    return sorted(f"{due:%Y-%m-%d %H:%M}" for due in waiting)


async def mark(pilot: Pilot[Any], app: OpslogApp) -> None:
    """Mark every line that was typed in."""
    screen = app.screen
    assert isinstance(screen, LogScreen)
    screen.rows.marked = {line.id for line in log_lines.lines(app.book) if not line.automatic}
    await pilot.pause()


async def test_a_morning_of_calls_is_one_line_that_opens(book: Book, clock: StandingClock) -> None:
    log_lines.add(book, "08:00 早会")
    call_all(book, clock)
    log_lines.add(book, "09:30 茶歇改成 45 份")
    async with opened(book) as (app, pilot):
        shown = lines(app)
        assert shown[1] == " Mon 11-23  today  59"
        assert shown[2] == " 10:52 ▸ 57 calls 09:00–10:52: 41 reached, 30 coming"
        assert [line.split()[-1] for line in shown[3:5]] == ["份", "早会"]
        assert "Reminder: coming 30, no answer 16, not coming 6, unsure 5" in text(app)
        assert "Enter shows its 57 lines" in text(app)
        await press(pilot, "enter", "down")
        assert selected(app).startswith("Called 客户56")
        assert lines(app)[2].startswith(" 10:52 ▾")
        screen = app.screen
        assert isinstance(screen, LogScreen)
        await press(pilot, "up", "enter")
        assert lines(app)[2].startswith(" 10:52 ▸")
        await press(pilot, "u")  # the line of 茶歇, then the last call
        await press(pilot, "u")
        assert lines(app)[2].startswith(" 10:50 ▸ 56 calls")
        await press(pilot, "slash", "=客户7")
        assert "“客户7” · 1 line" in text(app)
        await press(pilot, "escape")
        await screen.show("log", log_lines.found(book, LogFilter(find="客户7"))[0])
        await pilot.pause()
        assert selected(app).startswith("Called 客户7:")


def test_rows_of_folded_days_are_found_where_they_stand(
    book: Book, clock: StandingClock, week: None
) -> None:
    call_all(book, clock)
    for opened_folds in (set(), {min(LogRows(book, LogFilter()).folds)}):
        source = LogRows(book, LogFilter(), opened_folds)
        whole = source.rows(0, source.count())
        assert len(whole) == source.count()
        for at, row in enumerate(whole):
            assert source.rows(at, at + 1)[0].key == row.key
            assert row.heading is not None or source.position(row.key) == at
