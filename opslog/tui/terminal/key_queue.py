"""Keys wait their turn: each goes to what the one before it has brought to the front.

Textual hands a key to whatever has the focus when it arrives. Typed ahead of a slow disk, the
letters of a log line would reach the list below the question that the first of them opens, and
do there what those letters do. So one key is handed over at a time, the next when the first is
through: handled, its question asked, the screen it opened standing with its focus set.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ScreenStackError
from textual.message import Message
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.app import App

LOOK_SECONDS = 0.02  # how often to look whether a widget waited for is still there
DRAW_SECONDS = 0.03  # a key is drawn first; whether it is through is asked then, or by the next


class KeyHandled(Message):
    """Goes the way of a key, behind it; where it arrives, the key is through."""

    def __init__(self) -> None:
        super().__init__()
        self.came = asyncio.Event()


class KeyQueue:
    """Takes keys (and pasted text) as they arrive and hands them over in turn.

    The app calls ``take`` for each, and sets ``came`` of each KeyHandled that reaches it.
    """

    def __init__(self, app: App[Any], hand_over: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app, self._hand_over = app, hand_over
        self._waiting: deque[events.Event] = deque()
        self._busy = False
        self._target: Widget | None = None  # got the last key, and was not yet asked after it
        self._timer: asyncio.TimerHandle | None = None
        self._from = 0.0  # what was typed before is forgotten; in the time of Textual's messages
        self._settling: asyncio.Task[None] | None = None  # held, or it would be collected

    async def take(self, event: events.Event) -> None:
        if event.time < self._from:
            return
        self._waiting.append(event)
        if self._busy:
            self._ask()
        else:
            await self._next()

    def forget(self) -> None:
        """Drop whatever was typed before now, also what has not arrived here yet."""
        self._waiting.clear()
        self._from = Message().time

    async def _next(self) -> None:
        self._busy = bool(self._waiting)
        if not self._busy:
            return
        self._target = self._app.focused or self._app.screen
        await self._hand_over(self._waiting.popleft())
        if self._waiting:
            self._ask()
        else:
            self._timer = asyncio.get_running_loop().call_later(DRAW_SECONDS, self._ask)

    def _ask(self) -> None:
        """Begin to wait for the key handed over last, once."""
        target, self._target = self._target, None
        if target is not None:
            if self._timer is not None:
                self._timer.cancel()
            self._settling = asyncio.create_task(self._settle(target))

    async def _settle(self, target: Widget) -> None:
        await self._through(target)
        # A worker that the key has started asks its question, or goes on from an answer.
        for _ in range(2):
            await asyncio.sleep(0)
        front = None
        try:
            while self._app.screen is not front:
                front = self._app.screen
                await self._through(front)
        except ScreenStackError:  # that key has closed the app
            return
        self._app.call_later(self._next)

    async def _through(self, target: Widget) -> None:
        """Wait until what was sent to ``target`` is handled, unless it goes away."""
        mark = KeyHandled()
        if not target.post_message(mark):
            return
        while not mark.came.is_set() and target.is_attached:
            try:
                await asyncio.wait_for(mark.came.wait(), LOOK_SECONDS)
            except TimeoutError:
                continue
