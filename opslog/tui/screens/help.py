"""F1: the keys of what has the focus, then of the screen, then of everything."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from opslog.locale import _
from opslog.tui.actions import REGISTRY
from opslog.tui.keymap import readable
from opslog.tui.screens.base import Base, Dialog
from opslog.tui.text import Line, line, pad, wrap
from opslog.tui.widgets.lines_view import LinesView

KEY_CELLS = 18
TEXT_CELLS = 50


class HelpScreen(Dialog[None]):
    """All keys that work where the operator was, each with a sentence."""

    DEFAULT_CSS = """
    HelpScreen > .dialog { width: 76; height: 90%; }
    HelpScreen LinesView { height: 1fr; }
    """

    def __init__(self, lines: list[Line]) -> None:
        super().__init__()
        self._lines = lines

    @classmethod
    def of(cls, screen: Screen[Any]) -> HelpScreen:
        return cls(list(help_lines(screen)))

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            view = LinesView()
            view.can_focus = True
            yield view

    def on_mount(self) -> None:
        view = self.query_one(LinesView)
        view.set_lines(self._lines)
        view.focus()


def help_lines(screen: Screen[Any]) -> list[Line]:
    """The help of a screen as lines, what is nearest to the focus first."""
    lines: list[Line] = []
    if isinstance(screen, Base) and screen.HELP:
        lines += [line(row) for row in wrap(_(screen.HELP), KEY_CELLS + TEXT_CELLS)]
        lines.append(())
    seen: set[str] = set()
    here: list[Line] = []
    anywhere: list[Line] = []
    keys: dict[str, list[str]] = {}
    for key, active in screen.active_bindings.items():
        if active.binding.id in REGISTRY:
            keys.setdefault(active.binding.id or "", []).append(readable(key))
    for _key, active in screen.active_bindings.items():
        id = active.binding.id or ""
        if id not in REGISTRY or id in seen:
            continue
        seen.add(id)
        action = REGISTRY[id]
        text = wrap(_(action.help) or _(action.label), TEXT_CELLS)
        shown = pad(" ".join(keys[id][:3]), KEY_CELLS)
        target = anywhere if active.node is screen.app else here
        target.append(line((shown, "key"), text[0]))
        target += [line(" " * KEY_CELLS, row) for row in text[1:]]
    lines += [line((_("Here"), "title")), *here, (), line((_("Anywhere"), "title")), *anywhere]
    lines += [(), line((_("Esc closes this help"), "muted"))]
    return lines
