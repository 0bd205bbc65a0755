"""What may follow ``g``."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from opslog.locale import N_, _
from opslog.tui.widgets.dialog import Dialog
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import Line, line

TARGETS = {
    "t": ("today", N_("Today")),
    "l": ("log", N_("Log")),
    "e": ("events", N_("Events")),
    "m": ("month", N_("Calendar")),
    "r": ("rosters", N_("Rosters")),
    "c": ("calls", N_("Calls")),
    "w": ("messages", N_("Messages")),
    "p": ("people", N_("People")),
    "o": ("leads", N_("Leads")),
    "q": ("requests", N_("Requests")),
    "v": ("review", N_("Review")),
    "h": ("history", N_("History")),
    "g": ("top", N_("Top of the list")),
}


class GoMenu(Dialog[str]):
    """A small list; one more letter goes there."""

    DEFAULT_CSS = """
    GoMenu { align: left bottom; background: transparent; }
    GoMenu > .dialog { width: 28; margin: 0 0 2 1; }
    GoMenu LinesView { height: 13; }
    """

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield LinesView()

    def on_mount(self) -> None:
        lines: list[Line] = [
            line((key, "key"), "  ", _(label)) for key, (_target, label) in TARGETS.items()
        ]
        self.query_one(LinesView).set_lines(lines)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        target = TARGETS.get(event.character or "")
        self.dismiss(target[0] if target else None)
