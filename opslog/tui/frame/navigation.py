"""Going to a thing wherever it was named: one place that knows which screen shows what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from opslog.tui.frame.screen import Base

if TYPE_CHECKING:
    from opslog.tui.frame.app import OpslogApp

# kind -> mode; the main screen of each has ``async show(kind, ref)``.
WHERE = {
    "person": "people",
    "event": "events",
    "step": "events",
    "log": "log",
    "follow_up": "log",
    "reminder": "calls",
    "promise": "calls",
    "roster": "rosters",
}


@runtime_checkable
class Shows(Protocol):
    """A main screen that can be asked to show one of its things."""

    async def show(self, kind: str, ref: int) -> None: ...


async def open_thing(app: OpslogApp, kind: str, ref: int) -> None:
    """Switch to the screen of ``kind`` and have it show row ``ref`` (see domain.due for kinds).

    Esc there leads back to where it was opened from.
    """
    mode, before = WHERE[kind], app.current_mode
    await app.switch_mode(mode)
    screen = app.screen_stack[0]
    while len(app.screen_stack) > 1:
        await app.pop_screen()
    if isinstance(screen, Shows):
        await screen.show(kind, ref)
    front = app.screen
    if isinstance(front, Base) and before != mode:
        front.came_from = before
