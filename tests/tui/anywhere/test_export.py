"""``x`` through the keyboard: a name proposed, a file written, nothing overwritten unasked."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from opslog import locale
from opslog.services.book.book import Book
from opslog.services.daybook import lines as log_lines
from opslog.services.files import export as files_out
from opslog.tui.anywhere.export import ExportForm
from opslog.tui.frame.app import OpslogApp
from tests.services.lists import make_list
from tests.tui.looking import line_with, press, text, until

ROWS = [("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", "")]
STRIP = "calendar-2026-11-23.xlsx"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@asynccontextmanager
async def opened(book: Book) -> AsyncIterator[tuple[OpslogApp, Pilot[Any]]]:
    """The app with the export question in front."""
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "x")
        await until(pilot, "goes to")
        yield app, pilot


def name(app: OpslogApp) -> str:
    assert isinstance(app.screen, ExportForm)
    return app.screen.query_one("#field-file", Input).value


async def retype(pilot: Pilot[Any], value: str) -> None:
    pilot.app.screen.query_one("#field-file", Input).value = value
    await pilot.pause()


async def test_enter_alone_writes_what_the_screen_shows(book: Book, here: Path) -> None:
    async with opened(book) as (app, pilot):
        assert name(app) == STRIP
        await press(pilot, "enter")
        await until(pilot, "Written: ")
        assert [file.name for file in here.iterdir()] == [STRIP]


async def test_the_name_follows_the_choices(book: Book, here: Path) -> None:
    make_list(book, ROWS)
    log_lines.add(book, "写稿")
    async with opened(book) as (app, pilot):
        await press(pilot, "shift+tab", "left", "left")  # the form: from xlsx back to vcf
        assert name(app).endswith(".vcf")
        assert "calendar can't be written as .vcf; possible are .csv" in text(app).replace("\n", "")
        await press(pilot, "right", "right", "shift+tab", "right")
        assert name(app) == "calendar-上海沙龙-2026-11-23.xlsx"
        await press(pilot, "shift+tab", "right")  # from calendar to roster
        assert name(app) == "roster-上海沙龙-2026-11-23.xlsx"
        await retype(pilot, "mine.csv")
        await press(pilot, "tab", "tab", "right")  # the form again
        assert name(app) == "mine.md"


async def test_a_roster_as_csv(book: Book, here: Path) -> None:
    make_list(book, ROWS)
    async with opened(book) as (_app, pilot):
        await press(pilot, "shift+tab", "shift+tab", "shift+tab", "right", "tab", "right")
        await retype(pilot, "list.csv")
        await press(pilot, "enter")
        await until(pilot, "Written: ")
    with (here / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["Name"] for row in csv.DictReader(file)] == ["王志刚"]


async def test_an_address_book_says_whom_it_leaves_out(book: Book, here: Path) -> None:
    make_list(book, [*ROWS, ("赵敏", "", "", "", "")])
    async with opened(book) as (_app, pilot):
        await press(pilot, *["shift+tab"] * 3)
        while "◂ people ▸" not in text(_app):
            await press(pilot, "left")
        await retype(pilot, "p.vcf")
        await press(pilot, "enter")
        await until(pilot, "Left out, no phone and no e-mail: 1 (赵敏)")


async def test_an_existing_file_is_asked_about(book: Book, here: Path) -> None:
    (here / STRIP).write_text("mine")
    async with opened(book) as (app, pilot):
        assert "This file exists" in text(app)
        await press(pilot, "enter")
        await until(pilot, "Overwrite it?")
        await press(pilot, "escape")
        assert (here / STRIP).read_text() == "mine"
        await press(pilot, "x", "enter")
        await until(pilot, "Overwrite it?")
        await press(pilot, "enter")
        await until(pilot, "Written: ")
        assert (here / STRIP).read_bytes()[:2] == b"PK"


async def test_a_wrong_ending_says_so_and_does_not_close(book: Book, here: Path) -> None:
    async with opened(book) as (app, pilot):
        await retype(pilot, "a.docx")
        assert "can't be written as .docx" in text(app).replace("\n", "")
        await press(pilot, "enter")
        assert isinstance(app.screen, ExportForm)
        await retype(pilot, "  ")
        assert "Name the file" in text(app)


async def test_a_folder_that_is_not_there_is_refused(book: Book, here: Path) -> None:
    async with opened(book) as (_app, pilot):
        await retype(pilot, "nowhere/a.csv")
        await press(pilot, "enter")
        await until(pilot, "There is no folder")
        assert list(here.iterdir()) == []


async def test_esc_stops_and_leaves_nothing(
    book: Book, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    pressed = threading.Event()

    def endless(*_: object, progress: Callable[[int], None], **__: object) -> Path:
        while True:
            progress(1)
            pressed.wait(0.01)

    monkeypatch.setattr(files_out, "export", endless)
    async with opened(book) as (_app, pilot):
        await press(pilot, "enter")
        await until(pilot, "1 rows")
        await press(pilot, "escape")
        await until(pilot, "Nothing was written")
        assert list(here.iterdir()) == []


async def test_in_chinese(book: Book, here: Path) -> None:
    locale.set_language("zh_CN")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x")
        await until(pilot, "保存到")
        assert "日历" in line_with(app, "◂ 日历 ▸")
