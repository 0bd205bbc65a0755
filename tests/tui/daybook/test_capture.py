"""The capture line over any screen: read as it is typed, completed, never lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, time
from typing import Any

from textual import events
from textual.pilot import Pilot

from opslog import locale
from opslog.locale import msg
from opslog.services.book import drafts
from opslog.services.book.book import Book
from opslog.services.daybook import lines as log_lines
from opslog.tui.daybook.capture import CaptureScreen
from opslog.tui.daybook.capture_input import CaptureInput
from opslog.tui.frame.app import OpslogApp
from opslog.tui.widgets.text import line, line_width, wrap_line
from tests.services.daybook.test_lines import make_event, make_person
from tests.tui.looking import line_with, press, text, until


@asynccontextmanager
async def opened(
    book: Book, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[OpslogApp, Pilot[Any]]]:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield app, pilot


def typed(app: OpslogApp) -> str:
    return app.screen.query_one(CaptureInput).value


def asking(app: OpslogApp) -> bool:
    return isinstance(app.screen, CaptureScreen)


def written(book: Book) -> list[str]:
    return [one.text for one in log_lines.lines(book)]


async def test_from_three_screens_with_one_key(book: Book) -> None:
    async with opened(book) as (app, pilot):
        for number, screen in enumerate(("f2", "f3", "f6")):
            await press(pilot, screen, "a", f"=note {number}", "enter")
            assert f"Logged: note {number}" in text(app)
        assert written(book) == ["note 0", "note 1", "note 2"]
        await press(pilot, "u")
        assert written(book) == ["note 0", "note 1"]


async def test_read_while_it_is_typed(book: Book) -> None:
    make_event(book, "上海沙龙第三期")
    make_person(book, "王志刚")
    async with opened(book) as (app, pilot):
        await press(pilot, "a")
        assert "14:30 what happened" in text(app)
        await press(pilot, "=14:30 回访 @上海沙龙 +王志刚 +赵六 ~20m ! >fri")
        shown = " ".join(text(app).split())
        assert (
            "14:30 · 回访 · @上海沙龙第三期 · +王志刚 · +赵六 (not among People) · 20m"
            " flagged red · follow up Fri 11-27"
        ) in shown
        await press(pilot, "= >11-31 @谁")
        assert ">11-31: there is no day 31 in November, it has 30; stays in the text" in text(app)
        assert written(book) == []


async def test_each_part_stands_in_its_colour(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "a", "=14:30 x #tag ! mail a@b.com")
        field = app.screen.query_one(CaptureInput)
        looks = field.looks()
        styles = {field.value[span.start : span.end]: span.style for span in field._value.spans}
        assert styles == {"14:30": looks["accent"], "#tag": looks["good"], "!": looks["late"]}


async def test_completion_by_tab_arrows_and_enter(book: Book) -> None:
    make_event(book, "上海 沙龙", day="2026-11-25")
    make_event(book, "上海直播", day="2026-12-25")
    log_lines.add(book, "x #回访 #回执")
    async with opened(book) as (app, pilot):
        await press(pilot, "a", "=x #", "tab")
        assert typed(app) == "x #回执 "
        await press(pilot, "ctrl+u", "=y @上海")
        assert "2026-12-25" in line_with(app, "@上海直播")
        await press(pilot, "down", "enter")  # a name with a space is put in quotes
        assert typed(app) == 'y @"上海 沙龙" '
        await press(pilot, "ctrl+u", "=z @上海", "down", "down", "up", "up", "enter")
        assert written(book)[-1] == "z @上海"  # nothing chosen: Enter writes the line


async def test_pinyin_completes_each_kind_of_word(book: Book) -> None:
    make_event(book, "上海沙龙第三期", day="2026-11-25")
    make_event(book, "北京沙龙", day="2026-11-30")
    log_lines.add(book, "x #回访 #划分 #会议")
    for name, company in (("蒋琪", "甲公司"), ("江琦", "乙公司"), ("江琦", "丙公司"), ("李娜", "")):
        make_person(book, name, company)
    async with opened(book) as (app, pilot):
        for keys, taken in (
            (["=#hf", "tab"], "#划分 "),
            (["=#hf", "down", "down", "tab"], "#回访 "),
            (["=#huifang", "tab"], "#回访 "),
            (["=@shsl", "tab"], "@上海沙龙第三期 "),
            (["=@SHSL", "tab"], "@上海沙龙第三期 "),
            (["=@shanghaisha", "tab"], "@上海沙龙第三期 "),
            (["=@shalong", "down", "down", "enter"], "@北京沙龙 "),
            (["=+jiangqi", "tab"], "+江琦·丙公司 "),
            (["=+jiangqi", *["down"] * 2, "tab"], "+江琦·乙公司 "),
            (["=+jiangqi", *["down"] * 3, "tab"], "+蒋琪 "),
            (["=+jq", *["down"] * 9, "tab"], "+蒋琪 "),
        ):
            await press(pilot, "a", "ctrl+u", *keys)
            assert typed(app).strip() == taken.strip(), keys
            await press(pilot, "ctrl+u", "escape", "escape")


async def test_completion_in_the_middle_of_a_line(book: Book) -> None:
    make_person(book, "王志刚", "甲公司")
    async with opened(book) as (app, pilot):
        await press(pilot, "a", "=打给  聊报价", *["left"] * 4, "=+王")
        assert "甲公司" in text(app)
        await press(pilot, "tab", "= ")
        assert typed(app) == "打给 +王志刚  聊报价"


async def test_esc_closes_the_list_then_warns_then_keeps_the_words(book: Book) -> None:
    log_lines.add(book, "x #回访")
    async with opened(book) as (app, pilot):
        await press(pilot, "a", "=打给王总 #", "escape")
        assert asking(app)
        await press(pilot, "escape")
        assert "Not written yet. Esc again keeps it for later." in text(app)
        await press(pilot, "=y")  # went on typing: warned again before leaving
        await press(pilot, "escape")
        assert asking(app)
        await press(pilot, "escape")
        assert not asking(app)
        assert "Not written; a brings it back" in text(app)
        assert written(book) == ["x"]

        await press(pilot, "f3", "a")
        assert typed(app) == "打给王总 #y"
        assert "This was typed before and not written yet." in text(app)
        await press(pilot, "escape")  # as it was found: no question
        await press(pilot, "a", "enter")
        assert written(book) == ["x", "打给王总"]
        await press(pilot, "a")
        assert typed(app) == ""


async def test_what_was_kept_outlives_the_program(book: Book) -> None:
    async with opened(book) as (_app, pilot):
        await press(pilot, "a", "=half a thought", "escape", "escape")
    async with opened(book) as (app, pilot):
        await press(pilot, "a")
        assert typed(app) == "half a thought"


async def test_an_emptied_line_is_let_go(book: Book) -> None:
    drafts.keep(book, drafts.CAPTURE, msg("Log a line"), {"": "old"}, None)
    async with opened(book) as (app, pilot):
        await press(pilot, "a", "ctrl+u", "escape")
        assert not asking(app)
        await press(pilot, "a")
        assert typed(app) == ""
        await press(pilot, "enter")
        assert "There is nothing to write" in "".join(n.message for n in app._notifications)
        assert asking(app)


async def test_several_pasted_lines_become_one(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "a")
        field = app.screen.query_one(CaptureInput)
        field.post_message(events.Paste("一\n\n 二\x1b[31m\r\n三"))
        await until(pilot, "3 lines pasted")
        await press(pilot, "escape")
        assert typed(app) == "一 二␛[31m 三"
        await press(pilot, "enter")
        assert written(book) == ["一 二\x1b[31m 三".replace("\x1b", "␛")]


async def test_several_pasted_lines_are_several_entries_after_one_question(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "a")
        app.screen.query_one(CaptureInput).post_message(
            events.Paste("8:00 早报\n8:30 例会 >周五\n")
        )
        await until(pilot, "2 lines pasted")
        await press(pilot, "enter")
        assert not asking(app)
        assert written(book) == ["早报", "例会"]
        await press(pilot, "u")
        assert written(book) == []


async def test_a_line_dated_ahead_becomes_a_follow_up_by_tab(book: Book) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "a")
        app.screen.query_one(CaptureInput).value = "明天 给王总报价"
        await until(pilot, "dated ahead")
        await press(pilot, "tab")
        assert typed(app) == "明天 给王总报价 >2026-11-24 "
        await press(pilot, "enter")
    [waiting] = log_lines.lines(book)[0].follow_ups
    assert waiting.due == book.clock.at(date(2026, 11, 24), time(9))


async def test_two_of_one_name_are_told_apart_by_company(book: Book) -> None:
    make_person(book, "王志刚", company="甲公司")
    second = make_person(book, "王志刚", company="乙公司")
    async with opened(book) as (app, pilot):
        await press(pilot, "a")
        await press(pilot, "=回访 +王志刚")
        await until(pilot, "more than one has that name")
        assert "王志刚·甲公司" in text(app)
        await press(pilot, "tab")
        assert typed(app) == "回访 +王志刚·乙公司 "
        await press(pilot, "enter")
    [line_written] = log_lines.lines(book)
    assert [one.id for one in line_written.people] == [second]
    assert "+王志刚·乙公司" in log_lines.composed(book, line_written.id)


async def test_the_log_shows_what_was_just_written(book: Book) -> None:
    for number in range(40):
        log_lines.add(book, f"2026-11-20 10:{number} line {number}")
    async with opened(book) as (app, pilot):
        await press(pilot, "f3", "end", "a", "=昨天 10:00 新的", "enter")
        assert "新的" in line_with(app, " 10:00 ")


async def test_in_chinese(book: Book) -> None:
    locale.set_language("zh_CN")
    async with opened(book) as (app, pilot):
        await press(pilot, "a")
        assert "14:30 做了什么" in text(app)
        app.screen.query_one(CaptureInput).value = "》下周一 报价 ！"
        await pilot.pause()
        assert "09:00 · 报价 · 已标红 · 11-30 周一 跟进" in text(app)


def test_a_reading_is_broken_by_cells_not_characters() -> None:
    spans = line(("09:00", "accent"), " · ", ("回访王总" * 12, "strong"), " · ", ("#tag", "good"))
    rows = wrap_line(spans, 40)
    assert all(line_width(row) <= 40 for row in rows)
    assert "".join(text for row in rows for text, _look in row).replace(" ", "") == (
        "09:00·" + "回访王总" * 12 + "·#tag"
    )
