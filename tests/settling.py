"""Textual's pilot waits until an app has nothing left to do, rather than until time has passed.

As Textual ships it, the pilot sleeps 20 ms at least twice a key and once a pause, and takes a
process for idle that worked less than 1 ms of them. Here the event loop itself is asked: where
nothing is ready to run, every message has been handled. Then what is to be drawn is drawn, and
what comes of that is waited for in turn. So is a thread at work, until it is done or itself waits
for something: for a test that holds it, or for an answer.

And a style sheet is parsed once a process, for the first app that reads it.
"""

from __future__ import annotations

import asyncio
import queue
import sys
import threading
from collections import defaultdict
from types import FrameType
from typing import Any

import textual.app
import textual.pilot
from textual._context import active_app
from textual.app import App, ScreenStackError
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

MOST_SECONDS = 60.0  # for an app that is never through; a busy machine is far sooner
WAIT = threading.Condition.wait.__code__  # under events and futures, too
begin_sheet, set_variables = Stylesheet.__init__, Stylesheet.set_variables
parsed: defaultdict[frozenset[tuple[str, str]], Any] = defaultdict(dict)


def install() -> None:
    """From now on, for all apps of this process."""
    for owner, name, call in (
        (textual.app, "wait_for_idle", _wait_for_idle),
        (textual.pilot, "wait_for_idle", _wait_for_idle),
        (Pilot, "_wait_for_screen", _wait_for_screen),
        (Stylesheet, "__init__", _begin_sheet),
        (Stylesheet, "set_variables", _set_variables),
    ):
        setattr(owner, name, call)


async def settled(app: App[Any]) -> None:
    """Until nothing is left to be handled or drawn, and no thread is about to bring more."""
    loop: Any = asyncio.get_running_loop()
    end = loop.time() + MOST_SECONDS
    while loop.time() < end:
        await asyncio.sleep(0)
        threads = _threads_work(loop)  # asked first: what one leaves is ready before it ends
        if loop._ready or _draws(app):
            continue
        # A key waits for a widget to be gone, which is looked for every 20 ms.
        if not threads and not _keys_wait(app):
            return
        if threads and _threads_wait(loop) and not loop._ready:
            return
        await asyncio.sleep(0.002)


async def _wait_for_idle(_least: float = 0, _most: float = 0) -> None:
    await settled(active_app.get())


async def _wait_for_screen(pilot: Pilot[Any], _timeout: float = 0) -> bool:
    await settled(pilot.app)
    return pilot.app._exception is None


def _threads_work(loop: Any) -> int:
    """How many are at something, or about to be."""
    pool = loop._default_executor
    return 0 if pool is None else len(pool._threads) - pool._idle_semaphore._value


def _threads_wait(loop: Any) -> bool:
    """Whether all that are at something wait, and nobody has told them yet to go on."""
    frames = sys._current_frames()
    stacks = [frames[one.ident] for one in loop._default_executor._threads if one.ident in frames]
    return sum(map(_waits, stacks)) >= _threads_work(loop)


def _waits(innermost: FrameType) -> bool:
    """On an event or a future; a queue is filled by another thread, which is at work."""
    caller = innermost.f_back
    if innermost.f_code is not WAIT or caller is None or caller.f_globals is vars(queue):
        return False
    waiter = innermost.f_locals.get("waiter")
    return waiter is not None and waiter.locked()


def _keys_wait(app: App[Any]) -> bool:
    keys = getattr(app, "_key_queue", None)
    return keys is not None and bool(
        keys._waiting or (keys._settling and not keys._settling.done())
    )


def _draws(app: App[Any]) -> bool:
    """Have drawn at once what Textual would draw within 1/60 s, or 1/20 s after another screen has
    come to the front; False where there is nothing.
    """
    for timer in app._timers:
        if timer.name == "delay_update" and timer._task is not None and timer._callback is not None:
            timer.stop()
            return app.call_later(timer._callback)
    try:
        screen = app.screen
    except ScreenStackError:
        return False
    if app._batch_count or not screen.is_running:
        return False
    if app._resize_timer is not None:
        return app.call_later(app._check_resize)
    if (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    ):
        return screen.call_later(screen._on_timer_update)
    return False


def _begin_sheet(sheet: Any, *, variables: dict[str, str] | None = None) -> None:
    begin_sheet(sheet, variables=variables)
    _share(sheet)


def _set_variables(sheet: Any, variables: dict[str, str]) -> None:
    sheet._parse_cache = {}  # Textual empties it
    set_variables(sheet, variables)
    _share(sheet)


def _share(sheet: Any) -> None:
    sheet._parse_cache = parsed[frozenset(sheet._variables.items())]
