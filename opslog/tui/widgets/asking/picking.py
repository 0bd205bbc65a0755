"""One of a list that what is typed narrows: the arrows move in it while the line is typed into."""

from __future__ import annotations

from textual import on
from textual.binding import Binding
from textual.widgets import Input

from opslog.tui.widgets.dialog import Dialog
from opslog.tui.widgets.lists.window_list import WindowList


class Picking(Dialog[str]):
    """Gives the key of the row; Esc gives None. Subclasses compose an input and a list."""

    DEFAULT_CSS = """
    Picking Input { background: $panel; }
    Picking Static { height: auto; }
    """
    BINDINGS = [
        Binding("escape", "back", show=False),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
    ]

    @on(Input.Submitted)
    def _take(self) -> None:
        key = self.query_one(WindowList).selected
        if key is not None:
            self.dismiss(str(key))

    @on(WindowList.Opened)
    def _clicked(self, event: WindowList.Opened) -> None:
        self.dismiss(str(event.key))

    def action_move(self, by: int) -> None:
        self.query_one(WindowList).action_move(by)

    def action_page(self, by: int) -> None:
        self.query_one(WindowList).action_page(by)
