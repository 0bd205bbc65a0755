"""A review laid out: its pictures in one, two or three columns, and what to change next time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from opslog.domain.reviews.pictures import Bars, Curve, Heat, Picture
from opslog.domain.reviews.review import Review
from opslog.tui.reviews import bars, curves, heat, next_time, words
from opslog.tui.reviews.drawn import Drawn, Spot
from opslog.tui.widgets.text import Line, cut_line, line, pad_line

EDGE, GAP = 2, 4  # cells at the sides, and between columns
TWO, THREE = 100, 168  # cells from which there are so many columns
LOW = 20  # rows below which what is not known stands together
TALL = 44  # rows from which curves are drawn higher
# What is asked first, in this order; BASE comes before what to change next time in any case.
CHIEF = ("funnel", "show_up", "targets", "worth", "channels", "not_coming", "curve")
BASE = 3


class Page(NamedTuple):
    """``spots`` in the order of reading, each with the column it is in."""

    lines: Sequence[Line]
    spots: Sequence[tuple[int, Spot]]


def laid_out(review: Review, cells: int, rows: int, at: str) -> Page:
    """``at``: the key of what is under the cursor; ``rows`` are in sight at once."""
    number = 3 if cells >= THREE else 2 if cells >= TWO else 1
    wide = (cells - 2 * EDGE - (number - 1) * GAP) // number
    whole = cells - 2 * EDGE
    against = str(review.compared.title) if review.compared else ""

    def order(one: Picture) -> int:
        return CHIEF.index(one.key) if one.key in CHIEF else len(CHIEF)

    pictures = [
        (one.key, _drawn(one, wide, rows, at, against))
        for one in sorted(review.pictures(), key=order)
        if one.key != next_time.FIVE
    ]
    act = [next_time.draw(review, whole)] if next_time.there(review) else []
    above, below = pictures, list[tuple[str, Drawn]]()
    if act:
        room = rows - len(act[0].lines) - 1
        above = [pair for pair in pictures if pair[0] in CHIEF[:BASE]]
        for pair in pictures[len(above) :]:  # as many of the chief ones as are in sight with it
            fits = _height(_columns([*above, pair], number)) <= room
            (above if fits and pair[0] in CHIEF else below).append(pair)
    bands = [
        (_columns(above, number), wide),
        ([act], whole),
        (_columns(below, number), wide),
    ]
    lines: list[Line] = []
    spots: list[tuple[int, Spot]] = []
    for columns, width in bands:
        if not any(columns):
            continue
        for column, some in enumerate(columns):
            y, x = len(lines), EDGE + column * (width + GAP)
            for one in some:
                spots.extend((column, spot.moved(y, x)) for spot in one.spots)
                y += len(one.lines) + 1
        lines.extend(_beside(columns, width))
        lines.append(())
    return Page(lines, spots)


def _columns(pictures: Sequence[tuple[str, Drawn]], number: int) -> list[list[Drawn]]:
    """Each picture in the column that is shortest so far; who showed up below the funnel."""
    found: list[list[Drawn]] = [[] for _column in range(number)]
    for key, one in pictures:
        heights = [_height([some]) for some in found]
        at = 0 if key == "show_up" else heights.index(min(heights))
        found[at].append(one)
    return found


def _height(columns: Sequence[Sequence[Drawn]]) -> int:
    return max((sum(len(one.lines) + 1 for one in some) for some in columns), default=0)


def _beside(columns: Sequence[Sequence[Drawn]], wide: int) -> list[Line]:
    """The lines of the columns, beside one another."""
    stacked = []
    for some in columns:
        lines: list[Line] = []
        for one in some:
            lines += [*([()] if lines else []), *(cut_line(row, wide) for row in one.lines)]
        stacked.append(lines)
    found = []
    for row in range(max(map(len, stacked), default=0)):
        spans: Line = line(" " * EDGE)
        for column, lines in enumerate(stacked):
            spans = pad_line(spans, EDGE + column * (wide + GAP))
            spans = (*spans, *(lines[row] if row < len(lines) else ()))
        found.append(spans)
    return found


def _drawn(picture: Picture, cells: int, rows: int, at: str, against: str) -> Drawn:
    if isinstance(picture, Bars):
        return bars.draw(picture, cells, at, against, low=rows < LOW)
    if isinstance(picture, Curve):
        return curves.draw(picture, cells, tall=rows >= TALL)
    if isinstance(picture, Heat):
        return heat.draw(picture, cells)
    return words.draw(picture, cells)
