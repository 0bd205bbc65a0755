"""A picture drawn: its lines, and where on them the cursor may stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from opslog.domain.reviews.numbers import Number
from opslog.locale import Msg
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.text import (
    Line,
    Span,
    cut_line,
    line,
    line_width,
    pad,
    pad_line,
    width,
    wrap,
)


class Spot(NamedTuple):
    """Cells ``left`` to ``right`` of line ``y``. ``picture``: the key of the one it is in; ``key``
    names it among all. ``number`` None: words, or a picture without a number. ``rows`` above
    it are its own, too: a column of a curve. ``mark``: where the bar of the cursor stands, None
    before the first spot of the picture."""

    picture: str
    key: str
    y: int
    left: int
    right: int
    number: Number | None = None
    rows: int = 0
    mark: int | None = None

    def moved(self, y: int, x: int) -> Spot:
        mark = None if self.mark is None else self.mark + x
        return self._replace(y=self.y + y, left=self.left + x, right=self.right + x, mark=mark)

    def holds(self, y: int, x: int) -> bool:
        return self.y - self.rows <= y <= self.y and self.left <= x < self.right


class Drawn(NamedTuple):
    lines: Sequence[Line]
    spots: Sequence[Spot] = ()


def heading(title: Msg, right: Line, cells: int) -> list[Line]:
    """The name of a picture, with what is to be said of it at the right end; below where that is
    too long."""
    left = line((str(title), "title"))
    if line_width(left) + line_width(right) + 2 <= cells:
        return [spread(left, right, cells)]
    below = [line((row, "muted")) for row in wrap("".join(t for t, _look in right), cells)]
    return [cut_line(left, cells), *below]


def labels_width(labels: Iterable[object], cells: int) -> int:
    """Cells for the names at the left: of the longest, but no more than leaves room for the
    rest."""
    return min(max((width(str(one)) for one in labels), default=0), max(cells // 3, 8))


def field(text: str, cells: int, look: str = "") -> Span:
    """A number in its column."""
    return pad(text, cells, right=True), look


def lit(spans: Line, left: int, right: int, mark: int) -> Line:
    """The line with the cursor's ground from ``left`` to ``right``, and its bar at ``mark``."""
    found: list[Span] = []
    at = 0
    for text, look in pad_line(spans, max(right, line_width(spans))):
        for character in text:
            wide = width(character)
            if at == mark:
                found.append(("▌", "accent"))
            elif left <= at < right:
                shown = "key" if look == "button" else look  # which is dark on the accent
                found.append((character, f"{shown}+cursor"))
            else:
                found.append((character, look))
            at += wide
    return tuple(found)
