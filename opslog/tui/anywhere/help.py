"""F1: the keys of what has the focus, then of the screen, then of everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from opslog.locale import _
from opslog.tui.frame.keymap import readable
from opslog.tui.frame.screen import Base
from opslog.tui.widgets.actions import REGISTRY
from opslog.tui.widgets.dialog import Dialog
from opslog.tui.widgets.lines_view import LinesView
from opslog.tui.widgets.text import Line, line, pad, wrap

KEY_CELLS = 14
TEXT_CELLS = 54
MOST_KEYS = 4


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
    here: dict[str, list[str]] = {}  # help -> keys
    anywhere: dict[str, list[str]] = {}
    ids: dict[str, list[str]] = {}
    for key, active in screen.active_bindings.items():
        action = REGISTRY.get(active.binding.id or "")
        if action is not None:
            ids.setdefault(action.id, []).append(key)
            target = anywhere if active.node is screen.app else here
            target.setdefault(_(action.help) or _(action.label), []).append(readable(key))
    leave = _(REGISTRY["back"].help)
    if leave in here:
        here[leave] = here.pop(leave)  # the last thing anybody looks for
    lines += [line((_("Here"), "title")), *_table(here), ()]
    lines += [line((_("Anywhere"), "title")), *_table(anywhere)]
    lines += [(), line((_("Other keys: lines for keys.toml beside the database"), "title"))]
    lines += [line((f'"{id}" = "{",".join(keys)}"', "muted")) for id, keys in ids.items()]
    lines += [(), line((_("Esc closes this help"), "muted"))]
    return lines


def _table(helps: Mapping[str, Sequence[str]]) -> Iterator[Line]:
    """A row a help text with its keys; many keys that do the same thing as “1 … 8”."""
    for help, keys in helps.items():
        shown = f"{keys[0]} … {keys[-1]}" if len(keys) > MOST_KEYS else " ".join(keys)
        first, *rest = wrap(help, TEXT_CELLS)
        yield line((pad(shown, KEY_CELLS), "key"), first)
        yield from (line(" " * KEY_CELLS, row) for row in rest)
