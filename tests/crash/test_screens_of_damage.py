"""A bad row ends no screen: it is shown marked, or a notice names it, and the keys go on."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from opslog.services.book.book import open_book
from opslog.tui.frame.app import OpslogApp
from tests.conftest import MONDAY, StandingClock
from tests.samples import Samples

MAIN = ("today", "log", "events", "rosters", "calls", "people")
DAMAGE = {
    "bad moments": (
        "UPDATE log SET at='2026-13-45T09:00:00Z' WHERE id % 5 = 0",
        "UPDATE event SET starts_at='2o26-11-22T02:30:00Z' WHERE id=2",
        "UPDATE step SET due_at='' WHERE id % 7 = 0",
        "UPDATE touch SET at='never', next_at='x'",
        "UPDATE person SET last_contact_at='x' WHERE id % 3 = 0",
    ),
    "no UTF-8": (
        "UPDATE person SET name=CAST(x'e78bff' AS TEXT) WHERE id % 2 = 0",
        "UPDATE log SET text=CAST(x'53656e74ff' AS TEXT) WHERE id % 2 = 0",
        "UPDATE event SET name=CAST(x'ff' AS TEXT) WHERE id=1",
        "UPDATE change SET args=CAST(x'7bff7d' AS TEXT) WHERE id % 2 = 0",
    ),
    "no JSON": (
        "UPDATE roster_row SET cells='[\"a', problems='x', mended='{'",
        "UPDATE roster_file SET columns='[', mapping=']', sections=''",
        "UPDATE pair SET reasons='{'",
    ),
    "no numbers, no text": (
        "UPDATE log SET minutes='soon', text=x'00ff' WHERE id % 5 = 0",
        "UPDATE step SET title=7, offset='x' WHERE id % 7 = 0",
        "UPDATE person SET name=3, wecom='y' WHERE id % 4 = 0",
    ),
    "unknown purposes": ("UPDATE touch SET purpose='x'",),
    "unknown words": (
        "UPDATE change SET state='dgne' WHERE id % 3 = 0",
        "UPDATE step SET state='flpating', channel='x' WHERE id % 3 = 0",
        "UPDATE touch SET outcome='x', lane='x', purpose='x'",
        "UPDATE event SET kind='sakon' WHERE id=1",
    ),
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, samples: Samples) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    book = open_book(samples.copy(folder, StandingClock(MONDAY)))
    book.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    book.close()
    return folder


@pytest.mark.parametrize("kind", DAMAGE)
def test_no_screen_ends(kind: str, sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "hurt"
    shutil.copytree(sample, folder)
    path = folder / "opslog.db"
    with closing(sqlite3.connect(path)) as con:
        triggers = con.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type='trigger'"
        ).fetchall()
        for name, _sql in triggers:
            con.execute(f"DROP TRIGGER {name}")
        for statement in DAMAGE[kind]:
            con.execute(statement)
        for _name, sql in triggers:
            con.execute(sql)
        con.commit()
    asyncio.run(_look_round(path))


async def _look_round(path: Path) -> None:
    book = open_book(path)
    app = OpslogApp(book)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        for name in MAIN:
            await app.switch_mode(name)
            await pilot.pause()
            for key in ("down", "down", "enter", "escape"):
                await pilot.press(key)
        assert app.is_running
    assert app.return_code in (None, 0)
    book.close()
