"""Digits with what they stand for: a grid in its own place, or in as few rows as they take."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.locale import _
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import Line, in_rows, line, line_width, pad_line

COLUMNS = 4
ROOMY = 34  # rows of the terminal from which the grid has a title


class DigitGrid(LinesView):
    """As high as what it shows; ``items`` are digit, word, and whether something is asked."""

    def __init__(self, title: str, hint: str) -> None:
        super().__init__(id="outcomes")
        self.title, self._hint = title, hint
        self._items: Sequence[tuple[str, str, bool]] = ()

    def show(self, items: Sequence[tuple[str, str, bool]]) -> None:
        self._items = items
        self.rebuild()

    def build(self, cells: int) -> list[Line]:
        lines = self._grid(cells) if self._items else []
        self.styles.height = max(len(lines), 1)
        return lines

    def _grid(self, cells: int) -> list[Line]:
        items = [
            line((digit, "key"), " ", text, "…" if asks else "")
            for digit, text, asks in self._items
        ]
        each = (cells - 1) // COLUMNS
        roomy = self.screen.size.height >= ROOMY
        if not roomy or max(map(line_width, items)) > each - 1:
            return [line(" ") + row for row in in_rows(items, cells - 1)]
        head = spread(line(" ", (_(self.title), "title")), line((_(self._hint), "dim"), " "), cells)
        rows = [
            tuple(span for item in items[at : at + COLUMNS] for span in pad_line(item, each))
            for at in range(0, len(items), COLUMNS)
        ]
        return [head, *(((" ", ""), *row) for row in rows)]
