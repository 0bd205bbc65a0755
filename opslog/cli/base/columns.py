"""Cells as aligned columns of plain text, for a pipe or a file; ``tables`` draws on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.base.widths import cut, pad, width

GAP = 2
MOST = 60  # cells of a column: one value of a file can't make a table unreadable
MOST_LAST = 120  # remarks and reasons are sentences


def bounded(rows: Sequence[Sequence[str]], *, whole: bool = False) -> list[list[str]]:
    """The rows with what is endless cut. ``whole``: the last column is of paths or facts, and
    stays as long as it is."""
    return [
        [*(_cut(cell, MOST) for cell in row[:-1]), row[-1] if whole else _cut(row[-1], MOST_LAST)]
        for row in rows
    ]


def _cut(cell: str, cells: int) -> str:
    """Each line of a cell by itself."""
    return "\n".join(cut(line, cells) for line in cell.split("\n"))


def lines(rows: Sequence[Sequence[str]], *, whole: bool = False) -> list[str]:
    """One line a row; what is cut ends in …; ``whole`` as for ``bounded``."""
    cells = bounded(rows, whole=whole)
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    return [
        (" " * GAP)
        .join([*(pad(cell, wide) for cell, wide in zip(row[:-1], widths, strict=False)), row[-1]])
        .rstrip()
        for row in cells
    ]
