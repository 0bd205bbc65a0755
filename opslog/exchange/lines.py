"""The shape every reader gives the rows of a file in."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One row. ``line`` counts from 1 in the file or sheet; ``marks`` are problem codes."""

    line: int
    cells: list[str]
    marks: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        return not any(map(str.strip, self.cells))
