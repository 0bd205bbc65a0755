"""The first line of every screen: the screens with their keys, the present one marked, the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from opslog.domain.dates.wording import weekday
from opslog.locale import _
from opslog.tui.frame import actions
from opslog.tui.widgets.actions import REGISTRY
from opslog.tui.widgets.text import Line, cut_line, line, line_width

SCREENS = tuple(id for id in actions.GLOBAL if id.startswith("go."))


def top_line(mode: str, now: datetime, key_text: Callable[[str, str], str], cells: int) -> Line:
    """``key_text`` gives an action's key as a person reads it, from its id and usual keys."""
    spans: list[tuple[str, str]] = [(" ", "")]
    for id in SCREENS:
        action = REGISTRY[id]
        look = "title" if id == f"go.{mode}" else "muted"
        spans += [(key_text(id, action.keys), "key"), (" ", ""), (_(action.label), look)]
        spans.append(("  ", ""))
    right = line((f"{now:%m-%d} {weekday(now)}", "muted"))
    gap = cells - line_width(tuple(spans)) - line_width(right) - 1
    if gap < 0:
        return cut_line(tuple(spans), cells)
    return (*spans, (" " * gap, ""), *right)
