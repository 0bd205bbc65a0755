"""The words of a report, as they are pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from opslog.domain.reports.own_text import OwnText
from opslog.locale import _
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import Line, line, wrap

if TYPE_CHECKING:
    from opslog.services.reports.reports import Report

INDENT = "   "


class ReportWords(LinesView, can_focus=True):
    """In the frame they stand in: what goes out is what stands there."""

    DEFAULT_CSS = """
    ReportWords { height: 1fr; padding: 1 1 1 2; scrollbar-gutter: stable; }
    """

    def __init__(self) -> None:
        super().__init__(id="words")
        self.text = ""
        self._own = False

    def action_scroll_up(self) -> None:
        """From the first line on to the big figures."""
        if self.scroll_y > 0:
            super().action_scroll_up()
        else:
            self.screen.query_one("#head").focus()

    def show(self, report: Report, own: OwnText | None) -> None:
        self.text = own.text if own else report.text()
        self._own = own is not None
        assert self.parent is not None
        title = _("Your words") if own else _("To paste into a chat")
        if isinstance(self.parent, Widget):
            self.parent.border_title = title
        self.scroll_to(y=0, animate=False, force=True)
        self.rebuild()

    def build(self, cells: int) -> list[Line]:
        """Headings stand out; a line goes on below under its own beginning."""
        found: list[Line] = []
        for number, text in enumerate(self.text.split("\n") if self.text else ()):
            indent = INDENT if text.startswith(INDENT) else ""
            heading = not number or (text[:1].isdigit() and not self._own)
            for row in wrap(text.strip(), max(cells - len(indent), 8)):
                found.append(line(indent, (row, "title" if heading else "")))
        return found
