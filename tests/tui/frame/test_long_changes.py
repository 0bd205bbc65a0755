"""Long changes, through the keyboard: taken back beside the keys, whole or not at all."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.daybook import lines as log_lines
from opslog.services.imports import imports
from opslog.services.rosters import problems as roster_problems
from opslog.services.rosters import withdrawing
from opslog.tui.frame import long_changes
from opslog.tui.frame.app import OpslogApp
from tests.conftest import domain_rows
from tests.services.rosters.test_rosters import make_event
from tests.tui.looking import notices, press, text, until

ROWS = 1_500


class Gate:
    """Holds a verb's thread at its door until it is opened."""

    def __init__(self) -> None:
        self.came, self.open, self.done = (threading.Event() for _ in range(3))

    def before(self, verb: Callable[..., Any]) -> Callable[..., Any]:
        def waiting(*arguments: Any) -> Any:
            if threading.current_thread() is threading.main_thread():
                return verb(*arguments)
            self.came.set()
            assert self.open.wait(20)
            result = verb(*arguments)
            self.done.set()
            return result

        return waiting


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate = Gate()
    monkeypatch.setattr(long_changes, "AT_ONCE", 1_000)
    for module, name in ((history, "undo"), (history, "redo"), (withdrawing, "withdraw")):
        monkeypatch.setattr(module, name, gate.before(getattr(module, name)))
    yield gate
    gate.open.set()


@pytest.fixture
def roster(book: Book, tmp_path: Path) -> int:
    path = tmp_path / "名单.csv"
    lines = "".join(f"王{n},139{n:08},公司{n}\n" for n in range(ROWS - 1)) + "钱多多,1.38E+10,甲\n"
    path.write_text("姓名,手机号,公司\n" + lines, encoding="utf-8")
    return imports.load(book, path, make_event(book, "上海沙龙")).roster


@asynccontextmanager
async def opened(book: Book) -> AsyncIterator[Pilot[Any]]:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(100, 24), notifications=True) as pilot:
        await press(pilot, "f5")
        yield pilot


async def test_keys_stay_alive_while_an_import_is_undone(
    book: Book, roster: int, gate: Gate
) -> None:
    before = domain_rows(book.con)
    async with opened(book) as pilot:
        app = pilot.app
        await press(pilot, "u")
        await until(pilot, "Taking back: Imported 1500 rows")
        assert "^c stop" in text(app)
        await press(pilot, "f7", "G")
        assert "王0" in text(app)
        assert "Taking back: Imported 1500 rows" in text(app), "said on every screen"
        await press(pilot, "a", "=回访王总", "enter")
        await until(pilot, "is being taken back; nothing else can be changed until that is done")
        await press(pilot, "escape", "escape", "u")
        assert "is being taken back" in notices(app), "nor is another change undone meanwhile"
        assert domain_rows(book.con) == before
        gate.open.set()
        await until(pilot, "Undone: Imported 1500 rows")
        assert "Taking back" not in text(app)
        assert "Nobody yet." in text(app)
        await press(pilot, "a", "=回访王总", "enter")
        await until(pilot, "Logged: 回访王总")


async def test_what_was_undone_is_done_again(book: Book, roster: int, gate: Gate) -> None:
    before = domain_rows(book.con)
    gate.open.set()
    async with opened(book) as pilot:
        await press(pilot, "u")
        await until(pilot, "Undone: Imported 1500 rows")
        assert domain_rows(book.con)["person"] == []
        gate.open.clear()
        await press(pilot, "U")
        await until(pilot, "Doing again: Imported 1500 rows")
        gate.open.set()
        await until(pilot, "Done again: Imported 1500 rows")
        assert domain_rows(book.con) == before


async def test_stopped_it_leaves_nothing_behind(book: Book, roster: int, gate: Gate) -> None:
    before = domain_rows(book.con)
    async with opened(book) as pilot:
        await press(pilot, "u")
        await until(pilot, "Taking back")
        assert gate.came.wait(20)
        await press(pilot, "ctrl+c")
        gate.open.set()
        await until(pilot, "Stopped; nothing was changed")
        assert domain_rows(book.con) == before
        await press(pilot, "u")
        await until(pilot, "Undone: Imported 1500 rows")


async def test_what_stands_in_the_way_is_named(book: Book, roster: int, gate: Gate) -> None:
    roster_problems.mend(book, roster_problems.waiting(book).ids(0, 1)[0], {"phone": "13800138000"})
    gate.open.set()
    async with opened(book) as pilot:
        await press(pilot, "g", "h", "down", "u")
        await until(pilot, "1 later change builds on it")
        await press(pilot, "home", "u")
        await until(pilot, "Undone: Mended line 1501 of 名单.csv")


async def test_history_goes_to_what_was_done_again(book: Book, roster: int, gate: Gate) -> None:
    gate.open.set()
    log_lines.add(book, "写稿")
    async with opened(book) as pilot:
        await press(pilot, "g", "h", "down", "u")
        await until(pilot, "Undone: Imported 1500 rows")
        await press(pilot, "home", "U")
        await until(pilot, "Done again: Imported 1500 rows")
        assert "added 1500 cards" in text(pilot.app)


async def test_an_import_is_withdrawn_beside_the_keys(book: Book, roster: int, gate: Gate) -> None:
    async with opened(book) as pilot:
        await press(pilot, "v", "4", "delete")
        await until(pilot, "Withdraw 名单.csv?")
        await press(pilot, "y")
        await until(pilot, "Withdrawing 名单.csv")
        await press(pilot, "escape", "a", "=写稿", "enter")
        await until(pilot, "名单.csv is being withdrawn; nothing else can")
        await press(pilot, "escape", "escape")
        gate.open.set()
        await until(pilot, "1500 rows taken back")
        assert domain_rows(book.con)["person"] == []


async def test_a_setting_changed_meanwhile_is_kept(book: Book, roster: int, gate: Gate) -> None:
    async with opened(book) as pilot:
        await press(pilot, "u")
        await until(pilot, "Taking back")
        theme = pilot.app.theme
        await press(pilot, "ctrl+p", "=dark", "enter")
        assert pilot.app.theme != theme
        chosen = book.setting("theme")
        assert chosen
        gate.open.set()
        await until(pilot, "Undone: Imported 1500 rows")
        row = book.con.execute("SELECT value FROM setting WHERE key='theme'").fetchone()
        assert row["value"] == chosen


async def test_a_small_change_is_undone_at_once(book: Book, gate: Gate) -> None:
    log_lines.add(book, "写稿")
    async with opened(book) as pilot:
        await press(pilot, "u")
        assert "Undone: Logged: 写稿" in text(pilot.app)
        assert not gate.came.is_set()


async def test_opslog_closed_meanwhile_has_taken_it_back(
    book: Book, roster: int, gate: Gate
) -> None:
    async with opened(book) as pilot:
        await press(pilot, "u")
        await until(pilot, "Taking back")
        await press(pilot, "ctrl+q")
    gate.open.set()
    assert gate.done.wait(20)
    assert domain_rows(book.con)["person"] == []
