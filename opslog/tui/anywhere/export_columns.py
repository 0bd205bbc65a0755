"""Which columns a file has, and in which order; kept under a name where one is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from opslog.locale import _
from opslog.tui.widgets.asking.text_input import TextInput
from opslog.tui.widgets.dialog import Dialog
from opslog.tui.widgets.lists.rows import Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import line


class Chosen(NamedTuple):
    """Columns by their names, in order; ``name`` '' where they are not kept. No column: what is
    kept under the name goes."""

    columns: Sequence[str]
    name: str = ""


class ChooseColumns(Dialog[Chosen]):
    """Space takes a column in or out, ← → move it, Tab goes to the name, Enter is done."""

    DEFAULT_CSS = """
    ChooseColumns > .dialog { height: 80%; }
    ChooseColumns .title { text-style: bold; }
    ChooseColumns Horizontal { height: 1; }
    ChooseColumns Horizontal Static { width: auto; padding-right: 2; color: $text-muted; }
    ChooseColumns Input { background: $panel; width: 1fr; }
    ChooseColumns Input:focus { background: $primary 30%; }
    ChooseColumns .keys { color: $text-muted; }
    """
    BINDINGS = [
        Binding("tab,shift+tab", "other", show=False, priority=True),
        Binding("enter", "take", show=False, priority=True),
        Binding("space", "turn", show=False),
        Binding("left", "move(-1)", show=False),
        Binding("right", "move(1)", show=False),
        Binding("delete", "forget", show=False),
    ]

    def __init__(
        self, headings: Mapping[str, str], chosen: Sequence[str] = (), name: str = ""
    ) -> None:
        super().__init__()
        self._headings = headings
        first = [one for one in chosen if one in self._headings]
        self._order = [*first, *(one for one in self._headings if one not in first)]
        self._in = set(first or self._order)
        self._set = name

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(_("Columns of the file, in their order"), classes="title", markup=False)
            yield WindowList([Column(width=2), Column()])
            with Horizontal():
                yield Static(_("Keep as"), markup=False)
                yield TextInput(
                    self._set, compact=True, placeholder=_("to choose them again; none: only now")
                )
            keys = _("Space in or out · ← → earlier, later · Tab name · Enter take · Esc leave")
            forget = _("Delete forgets it")
            yield Static(f"{keys} · {forget}" if self._set else keys, classes="keys", markup=False)

    @property
    def rows(self) -> WindowList:
        return self.query_one(WindowList)

    def on_mount(self) -> None:
        self.rows.focus()
        self._draw()

    def _draw(self) -> None:
        self.rows.set_rows(
            [
                Row(
                    name,
                    (
                        line(("✓", "good") if name in self._in else ("", "")),
                        line((self._headings[name], "" if name in self._in else "muted")),
                    ),
                )
                for name in self._order
            ]
        )

    def action_other(self) -> None:
        (self.query_one(Input) if self.rows.has_focus else self.rows).focus()

    def action_turn(self) -> None:
        name = self.rows.selected
        if isinstance(name, str):
            self._in ^= {name}
            self._draw()
            self.rows.action_move(1)

    def action_move(self, by: int) -> None:
        """The column changes places with the one before or after it."""
        at, name = self.rows.cursor, self.rows.selected
        if isinstance(name, str) and 0 <= at + by < len(self._order):
            self._order.insert(at + by, self._order.pop(at))
            self._draw()

    def on_window_list_opened(self) -> None:
        self.action_turn()

    def action_forget(self) -> None:
        if self._set:
            self.dismiss(Chosen((), self._set))

    def action_take(self) -> None:
        chosen = [name for name in self._order if name in self._in]
        if chosen:
            self.dismiss(Chosen(chosen, " ".join(self.query_one(Input).value.split())))
