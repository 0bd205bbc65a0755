"""Cells as aligned columns of plain text, for a pipe or a file; ``tables`` draws on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.base.widths import pad, width

GAP = 2
MOST = 60  # cells of a column; what is longer stands whole and moves what follows on its own line


def lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """One line a row. Nothing is cut: another program reads it."""
    widths = [min(max(map(width, column)), MOST) for column in zip(*rows, strict=True)]
    return [
        (" " * GAP)
        .join([*(pad(cell, wide) for cell, wide in zip(row[:-1], widths, strict=False)), row[-1]])
        .rstrip()
        for row in rows
    ]
