"""The shape every reader gives the rows of a file in."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One row. ``line`` counts from 1 in the file or sheet; ``marks`` are problem codes.

    ``section`` is the number of the part of the file it stands in, where a file has several.
    """

    line: int
    cells: list[str]
    marks: tuple[str, ...] = ()
    section: int = 0

    @property
    def blank(self) -> bool:
        return not any(map(str.strip, self.cells))
