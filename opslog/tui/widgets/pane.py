"""What is selected, open beside its list: from 110 columns, on a lighter ground."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.tui.widgets.text import Line, line, wrap

WIDE = 110  # columns of the terminal from which a pane stands open
EDGE = 2  # cells between the pane's edge and its text
SHARE, MOST = 48, 80  # percent of the columns, and how many at most


def inside(told: Sequence[Line]) -> list[Line]:
    """What a pane tells, with its edges."""
    return [(), *(((" " * EDGE, ""), *spans) if spans else () for spans in told)]


def titled(title: str, lines: list[Line], number: str = "") -> list[Line]:
    """A block of a pane under its heading, with air above it; nothing where it holds nothing."""
    head = line((title, "title"), "  " if number else "", (number, "muted"))
    return [(), head, *lines] if lines else []


def told(text: object, cells: int, look: str = "", most: int = 0) -> list[Line]:
    """Words in as many rows as they need."""
    return [line((row, look)) for row in wrap(str(text), cells, most)]
