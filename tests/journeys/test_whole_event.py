"""One salon from its list to its last call-back, by keys; then all of it undone and redone.

The day-by-day story of the operator's work: import, reminder calls, tidy, first call-back, two
screenings, second call-back, export. Undo steps back to the file as it was after the event was
made, redo to the end; both compared table by table, and the search index by its own check.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.store.db import search
from opslog.tui.calls.calls import CallsScreen
from opslog.tui.frame.app import OpslogApp
from opslog.tui.screening.screening import ScreeningScreen
from tests.conftest import StandingClock
from tests.conftest import domain_rows as dump
from tests.tui.looking import press, until

LIST = """上海沙龙报名表
导出时间,2026-11-24
姓名,手机号,公司,职位,邮箱
王志刚,13500000001,深蓝软件有限公司,市场总监,wang@deepblue.example
李娜,135 0000 0002,深蓝软件（北京）有限公司,经理,
测试,13500000003,云帆科技,采购经理,
赵敏,１３５０００００００４,星河机械有限公司,总经理,zhao@xinghe.example
王志刚,13500000001,深蓝软件有限公司,,
陈静,+86 135-0000-0005,星河机械有限公司,运营,
合计,5,,,
"""


@asynccontextmanager
async def opened(book: Book) -> AsyncIterator[Pilot[Any]]:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        yield pilot


def at(book: Book, moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=book.clock.zone).astimezone(UTC)


def done(book: Book) -> int:
    return sum(entry.state == "done" for entry in history.changes(book, 1000))


async def screen_round(pilot: Pilot[Any], *keys: str) -> None:
    """From the lists into the round of the one list, opened where it is not yet; then decide."""
    await press(pilot, "f5", "enter")
    if not isinstance(pilot.app.screen, ScreeningScreen):
        await press(pilot, "enter")
    assert isinstance(pilot.app.screen, ScreeningScreen)
    await press(pilot, *keys)
    await until(pilot, "all rows are decided")
    await press(pilot, "d", "escape")


async def call_all(pilot: Pilot[Any], *keys: str) -> None:
    await press(pilot, "f6")
    assert isinstance(pilot.app.screen, CallsScreen)
    await press(pilot, *keys)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "沙龙报名.csv"
    path.write_bytes(LIST.encode("gb18030"))
    return path


async def test_from_the_list_to_the_last_call_back_and_back_again(
    book: Book, clock: StandingClock, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sheet.parent)
    async with opened(book) as pilot:
        await press(pilot, "f4", "n", "=上海沙龙", "down", "=2026-11-25 14:00")
        await press(pilot, "enter")  # its name says that it is a salon
        await until(pilot, "New event: 上海沙龙")
        created, before = done(book), dump(book.con)

        clock.move_to(at(book, "2026-11-24T09:30"))
        await press(pilot, "f5", "n", f"={sheet}", "enter")
        await until(pilot, "7 rows · 5 new")
        await press(pilot, "f10")
        await until(pilot, "is in; the rows below")
        await press(pilot, "escape", "escape")
        assert book.con.execute("SELECT count(*) FROM card").fetchone()[0] == 5

        # the day before: who is coming? 测试 is plainly made up, and left out
        await call_all(pilot, "1", "2", "=出差", "enter", "3", "1")
        outcomes = [r["outcome"] for r in book.con.execute("SELECT outcome FROM touch ORDER BY id")]
        assert sorted(outcomes) == ["coming", "coming", "no_answer", "not_coming"]

        # the day after
        clock.move_to(at(book, "2026-11-26T09:30"))
        await screen_round(pilot, "enter", "enter", "tab", "enter", "enter")
        assert [r["reason"] for r in book.con.execute(
            "SELECT reason FROM decision WHERE verdict='drop'")] == ["made_up"]  # fmt: skip
        await call_all(pilot, "1", "2", "3")
        purposes = {r["purpose"] for r in book.con.execute("SELECT purpose FROM touch")}
        assert purposes == {"reminder", "callback-1"}
        await screen_round(pilot, "enter", "5", "enter", "enter")
        await screen_round(pilot, "enter", "enter", "enter")
        clock.move_to(at(book, "2026-11-30T10:00"))
        await call_all(pilot, "1", "7")
        purposes = {r["purpose"] for r in book.con.execute("SELECT purpose FROM touch")}
        assert purposes == {"reminder", "callback-1", "callback-2"}

        target = sheet.parent / "out.csv"
        await press(pilot, "f5", "x")
        await press(pilot, "ctrl+u", f"={target}", "enter")
        await until(pilot, "Written: ")
        written = target.read_text(encoding="utf-8-sig")
        assert "王志刚" in written
        assert "合计" in written

        ended, after = done(book), dump(book.con)
        await press(pilot, "f2")
        for _ in range(ended - created):
            await pilot.press("u")
        assert dump(book.con) == before
        assert search.check(book.con) == []
        assert done(book) == created
        for _ in range(ended - created):
            await pilot.press("U")
        assert dump(book.con) == after
        assert search.check(book.con) == []
