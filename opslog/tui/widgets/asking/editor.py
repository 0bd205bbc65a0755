"""Several lines in the operator's own words, before they go into a chat."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static, TextArea

from opslog.tui.widgets.dialog import Dialog
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import clean, line


class Words(TextArea):
    """Several lines of text; what an input method writes is text here."""

    takes_text = True


class Editor(Dialog[None]):
    """All that is typed is kept, however this is left; ``keep`` is given the whole text, ``hint``
    says what becomes of it."""

    DEFAULT_CSS = """
    Editor > .dialog { width: 84; height: 90%; }
    Editor Static { height: 1; color: $text-muted; }
    Editor Words { height: 1fr; border: none; padding: 0; background: $surface;
                   scrollbar-size-vertical: 1; }
    Editor Words:focus { border: none; }
    Editor LinesView { height: 1; }
    """

    def __init__(self, title: str, text: str, keep: Callable[[str], None], hint: str) -> None:
        super().__init__()
        self._title, self._text, self._keep, self._hint = title, text, keep, hint

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(clean(self._title), markup=False)
            yield Words(self._text, soft_wrap=True, highlight_cursor_line=False)
            yield LinesView()

    def on_mount(self) -> None:
        self.query_one(LinesView).set_lines([line(("Esc", "key"), "  ", (self._hint, "muted"))])
        self.query_one(Words).focus()

    def let_go(self) -> None:
        text = self.query_one(Words).text
        if text != self._text:
            self._text = text
            self._keep(text)

    def action_back(self) -> None:
        self.let_go()
        self.dismiss(None)
