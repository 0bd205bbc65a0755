"""What stands on the screen of an app under test."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.pilot import Pilot

MOST_LOOKS = 15_000  # while something is waited for: five minutes at least


def lines(app: App[Any]) -> list[str]:
    """The screen in front, a string a line, without blanks at the end, nor the bar that stands
    before what is selected."""
    strips = app.screen._compositor.render_strips()
    return [strip.text.rstrip().replace("▌", " ", 1) for strip in strips]


def text(app: App[Any]) -> str:
    return "\n".join(lines(app))


def line_with(app: App[Any], words: str) -> str:
    """The one line that holds these words."""
    found = [line for line in lines(app) if words in line]
    assert len(found) == 1, f"{len(found)} lines hold {words!r}:\n{text(app)}"
    return found[0]


def notices(app: App[Any]) -> str:
    """What the notices in the corner say; the app must run with ``notifications=True``."""
    return "\n".join(notice.message for notice in app._notifications)


async def until(pilot: Pilot[Any], words: str) -> None:
    """Wait until the screen or a notice says ``words``: for what a thread or another process does,
    on however busy a machine."""
    for _ in range(MOST_LOOKS):
        if words in text(pilot.app) or words in notices(pilot.app):
            return
        await pilot.pause(0.02)
    raise AssertionError(f"the screen never said {words!r}:\n{text(pilot.app)}")


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, a string of several characters after ``=`` being typed."""
    for key in keys:
        if key.startswith("=") and len(key) > 1:
            await pilot.press(*(_named(letter) for letter in key[1:]))
        else:
            await pilot.press(key)
        await pilot.pause()


def _named(letter: str) -> str:
    from textual.keys import _character_to_key

    return _character_to_key(letter)
