"""F1: the keys of what has the focus, then of the screen, then of everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from opslog.locale import _
from opslog.tui.frame.keymap import readable
from opslog.tui.frame.screen import Base
from opslog.tui.widgets.actions import REGISTRY
from opslog.tui.widgets.dialog import Dialog
from opslog.tui.widgets.drawing import key_rows
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.pane import WIDE
from opslog.tui.widgets.text import Line, line, pad_line, wrap

TWO, GAP = 50, 3  # cells of a column where two stand beside each other, and between them
MOST_KEYS = 4


class HelpScreen(Dialog[None]):
    """All keys that work where the operator was, each with a sentence."""

    DEFAULT_CSS = """
    HelpScreen > .dialog { width: 76; height: 90%; }
    HelpScreen.-wide > .dialog { width: 140; }
    HelpScreen LinesView { height: 1fr; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]

    def __init__(self, tell: Callable[[int], list[Line]]) -> None:
        super().__init__()
        self._tell = tell

    @classmethod
    def of(cls, screen: Screen[Any]) -> HelpScreen:
        return cls(Told(screen).lines)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield HelpLines(self._tell)

    def on_mount(self) -> None:
        self.query_one(HelpLines).focus()


class HelpLines(LinesView, can_focus=True):
    """Scrolls where it is longer than the terminal."""

    def __init__(self, tell: Callable[[int], list[Line]]) -> None:
        super().__init__()
        self._tell = tell

    def build(self, cells: int) -> list[Line]:
        return self._tell(cells - 1)  # one for the scroll bar


class Told:
    """The help of a screen as it was when it was asked for, what is nearest to the focus first."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._intro = _(screen.HELP) if isinstance(screen, Base) else ""
        self._ids: dict[str, list[str]] = {}
        tables: tuple[dict[str, list[str]], ...] = ({}, {}, {})  # help -> keys
        for key, active in screen.active_bindings.items():
            action = REGISTRY.get(active.binding.id or "")
            if action is not None:
                self._ids.setdefault(action.id, []).append(key)
                near = 2 if active.node is screen.app else 1 if active.node is screen else 0
                helps = tables[near]
                helps.setdefault(_(action.help) or _(action.label), []).append(readable(key))
        self._focus, self._screen, self._anywhere = tables
        for table, id in ((self._screen, "back"), (self._anywhere, "quit")):
            leave = _(REGISTRY[id].help)
            if leave in table:
                table[leave] = table.pop(leave)  # the last thing anybody looks for

    def lines(self, cells: int) -> list[Line]:
        """In one column, or in two where there is room."""
        column = (cells - GAP) // 2
        keys, end = self._keys, line((_("Esc closes this help"), "muted"))
        if column < TWO:
            return [*self._near(cells), (), *self._far(cells), (), *keys(cells, 1), (), end]
        rows = zip_longest(self._near(column), self._far(column), fillvalue=())
        beside = [(*pad_line(left, column + GAP), *right) for left, right in rows]
        return [*beside, (), *keys(cells, 2), (), end]

    def _near(self, cells: int) -> list[Line]:
        told = [line(row) for row in wrap(self._intro, cells)] if self._intro else []
        for title, helps in ((_("Here"), self._focus), (_("This screen"), self._screen)):
            told += [()] if told and helps else []
            told += [line((title, "title")), *_table(helps, cells)] if helps else []
        return told

    def _far(self, cells: int) -> list[Line]:
        return [line((_("Anywhere"), "title")), *_table(self._anywhere, cells)]

    def _keys(self, cells: int, columns: int) -> list[Line]:
        title = _("Other keys: lines for keys.toml beside the database")
        said = [line((f'"{id}" = "{",".join(keys)}"', "muted")) for id, keys in self._ids.items()]
        half = -(-len(said) // columns)
        parts = [said[at : at + half] for at in range(0, len(said), half)]
        wide = cells // columns
        rows = zip_longest(*parts, fillvalue=())
        return [
            line((title, "title")),
            *(sum((pad_line(o, wide) for o in row), ()) for row in rows),
        ]


def _table(helps: Mapping[str, Sequence[str]], cells: int) -> list[Line]:
    """A row a help text with its keys; many keys that do the same thing as “1 … 8”."""
    return key_rows(
        (
            (f"{keys[0]} … {keys[-1]}" if len(keys) > MOST_KEYS else " ".join(keys), help)
            for help, keys in helps.items()
        ),
        cells,
    )
