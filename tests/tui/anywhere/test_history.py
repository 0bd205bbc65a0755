"""History through the keyboard: any change taken back, or refused with what stands in its way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from textual.pilot import Pilot

from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.daybook import lines as log_lines
from opslog.services.people import erasing
from opslog.services.screening import rounds
from opslog.services.search import changed
from opslog.store.db import journalled
from opslog.store.schema.tables import SORTED
from opslog.tui.anywhere.history import BEHIND, TABLES, HistoryScreen
from opslog.tui.frame.app import OpslogApp
from opslog.tui.widgets.lists.window_list import WindowList
from tests.conftest import StandingClock
from tests.services.lists import make_list
from tests.tui.looking import lines, notices, press, text, until

ROWS = [("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", "")]


@asynccontextmanager
async def opened(
    book: Book, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[OpslogApp, Pilot[Any]]]:
    """The app with the history in front."""
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=size, notifications=True) as pilot:
        await press(pilot, "g", "h")
        await until(pilot, "Esc Back")
        assert isinstance(app.screen, HistoryScreen)
        yield app, pilot


def number(app: OpslogApp) -> object:
    return app.screen.query_one(WindowList).selected


async def test_nothing_changed_yet(book: Book) -> None:
    async with opened(book) as (app, pilot):
        assert "Nothing was changed yet." in text(app)
        assert "a  write the first log line" in text(app)
        await press(pilot, "escape")
        assert not isinstance(app.screen, HistoryScreen)


async def test_newest_first_with_what_it_touched(book: Book) -> None:
    log_lines.add(book, "写稿 #宣传 >明天")
    log_lines.add(book, "排版")
    async with opened(book) as (app, pilot):
        assert lines(app)[1] == " 2 changes, newest first"
        shown = [line.split() for line in lines(app)[3:6]]
        assert shown == [
            ["Mon", "11-23", "today", "2"],
            ["09:00", "Logged:", "排版"],
            ["09:00", "Logged:", "写稿;", "to", "follow", "up", "Tue", "11-24"],
        ]
        await press(pilot, "down")
        assert "added 1 follow-up · 1 log line" in text(app)


async def test_an_older_change_is_undone_and_redone(book: Book) -> None:
    log_lines.add(book, "写稿")
    log_lines.add(book, "排版")
    async with opened(book) as (app, pilot):
        await press(pilot, "down", "u")
        assert "Undone: Logged: 写稿" in text(app)
        assert lines(app)[5].endswith(" undone")
        assert lines(app)[1].endswith(" 1 undone")
        assert number(app) == 1
        assert "it can be done again, until something new is done" in text(app)
        assert [line.text for line in log_lines.lines(book)] == ["排版"]
        await press(pilot, "u")
        await until(pilot, "undone already")
        await press(pilot, "U")
        assert "Done again: Logged: 写稿" in text(app)
        assert not lines(app)[5].endswith("undone")
        assert len(log_lines.lines(book)) == 2


async def test_refused_with_the_changes_named(book: Book) -> None:
    sheet = make_list(book, ROWS)
    round_id = rounds.open_round(book, sheet.roster_id).made
    rounds.decide(book, round_id, sheet.cards[0], "keep")
    async with opened(book) as (app, pilot):
        await press(pilot, "end", "ctrl+z")
        await until(pilot, "Kept 王志刚")
        assert "Can't undo “Opened tidy of 上海沙龙”" in notices(app)
        assert not history.changes(book)[-1].undone


async def test_a_long_history_is_read_in_pages(book: Book) -> None:
    for at in range(200):
        log_lines.add(book, f"行{at}")
    async with opened(book) as (app, pilot):
        await press(pilot, "end")
        assert number(app) == 1
        assert lines(app)[16].split() == ["09:00", "Logged:", "行0"]
        await press(pilot, "home")
        assert "Logged: 行199" in lines(app)[4]


async def test_another_process_adds_a_change(book: Book) -> None:
    log_lines.add(book, "甲")
    log_lines.add(book, "乙")
    async with opened(book) as (app, pilot):
        await press(pilot, "down")
        other = open_book(book.path, clock=book.clock)
        log_lines.add(other, "从另一个窗口")
        other.close()
        await until(pilot, "Logged: 从另一个窗口")
        assert number(app) == 1


async def test_u_goes_on_to_the_next_older_one(book: Book) -> None:
    for words in ("one", "two", "three"):
        log_lines.add(book, words)
    async with opened(book) as (app, pilot):
        await press(pilot, "u", "u")
        assert number(app) == 1
        assert [line.text for line in log_lines.lines(book)] == ["one"]


async def test_days_are_headings_and_the_cursor_finds_its_change_among_them(
    book: Book, clock: StandingClock
) -> None:
    for day in range(3):
        for at in range(50):
            log_lines.add(book, f"{day}-{at}")
        clock.move_to(clock.instant + timedelta(days=1))
    async with opened(book) as (app, pilot):
        rows = app.screen.query_one(WindowList)
        for number in (1, 50, 51, 100, 101, 150):
            assert rows.select(number)
            shown = rows.row(rows.cursor)
            assert shown is not None
            assert shown.key == number
        headings = [at for at in range(rows.count) if rows.row(at).heading is not None]  # type: ignore[union-attr]
        assert headings == [0, 51, 102]
        await press(pilot, "home", "u")
        assert "yesterday" in lines(app)[3]


async def test_beside_the_list_stands_what_the_change_holds(book: Book) -> None:
    sheet = make_list(book, ROWS)
    round_id = rounds.open_round(book, sheet.roster_id).made
    rounds.decide(book, round_id, sheet.cards[0], "keep")
    log_lines.add(book, "写稿 #宣传 >明天")
    async with opened(book, (120, 40)) as (app, pilot):
        assert " u Undo this" in text(app)
        assert "added 1 follow-up · 1 log line" in text(app)
        assert "Whom it is about" not in text(app)
        await press(pilot, "down")
        assert "added 1 verdict" in text(app)
        about = lines(app)[[line.strip() for line in lines(app)].index("Whom it is about") + 1]
        assert about.split()[-2:] == ["王志刚", "深蓝软件"]
        await press(pilot, "home", "down", "u", "up")
        assert "it can be done again" in text(app)
        assert "王志刚" in text(app)  # also of a verdict that is gone


async def test_who_was_erased_is_named_by_no_change(book: Book) -> None:
    sheet = make_list(book, ROWS)
    round_id = rounds.open_round(book, sheet.roster_id).made
    kept = rounds.decide(book, round_id, sheet.cards[0], "keep")
    assert changed.contents(book, kept.id).people == [("王志刚", "深蓝软件有限公司")]
    person_id = book.con.execute("SELECT person_id FROM card").fetchone()[0]
    erasing.erase(book, person_id, erasing.word_for(erasing.get(book, person_id)))
    assert changed.contents(book, kept.id).people == []


def test_what_was_changed_is_said_in_words_never_by_the_name_of_a_table() -> None:
    tables = {table.name for table in SORTED} - journalled.NOT_JOURNALLED
    assert tables == set(TABLES) | BEHIND
