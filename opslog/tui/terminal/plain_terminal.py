"""Terminals without colours: NO_COLOR, TERM=dumb."""

from __future__ import annotations

import os
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter, Monochrome, NoColor

from opslog.tui.widgets.theme import COLOURS, LOOKS

_REVERSE = Style(reverse=True)
# What lies on a ground that means something: the row under the cursor, marked ones, the one act.
_GROUNDS = {
    colours[ground].lower()
    for colours in COLOURS.values()
    for ground in (LOOKS["cursor"].ground, LOOKS["button"].ground)
    if ground
}


class Reversed(LineFilter):
    """Grounds that mean something stand in reverse."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            Segment(text, style + _REVERSE if style and _on_ground(style) else style, control)
            for text, style, control in segments
        ]


def _on_ground(style: Style) -> bool:
    ground = style.bgcolor.triplet if style.bgcolor else None
    return ground is not None and ground.hex in _GROUNDS


def without_colours() -> bool:
    """Whether the terminal is to get none; a dumb one has none, whatever else is said of it."""
    return "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"


def drop_colours(app: App[Any]) -> None:
    """Bold, reverse and signs tell all. (Textual's own answer is shades of grey.)"""
    filters = [one for one in app._filters if not isinstance(one, Monochrome | NoColor)]
    app._filters = [*filters, Reversed(), NoColor()]
