"""A question closes only when what it asks for is done: refused, all that was typed is there."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from textual.widgets import Static

from opslog.services.book import drafts
from opslog.services.book.book import Book, open_book
from opslog.tui.frame.app import OpslogApp
from opslog.tui.widgets.asking.typed import Typed
from tests.conftest import StandingClock
from tests.samples import Samples
from tests.snapshots.drawing import MOMENT
from tests.tui.looking import notices, press, text, until


class Question(NamedTuple):
    """Keys that open it, what is typed (the last is seen again), the table of what it is about."""

    opens: tuple[str, ...]
    types: tuple[str, ...]
    about: str = ""


QUESTIONS = {
    "line": Question(("a",), ("=call them back",)),
    "new event": Question(("f4", "n"), ("=Salon", "tab", "=2026-12-20 14:00")),
    "event": Question(("f4", "e"), ("= once more",), "event"),
    "event's day": Question(("f4", "r"), ("home", "ctrl+k", "=2026-12-21 14:00"), "event"),
    "new step": Question(("f4", "enter", "n"), ("=Flowers", "tab", "=+1d"), "event"),
    "step's note": Question(("f4", "enter", "m"), ("=ask the house",), "step"),
    "step's day": Question(("f4", "enter", "r"), ("ctrl+u", "=11-28 10:00"), "step"),
    "person": Question(("f7", "enter", "e"), ("= the Second",), "person"),
    "person's note": Question(("f7", "enter", "m"), ("=met at the fair",), "person"),
    "tags": Question(("f7", "enter", "t"), ("=VIP",), "person"),
    "problem": Question(("f5", "p", "enter"), ("=13900139000",), "roster_row"),
    "call, when": Question(("f6", "4"), ("=+1d 10",), "card"),
    "call, why": Question(("f6", "2"), ("=on a journey",), "card"),
    "call's note": Question(("f6", "m"), ("=ask for the invoice",), "card"),
}
WRITE = [name for name in QUESTIONS if name != "call's note"]  # it is written with its outcome


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, samples: Samples) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    samples.copy(folder, StandingClock(MOMENT))
    return folder


@pytest.fixture
def full(sample: Path, tmp_path: Path) -> Iterator[Book]:
    shutil.copytree(sample, tmp_path / "full")
    book = open_book(tmp_path / "full" / "opslog.db", clock=StandingClock(MOMENT), session="test")
    yield book
    book.close()


def front(app: OpslogApp) -> Typed[Any]:
    assert isinstance(app.screen, Typed)
    return app.screen


def said(app: OpslogApp) -> str:
    """What stands below what is typed, or in a notice."""
    return "\n".join([notices(app), *(str(one.content) for one in app.screen.query(Static))])


@pytest.mark.parametrize("name", WRITE)
async def test_a_lock_taken_while_it_is_typed(
    full: Book, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("opslog.tui.frame.app.FILE_SECONDS", 0)
    opens, types, _about = QUESTIONS[name]
    app = OpslogApp(full, demo=True)
    async with app.run_test(size=(110, 40), notifications=True) as pilot:
        await press(pilot, *opens, *types)
        question = front(app)
        typed = dict(question.typed())
        with closing(sqlite3.connect(full.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await press(pilot, "enter")
            if "Enter again does it all the same" in text(app):
                await press(pilot, "enter")
            assert "is being written by another program" in said(app)
            assert front(app) is question
            assert question.typed() == typed
        await press(pilot, "enter")
        await pilot.pause()
        assert not front_is(app, question)
        await until(pilot, "Undo")
    assert drafts.waiting(full) == []


def front_is(app: OpslogApp, question: Typed[Any]) -> bool:
    return app.screen is question


@pytest.mark.parametrize("name", [name for name in QUESTIONS if QUESTIONS[name].about])
async def test_what_it_is_about_is_deleted_in_another_window(full: Book, name: str) -> None:
    opens, types, about = QUESTIONS[name]
    app = OpslogApp(full, demo=True)
    async with app.run_test(size=(110, 40), notifications=True) as pilot:
        await press(pilot, *opens, *types)
        question = front(app)
        assert question.where is not None
        assert drafts.ABOUT[question.where.kind].startswith(about)
        words = next(part for part in reversed(types) if part.startswith("=")).removeprefix("=")
        with closing(sqlite3.connect(full.path, isolation_level=None)) as other:
            other.execute(f"DELETE FROM {about} WHERE id=?", (question.where.ref,))
        app._look_for_others()
        await pilot.pause()
        assert "was deleted in another window" in said(app)
        assert words in text(app)
        await press(pilot, "enter")
        await pilot.pause()
        if isinstance(app.screen, Typed):
            await press(pilot, "escape")
        if isinstance(app.screen, Typed):
            await press(pilot, "escape")
        await press(pilot, "H", "enter")
        await until(pilot, "What this was about is gone; here it can go into the log")
        assert words.strip() in text(app)


async def test_what_can_be_kept_nowhere_is_said_and_not_closed_upon(
    full: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The disk is full: the file and the folder take nothing."""
    app = OpslogApp(full)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "a", "=call them back")
        with monkeypatch.context() as no_room, closing(sqlite3.connect(full.path)) as other:
            other.execute("BEGIN IMMEDIATE")
            full.con.execute("PRAGMA busy_timeout=0")
            no_room.setattr("opslog.services.book.drafts.os.write", lambda _descriptor, _line: 3)
            await press(pilot, "ctrl+q", "ctrl+q")
            assert app.is_running
            assert "can be kept nowhere" in notices(app)
            assert front(app).half_typed()[0].typed == {"": "call them back"}
            await press(pilot, "=!", "ctrl+q", "ctrl+q")
            assert app.is_running, "it is another text now"
            await press(pilot, "ctrl+q")
        assert not app.is_running
    assert "call them back!" in capsys.readouterr().err
