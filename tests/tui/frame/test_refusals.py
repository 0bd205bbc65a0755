"""Another program emptied the file a moment ago: every key says so, none ends in a traceback."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from opslog.services.book.book import Book, open_book
from opslog.store.db import journalled
from opslog.tui.frame.app import OpslogApp
from opslog.tui.widgets.actions import REGISTRY
from tests.conftest import MONDAY, StandingClock
from tests.samples import Samples
from tests.tui.looking import notices, press

# What leads to each screen that lists or shows rows of the file.
WAYS = {
    "today": (),
    "log": ("f3",),
    "events": ("f4",),
    "plan": ("f4", "enter"),
    "rosters": ("f5",),
    "roster rows": ("f5", "v"),
    "problems": ("f5", "p"),
    "screening": ("f5", "enter"),
    "calls": ("f6",),
    "attendance": ("f6", "v"),
    "pass on": ("f6", "P"),
    "people": ("f7",),
    "person": ("f7", "enter"),
    "twins": ("f7", "D"),
    "history": ("g", "h"),
}
NOT_PLAYED = {"quit", "language", "theme", "signs"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, samples: Samples) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    samples.copy(folder, StandingClock(MONDAY))
    return folder


@pytest.fixture
def full(sample: Path, tmp_path: Path, clock: StandingClock) -> Iterator[Book]:
    shutil.copytree(sample, tmp_path / "full")
    book = open_book(tmp_path / "full" / "opslog.db", clock=clock, session="test")
    yield book
    book.close()


def emptied(path: Path) -> None:
    """Take every row out, as another program would that knows nothing of the journal."""
    con = sqlite3.connect(path, isolation_level=None)
    con.row_factory = sqlite3.Row
    con.execute("PRAGMA foreign_keys=OFF")
    triggers = [
        row[0] for row in con.execute("SELECT name FROM sqlite_schema WHERE type='trigger'")
    ]
    for name in triggers:
        con.execute(f'DROP TRIGGER "{name}"')
    for table in journalled.tables(con):
        con.execute(f'DELETE FROM "{table}"')
    con.close()


@pytest.mark.parametrize("screen", WAYS)
async def test_no_key_ends_in_a_traceback(full: Book, screen: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(OpslogApp, "_look_for_others", lambda app: None)
    app = OpslogApp(full, demo=True)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, *WAYS[screen])
        await app.workers.wait_for_complete()
        front = app.screen
        emptied(full.path)
        offered = {b.binding.id: b for b in front.active_bindings.values() if b.binding.id}
        assert offered
        for id, active in offered.items():
            if id in NOT_PLAYED or id.startswith("go.") or id == "back" or id not in REGISTRY:
                continue
            if app.screen is not front:
                break
            await app.run_action(active.binding.action, active.node)
            await pilot.pause()
            assert app.is_running, id
            while app.screen is not front and len(app.screen_stack) > 1:
                app.pop_screen()
                await pilot.pause()
    assert app._exception is None


@pytest.mark.parametrize("keys", [("f3", "e"), ("f4", "e"), ("f4", "r"), ("f4", "delete")])
async def test_a_row_that_went_is_said(full: Book, keys: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(OpslogApp, "_look_for_others", lambda app: None)
    app = OpslogApp(full, demo=True)
    async with app.run_test(notifications=True) as pilot:
        await press(pilot, keys[0])
        emptied(full.path)
        await press(pilot, keys[1])
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert notices(app)
        assert len(app.screen_stack) == 1
