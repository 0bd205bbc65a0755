"""``x`` through the keyboard: a name proposed, a file written, nothing overwritten unasked."""

from __future__ import annotations

import csv
import os
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
from opslog.services.daybook import tasks
from opslog.services.files import column_sets
from opslog.services.files import export as files_out
from opslog.services.rosters import rosters
from opslog.services.screening import rounds
from opslog.tui.anywhere.export_form import ExportForm
from opslog.tui.frame.app import OpslogApp
from opslog.tui.widgets.asking.form import ChoiceField
from tests.services.lists import make_list
from tests.tui.looking import line_with, press, text, until

ROWS = [("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", "")]
STRIP = "what-is-due-2026-11-23.xlsx"


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
        await until(pilot, "Write ")
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


async def turn(pilot: Pilot[Any], field: str, to: str) -> None:
    """Go to a field and on to the answer ``to``."""
    pilot.app.screen.query_one(f"#field-{field}").focus()
    for _ in range(20):
        await pilot.pause()
        if to in str(pilot.app.screen.query_one(f"#field-{field}", ChoiceField).render()):
            return
        await press(pilot, "right")
    raise AssertionError(text(pilot.app))


def written(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


async def test_the_name_follows_the_choices(book: Book, here: Path) -> None:
    make_list(book, ROWS)
    log_lines.add(book, "写稿")
    async with opened(book) as (app, pilot):
        await turn(pilot, "what", "◂ calendar ▸")
        await turn(pilot, "form", "ics")
        assert name(app) == "calendar-2026-11-23.ics"
        await turn(pilot, "event", "上海沙龙")
        assert name(app) == "calendar-上海沙龙-2026-11-23.ics"
        await turn(pilot, "what", "roster")
        assert name(app) == "roster-上海沙龙-2026-11-23.csv"
        await retype(pilot, "mine.csv")
        await turn(pilot, "form", "md")
        assert name(app) == "mine.md"


async def test_a_roster_as_csv(book: Book, here: Path) -> None:
    make_list(book, ROWS)
    async with opened(book) as (_app, pilot):
        await turn(pilot, "what", "roster")
        await retype(pilot, "list.csv")
        await until(pilot, "Write 1 row")
        await press(pilot, "enter")
        await until(pilot, "Written: ")
    assert [row["Name"] for row in written(here / "list.csv")] == ["王志刚"]


async def test_an_address_book_says_whom_it_leaves_out(book: Book, here: Path) -> None:
    make_list(book, [*ROWS, ("赵敏", "", "", "", "")])
    async with opened(book) as (_app, pilot):
        await turn(pilot, "what", "◂ people ▸")
        await retype(pilot, "p.vcf")
        await press(pilot, "enter")
        await until(pilot, "Left out, no phone and no e-mail: 1 (赵敏)")


async def test_an_existing_file_is_asked_about(book: Book, here: Path) -> None:
    (here / STRIP).write_text("mine")
    async with opened(book) as (app, pilot):
        assert "the file exists" in text(app)
        await press(pilot, "enter")
        await until(pilot, "Overwrite it?")
        await press(pilot, "escape")
        await until(pilot, "Write ")  # the question once more
        assert (here / STRIP).read_text() == "mine"
        await press(pilot, "enter")
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
        for nothing in ("  ", ""):
            await retype(pilot, nothing)
            await press(pilot, "tab", "tab", "tab", "right", *["shift+tab"] * 3)  # another form
            assert isinstance(app.screen, ExportForm)
            assert "Write" not in text(app)


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
        await until(pilot, "1 row")
        await press(pilot, "escape")
        await until(pilot, "Nothing was written")
        assert list(here.iterdir()) == []


async def test_in_chinese(book: Book, here: Path) -> None:
    locale.set_language("zh_CN")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x")
        await until(pilot, "写入 0 行")
        assert "内容" in line_with(app, "◂ 今日待办 ▸")


# -- what is shown ------------------------------------------------------------------------------

MANY = [
    ("王志刚", "深蓝软件", "总监", "+8613800138000", ""),
    ("李娜", "云帆科技", "经理", "+8613800138001", ""),
    ("赵敏", "云帆科技", "主管", "+8613800138002", ""),
    ("钱七", "丙公司", "", "+8613800138003", ""),
]


@asynccontextmanager
async def on(book: Book, *keys: str) -> AsyncIterator[tuple[OpslogApp, Pilot[Any]]]:
    """The app with a screen reached by keys and what it exports in front, counted."""
    make_list(book, MANY)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await press(pilot, *keys, "x")
        await until(pilot, "Enter Write ")
        await until(pilot, " all")
        yield app, pilot


async def write(pilot: Pilot[Any], here: Path) -> list[dict[str, str]]:
    """Enter, and the rows of the file."""
    await press(pilot, "enter")
    await until(pilot, "Written: ")
    (path,) = (one for one in here.iterdir() if one.suffix in (".csv", ".json"))
    return written(path)


async def test_a_filter_of_two_people_exports_two(book: Book, here: Path) -> None:
    async with on(book, "f7", "slash", "=yunfan", "enter") as (app, pilot):
        await until(pilot, "2 shown · 4 all")
        assert "Write 2 rows" in text(app)
        await retype(pilot, "two.csv")
        rows = await write(pilot, here)
        assert [row["Name"] for row in rows] == ["赵敏", "李娜"]  # as they stand on the screen
        await until(pilot, "Written: 2 rows in two.csv")
        await press(pilot, "x")
        await turn(pilot, "rows", "4 all")
        await until(pilot, "Write 4 rows")


async def test_the_marked_come_first(book: Book, here: Path) -> None:
    async with on(book, "f7", "space", "down", "space") as (_app, pilot):
        await until(pilot, "2 marked · 4 all")
        await retype(pilot, "marked.csv")
        assert [row["Name"] for row in await write(pilot, here)] == ["钱七", "李娜"]


async def test_lines_with_a_word_and_days(book: Book, here: Path) -> None:
    log_lines.add_all(book, ["写稿 甲", "回访 乙", "11-20 10:00 写稿 丙"])
    async with on(book, "f3", "slash", "=写稿", "enter") as (app, pilot):
        await until(pilot, "2 shown")
        app.screen.query_one("#field-since", Input).value = "11-22"
        await until(pilot, "1 shown")
        await retype(pilot, "log.csv")
        assert [row["Text"] for row in await write(pilot, here)] == ["写稿 甲"]


async def test_only_kept_of_a_list(book: Book, here: Path) -> None:
    async with on(book, "f5") as (_app, pilot):
        (roster,) = rosters.listing(book)
        tidy = rounds.open_round(book, roster.roster_id).made
        for line, verdict in zip(rounds.deck(book, tidy).lines, ("keep", "park"), strict=False):
            rounds.decide(book, tidy, line.card_id, verdict)
        await turn(pilot, "only", "those kept")
        await until(pilot, "Write 1 row")
        await retype(pilot, "kept.csv")
        assert [row["Name"] for row in await write(pilot, here)] == ["王志刚"]


@pytest.mark.parametrize(
    ("keys", "what", "number"),
    [
        ((), "what is due", 1),
        (("f4",), "events", 1),
        (("f4", "enter"), "plan", 0),
        (("f5", "v"), "roster", 4),
        (("f5", "enter", "enter"), "roster", 4),
        (("f5", "p"), "problems", 0),
        (("f6",), "people to call", 0),
        (("f6", "v"), "attendance", 4),
        (("f7", "enter"), "people", 1),
        (("g", "h"), "history", 0),
    ],
)
async def test_every_screen_with_rows_says_what_it_holds(
    book: Book, here: Path, keys: tuple[str, ...], what: str, number: int
) -> None:
    async with on(book, *keys) as (app, pilot):
        await until(pilot, f"Write {number or ''}" if number != 1 else "Write 1 row")
        assert f"◂ {what} ▸" in text(app)


async def test_columns_are_chosen_ordered_and_kept_by_name(book: Book, here: Path) -> None:
    async with on(book, "f7") as (app, pilot):
        await turn(pilot, "columns", "choose …")
        assert "Choose columns" in text(app)
        await press(pilot, "enter")
        await until(pilot, "Space in or out")
        # All but the first five go, from the end; Space goes one down.
        await press(pilot, "end", "space", *["up", "space", "up"] * 11)
        await press(pilot, "home", "right", "right", "tab", "=short", "enter")
        await until(pilot, "◂ short ▸")
        await until(pilot, "Company")
        assert "│ Company  " in text(app)
        await retype(pilot, "short.csv")
        rows = await write(pilot, here)
        assert list(rows[0]) == ["Company", "Title", "Name", "Phone", "E-mail"]
        await press(pilot, "x")
        await turn(pilot, "columns", "◂ short ▸")
        await press(pilot, "escape", "escape", "u")
        await until(pilot, "Undone: Saved the columns short")


async def test_the_folder_is_remembered(book: Book, here: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    async with on(book, "f7") as (app, pilot):
        app.screen.query_one("#field-folder", Input).value = str(other)
        await retype(pilot, "a.csv")
        assert len(await write(pilot, other)) == 4
        await press(pilot, "x")
        await retype(pilot, "b.csv")
        await press(pilot, "enter")
        await until(pilot, "Written: 4 rows in b.csv")
        assert (other / "b.csv").exists()
        (other / "b.csv").unlink()
        (other / "a.csv").unlink()
        other.rmdir()
        await press(pilot, "x")  # a folder that is gone is not proposed
        await until(pilot, str(here))


async def test_phones_are_hidden_in_the_file_where_they_are_on_the_screens(
    book: Book, here: Path
) -> None:
    async with on(book, "f7", "M") as (_app, pilot):
        await retype(pilot, "a.csv")
        assert {row["Phone"][4:8] for row in await write(pilot, here)} == {"****"}


async def test_what_can_not_be_written_is_asked_again(
    book: Book, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on(book, "f7") as (app, pilot):
        await retype(pilot, "a.csv")

        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            await press(pilot, "enter")
            await until(pilot, "the disk is full")
        assert name(app) == "a.csv"
        assert list(here.iterdir()) == []
        assert len(await write(pilot, here)) == 4


async def test_a_click_on_the_button_writes(book: Book, here: Path) -> None:
    async with on(book, "f7") as (app, pilot):
        await retype(pilot, "a.csv")
        await pilot.click(app.screen.query_one("#go"), offset=(5, 0))
        await until(pilot, "Written: 4 rows in a.csv")


async def test_full_width_digits_choose_too(book: Book, here: Path) -> None:
    async with on(book, "f7", "space") as (app, pilot):
        app.screen.query_one("#field-rows").focus()
        await press(pilot, "２")
        await until(pilot, "Write 4 rows")


async def test_a_set_is_forgotten_by_delete(book: Book, here: Path) -> None:
    column_sets.save(book, "people", "short", ["name"])
    async with on(book, "f7") as (_app, pilot):
        await turn(pilot, "columns", "◂ short ▸")
        await turn(pilot, "columns", "choose …")
        await press(pilot, "enter")
        await until(pilot, "Delete forgets it")
        await press(pilot, "delete")
        await until(pilot, "◂ all ▸")
        assert column_sets.of(book, "people") == {}


async def test_today_as_it_is_filtered(book: Book, here: Path) -> None:
    tasks.add(book, "给李总发方案")
    tasks.add(book, "订会场")
    async with on(book, "slash", "=会场", "enter") as (_app, pilot):
        await until(pilot, "1 shown · 3 all")
        await retype(pilot, "due.csv")
        (row,) = await write(pilot, here)
        assert (row["What"], row["Due"]) == ("订会场", "2026-11-23")


async def test_whatever_fails_ends_the_writing_with_a_sentence(
    book: Book, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object, **_more: object) -> Path:
        raise KeyError(16)

    monkeypatch.setattr(files_out, "export", fails)
    async with opened(book) as (_app, pilot):
        await press(pilot, "enter")
        await until(pilot, "could not be written: KeyError: 16")
