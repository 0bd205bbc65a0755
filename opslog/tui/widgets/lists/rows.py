"""What a list is made of: its columns, its rows, where they come from, how one is laid out."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple, Protocol

from opslog.tui.widgets.text import Line, Span, cut_line, line, line_width, pad_line

LEAST_FLEX = 8  # cells; a name cut shorter tells nothing


class Ends(NamedTuple):
    """A cell with something at its right end too; where room is short the left gives way."""

    left: Line
    right: Line


# One that is called lays itself out for the cells there are.
Cell = str | Line | Ends | Callable[[int], "Line | Ends"]


class Row(NamedTuple):
    """One row. ``key`` names the thing it shows; a row with a ``heading`` can't be selected.

    Where it ``follows``, the heading is a further line of the row above: the cursor lies under
    both.
    """

    key: Hashable
    cells: tuple[Cell, ...] = ()
    heading: Line | Ends | Callable[[int], Line | Ends] | None = None
    look: str = ""  # laid under the whole row, "late" for instance
    follows: bool = False


class Column(NamedTuple):
    """``width`` in cells, fixed; 0: takes ``flex`` parts of what is left.

    A column whose ``least`` terminal width is not reached is left out.
    """

    label: str = ""
    width: int = 0
    flex: int = 1
    right: bool = False
    least: int = 0


class Source(Protocol):
    """Where rows come from; positions count from 0, headings included."""

    def count(self) -> int: ...
    def rows(self, start: int, stop: int) -> Sequence[Row]: ...
    def position(self, key: Hashable) -> int | None:
        """Where a key stands now; None where it is gone."""


class Rows:
    """A source for lists short enough to be held whole."""

    def __init__(self, all: Sequence[Row] = ()) -> None:
        self.all = all

    def count(self) -> int:
        return len(self.all)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        return self.all[start:stop]

    def position(self, key: Hashable) -> int | None:
        return next((i for i, row in enumerate(self.all) if row.key == key), None)


def _left(columns: Sequence[Column], cells: int, shown: Sequence[bool]) -> int:
    """Cells for the columns that flex, below 0 where the fixed ones do not fit either."""
    gaps = max(sum(shown) - 1, 0) + 2
    return cells - gaps - sum(c.width for c, on in zip(columns, shown, strict=True) if on)


def widths(columns: Sequence[Column], cells: int) -> list[int]:
    """Cells of each column for a list this wide; 0 where a column is left out.

    Names are in the columns that flex: where room is short, fixed ones give way from the
    right.
    """
    shown = [column.least <= cells for column in columns]
    left = _left(columns, cells, shown)
    flexible = sum(on and not c.width for c, on in zip(columns, shown, strict=True))
    while left < flexible * LEAST_FLEX:
        fixed = [at for at, c in enumerate(columns) if shown[at] and c.width > 3]
        if not fixed:
            break
        shown[fixed[-1]] = False
        left = _left(columns, cells, shown)
    parts = sum(c.flex for c, on in zip(columns, shown, strict=True) if on and not c.width)
    left = max(left, 0)
    found, given, seen = [], 0, 0
    for column, on in zip(columns, shown, strict=True):
        if not on:
            found.append(0)
        elif column.width:
            found.append(column.width)
        else:
            seen += column.flex
            share = left * seen // parts - given
            given += share
            found.append(share)
    return found


def laid_out(
    cells: Sequence[Cell], widths: Sequence[int], columns: Sequence[Column], mark: Span
) -> Line:
    """One row: its mark, and each cell in the cells its column has."""
    spans: list[Span] = [mark]
    for cell, column, wide in zip(cells, columns, widths, strict=False):
        if not wide:
            continue
        shown = fit(cell, wide)
        if column.right:
            spans.append((" " * (wide - line_width(shown)), ""))
            spans.extend(shown)
        else:
            spans.extend(pad_line(shown, wide))
        spans.append((" ", ""))
    return tuple(spans)


def row_line(row: Row, mark: Span, columns: Sequence[Column], cells: int) -> Line:
    """What stands on the line of one row; only the heading of a group has no mark."""
    if row.heading is None:
        return laid_out(row.cells, widths(columns, cells), columns, mark)
    return (mark, *fit(row.heading, cells - 1)) if row.follows else fit(row.heading, cells)


def fit(cell: Cell, cells: int) -> Line:
    """A cell in at most so many cells."""
    if callable(cell):
        cell = cell(cells)
    if isinstance(cell, Ends):
        room = cells - line_width(cell.right) - 1
        cell = (*pad_line(cell.left, room), (" ", ""), *cell.right)
    return cut_line(line(cell) if isinstance(cell, str) else cell, cells)
