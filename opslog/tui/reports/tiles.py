"""The big figures of a report: up from the list leads to them, Enter opens what each counts."""

from __future__ import annotations

from textual import events
from textual.binding import Binding

from opslog.domain.reports.figures import Figure
from opslog.services.reports.reports import Report
from opslog.tui.reports import head
from opslog.tui.widgets.lists.lines_view import ToldLines
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line


class Numbers(WindowList):
    """The list below them."""

    def action_move(self, by: int) -> None:
        before = self.cursor
        super().action_move(by)
        if by < 0 and self.cursor == before:
            self.screen.query_one(Tiles).focus()


class Tiles(ToldLines, can_focus=True):
    """The head of the report, with a cursor on its figures."""

    BINDINGS = [
        Binding("left", "beside(-1)", show=False),
        Binding("right", "beside(1)", show=False),
        Binding("down,j", "screen.leave_figures", show=False),
        Binding("enter", "screen.open", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(self._head, id="head")
        self._report: Report | None = None
        self._at = 0

    def show(self, report: Report) -> None:
        self._report = report
        self.rebuild()

    @property
    def figure(self) -> Figure | None:
        """The one under the cursor."""
        return head.tiles(self._report, 0)[self._at].figure if self._report else None

    def _head(self, cells: int, rows: int) -> list[Line]:
        if self._report is None:
            return []
        return head.lines(self._report, cells, self._at if self.has_focus else None, air=rows > 4)

    def action_beside(self, by: int) -> None:
        self._at = min(max(self._at + by, 0), head.TILES - 1)
        self.rebuild()

    def on_click(self, event: events.Click) -> None:
        if event.y in head.at_lines(len(self.lines)):
            wide = head.width(self.content_cells)
            self._at = min(max(event.x - 1, 0) // wide, head.TILES - 1)
            self.focus()
            self.call_later(self.run_action, "screen.open")

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self.rebuild()
