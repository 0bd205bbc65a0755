"""The first line of every screen: the screens with their keys, the present one marked, day and
time; and all keys that work everywhere, for where there is room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from opslog.domain.dates.wording import short_day, weekday
from opslog.locale import _
from opslog.tui.frame import actions
from opslog.tui.widgets.actions import REGISTRY
from opslog.tui.widgets.drawing import key_rows
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, cut_line, line, line_width

SCREENS = tuple(id for id in actions.GLOBAL if id.startswith("go."))


def top_line(mode: str, now: datetime, key_text: Callable[[str, str], str], cells: int) -> Line:
    """``key_text`` gives an action's key as a person reads it, from its id and usual keys."""
    day, clock = now.date(), f"{now:%H:%M}"
    for said in (f"{short_day(day, day)} {clock}", f"{weekday(day)} {clock}", clock):
        for between in ("  ", " "):
            left = _tabs(mode, key_text, between)
            right = line((said, "muted"), " ")
            gap = cells - line_width(left) - line_width(right)
            if gap >= 0:
                return (*left, (" " * gap, ""), *right)
    return cut_line(left, cells)


def _tabs(mode: str, key_text: Callable[[str, str], str], between: str) -> Line:
    spans: list[tuple[str, str]] = [(" ", "")]
    for id in SCREENS:
        action = REGISTRY[id]
        look = "title" if id == f"go.{mode}" else "muted"
        spans += [(key_text(id, action.keys), "key"), (" ", ""), (_(action.label), look)]
        spans.append((between, ""))
    return tuple(spans)


def everywhere(
    intro: str, key_text: Callable[[str, str], str], cells: int, own: Sequence[str] = ()
) -> list[Line]:
    """What a screen is for, its ``own`` keys, and those that work on every one: what an empty
    list leaves room for."""

    def rows(ids: Sequence[str]) -> list[Line]:
        keys = [(key_text(id, REGISTRY[id].keys), _(REGISTRY[id].help)) for id in ids]
        return key_rows(keys, cells, 6)

    return [
        *told(intro, cells, "muted"),
        *titled(_("This screen"), rows(own)),
        *titled(_("Anywhere"), rows(actions.GLOBAL)),
    ]
