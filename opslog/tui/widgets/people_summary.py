"""One line over the list of people: how many, which, in what order."""

from __future__ import annotations

from opslog.tui.text import Line, cut_line
from opslog.tui.widgets.bars import Bar


class PeopleSummary(Bar):
    """Says what the list below shows."""

    def __init__(self) -> None:
        super().__init__()
        self._told: Line = ()

    def tell(self, told: Line) -> None:
        if told != self._told:
            self._told = told
            self.refresh()

    @property
    def told(self) -> str:
        """The words, without their looks."""
        return "".join(text for text, _look in self._told)

    def spans(self, cells: int) -> Line:
        return cut_line(((" ", ""), *self._told), cells)
