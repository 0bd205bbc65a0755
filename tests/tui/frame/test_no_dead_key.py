"""No dead key: whatever footer, help and palette name does something on every screen, or says why
not. Driven over the sample, and over an empty book."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from opslog.domain.base.refusal import Refused
from opslog.services.book import history
from opslog.tui.frame.app import OpslogApp
from opslog.tui.frame.bars.bars import StatusBar
from opslog.tui.frame.screen import Base
from opslog.tui.widgets.actions import REGISTRY
from tests.samples import Samples
from tests.snapshots.drawing import Stage
from tests.snapshots.scenes import SCENES, Scene
from tests.tui.looking import notices, press, text

LEAVES = {"quit", "back"}  # what they do is to be gone
ELSEWHERE = {  # the same on every screen: looked at on one
    *("go.today", "go.log", "go.events", "go.rosters", "go.calls", "go.people", "go"),
    *("log.add", "half_written", "language", "theme", "signs", "mask", "palette", "help"),
}
ONE_OF_EACH = (
    *("today", "log", "events", "plan", "rosters", "roster-rows", "problems", "screening"),
    *("screening-end", "calls", "attendance", "people", "person", "twins", "history"),
    *("today-empty", "log-empty", "events-empty", "rosters-empty", "calls-empty"),
    *("people-empty", "history-empty"),
)
FRESH_CALL = {"calls.start"}  # its clock runs already: it starts anew, which is not to be seen


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, samples: Samples) -> Stage:
    return Stage(tmp_path_factory.mktemp("keys"), "en", samples)


def state(app: OpslogApp) -> tuple[object, ...]:
    """All that a key may have changed."""
    screens = [id(screen) for screen in app.screen_stack]
    focused = app.focused and (app.focused.id, type(app.focused), app.focused.scroll_y)
    return (
        text(app),
        notices(app),
        screens,
        focused,
        app.theme,
        app.clipboard,
        history.count(app.book),
    )


async def back(pilot: Pilot[Any], app: OpslogApp, home: Base[Any], count: int) -> bool:
    """To the screen as it stood; False where it is gone and has to be reached anew."""
    for _ in range(4):
        if app.screen is home or home not in app.screen_stack:
            break
        await press(pilot, "escape")
    if isinstance(app.focused, Input):
        await press(pilot, "escape")
    while history.count(app.book) > count:
        try:
            history.undo(app.book)
        except Refused:
            return False
        count += 1
    app.broadcast({})
    app.clear_notifications()
    for bar in app.screen.query(StatusBar):
        bar.say("")
    app._refused = False
    return app.screen is home


@pytest.mark.parametrize("name", ONE_OF_EACH)
async def test_every_key_does_something_or_says_why_not(name: str, stage: Stage) -> None:
    scene = next(scene for scene in SCENES if scene.name == name)
    dead: list[str] = []
    pressed: set[str] = set()
    while (found := await _through(scene, stage, pressed, dead)) is not None:
        pressed |= {found}
    assert not dead, "\n".join(dead)


async def _through(scene: Scene, stage: Stage, done: set[str], dead: list[str]) -> str | None:
    """Press one key after the other; the id of one after which the screen must be reached anew."""
    with stage._in_language(), stage._book(empty=scene.empty) as book:
        app = OpslogApp(book, demo=True)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await scene.play(pilot)
            await pilot.pause()
            home = app.screen
            assert isinstance(home, Base)
            count = history.count(book)
            await back(pilot, app, home, count)
            while (next_one := _next(app, home, done, scene.name)) is not None:
                id, key = next_one
                before = state(app)
                await press(pilot, key)
                await pilot.pause()
                if state(app) == before and id not in FRESH_CALL:
                    dead.append(f"{key} ({id})")
                done.add(id)
                if not await back(pilot, app, home, count):
                    return id
                count = history.count(book)
    return None


def _next(app: OpslogApp, home: Base[Any], done: set[str], scene: str) -> tuple[str, str] | None:
    for key, active in home.active_bindings.items():
        id = active.binding.id or ""
        if id not in REGISTRY or id in done or id in LEAVES:
            continue
        if id in ELSEWHERE and scene != "today":
            continue
        return id, key
    return None
