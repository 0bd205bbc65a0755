"""One line over the list of people: how many, which, in what order."""

from __future__ import annotations

from opslog.locale import _
from opslog.tui.frame.bars.bars import Bar
from opslog.tui.widgets.text import Line, cut_line, line, line_width


class PeopleSummary(Bar):
    """Says what the list below shows."""

    def __init__(self) -> None:
        super().__init__()
        self._told: Line = ()
        self._back = ""

    def tell(self, told: Line, back: str = "") -> None:
        """``back``: the key that shows everybody again, where only some are shown."""
        if (told, back) != (self._told, self._back):
            self._told, self._back = told, back
            self.refresh()

    @property
    def told(self) -> str:
        """The words, without their looks."""
        return "".join(text for text, _look in self._told)

    def spans(self, cells: int) -> Line:
        told: Line = ((" ", ""), *self._told)
        way = line((self._back, "key"), " ", (_("Everybody"), "muted")) if self._back else ()
        room = cells - line_width(told) - line_width(way)
        return (*told, ("   ", ""), *way) if way and room > 3 else cut_line(told, cells)
