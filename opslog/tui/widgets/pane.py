"""What is selected, open beside its list: from 110 columns, on a lighter ground."""

from __future__ import annotations

from collections.abc import Callable

from opslog.tui.widgets.lines_view import ToldLines
from opslog.tui.widgets.text import Line, line, wrap

WIDE = 110  # columns of the terminal from which a pane stands open
EDGE = 2  # cells between the pane's edge and its text


class Pane(ToldLines):
    """``tell`` gets the cells and rows there are for its text, and is asked only where it shows."""

    DEFAULT_CSS = """
    Pane { display: none; width: 48%; max-width: 80; height: 1fr; margin-left: 1;
           background: $pane; overflow-y: auto; }
    """

    def __init__(self, tell: Callable[[int, int], list[Line]], *, id: str = "pane") -> None:
        super().__init__(tell, id=id)

    def build(self, cells: int) -> list[Line]:
        told = self._tell(max(cells - 2 * EDGE, 1), self.size.height - 1)
        return [(), *(((" " * EDGE, ""), *spans) if spans else () for spans in told)]


def titled(title: str, lines: list[Line], number: str = "") -> list[Line]:
    """A block of a pane under its heading, with air above it; nothing where it holds nothing."""
    head = line((title, "title"), "  " if number else "", (number, "muted"))
    return [(), head, *lines] if lines else []


def told(text: object, cells: int, look: str = "", most: int = 0) -> list[Line]:
    """Words in as many rows as they need."""
    return [line((row, look)) for row in wrap(str(text), cells, most)]
