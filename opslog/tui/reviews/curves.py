"""Over time, by blocks: one's own as ground, what it is held against as a dotted line over it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from opslog.domain.reviews.pictures import Curve, Series
from opslog.locale import _
from opslog.tui.reviews.drawn import Drawn, Spot, heading
from opslog.tui.reviews.wording import amount_text, value_text
from opslog.tui.widgets.text import Line, Span, cut, line, pad, plain_signs, width

LOW, TALL = 5, 8  # rows of the ground
MOST_BAR = 12  # cells of one that stands beside others
LOOKS = ("block", "block-good", "block-warn")  # of one's own, the first behind the others
_EIGHTHS = " ▁▂▃▄▅▆▇█"
DOTS = "┄"
BEHIND = "▒"  # of what stands behind another, so that no colour is needed


Stretch = tuple[int, int]  # cells from, up to


def draw(picture: Curve, cells: int, *, tall: bool) -> Drawn:
    known = [one for one in picture.series if one.points]
    xs = sorted({x for one in known for x, _y in one.points})
    if not xs:
        said = line((str(picture.note or _("Nothing to show yet")), "dim"))
        lines = [line((str(picture.heading), "title")), said]
        none = [] if picture.undated else [Spot(picture.key, picture.key, 0, 0, cells)]
        return Drawn(lines, [*none, *_undated(picture, 1, cells)])
    rows = TALL if tall else LOW
    most = max(y for one in known for _x, y in one.points)
    scale = width(amount_text(most))
    ground = cells - scale - 1
    place = _on_a_line(xs, ground) if picture.steps else _side_by_side(xs, ground)
    lines = heading(picture.heading, _legend(picture), cells)
    spots = _total(picture, lines)
    own = [_heights(one, place, picture.steps, rows, most) for one in known if not one.compared]
    dots = [_heights(one, place, picture.steps, rows, most) for one in known if one.compared]
    for row in range(rows - 1, -1, -1):
        at = {rows - 1: most, (rows - 1) // 2: most / 2 if most > 1 else None, 0: 0}.get(row)
        label = pad("" if at is None else amount_text(round(at)), scale, right=True)
        lines.append(((label, "dim"), (" ", ""), *_row(row, own, dots, ground)))
    ticks = [(place(x)[0], str(text)) for x, text in picture.ticks]
    axis_row = _below(ticks, ground, 1) or ([""] if picture.numbers else [])
    below = [
        (axis_row, "dim"),
        ([] if picture.steps else _below(_values(known, place), ground, 1), "strong"),
        (_below([(place(x)[0], f"↑ {text}") for x, text in picture.marks], ground, 2), "muted"),
    ]
    axis = len(lines)
    for texts, look in below:
        lines += [line(" " * (scale + 1), (text, look)) for text in texts]
    for x, number in picture.numbers:
        start, stop = (scale + 1 + at for at in place(x))
        spots.append(Spot(picture.key, number.key, axis, start, stop, number, rows, scale))
    if picture.note:
        spots += _undated(picture, len(lines), cells)
        lines.append(line((cut(str(picture.note), cells), "dim")))
    return Drawn(lines, spots or [Spot(picture.key, picture.key, 0, 0, cells)])


def _total(picture: Curve, lines: Sequence[Line]) -> list[Spot]:
    """What one's own series has come to, where the legend says it."""
    number = picture.total
    if number is None:
        return []
    wanted = f"{picture.series[0].label} {value_text(number)}"
    for y, spans in enumerate(lines):
        before, found, _after = "".join(text for text, _look in spans).partition(wanted)
        if found:
            left = width(before)
            right = left + width(found)
            return [Spot(picture.key, number.key, y, left, right, number, mark=-1)]
    return [Spot(picture.key, number.key, 0, 0, width(str(picture.heading)), number, mark=-1)]


def _undated(picture: Curve, y: int, cells: int) -> list[Spot]:
    """Of whom it is not known when, as the note says."""
    one = picture.undated
    return [] if one is None else [Spot(picture.key, one.key, y, 0, cells, one, mark=-1)]


def _on_a_line(xs: Sequence[int], cells: int) -> Callable[[int], Stretch]:
    """Each x on its cell, the last one on the last."""
    first, last = xs[0], xs[-1]

    def place(x: int) -> Stretch:
        at = round((min(max(x, first), last) - first) * (cells - 1) / max(last - first, 1))
        return at, at + 1

    return place


def _side_by_side(xs: Sequence[int], cells: int) -> Callable[[int], Stretch]:
    """Each x a bar, with air between two where there is room."""
    apart = min((b - a for a, b in pairwise(xs)), default=1)
    wide = min(max(cells // ((xs[-1] - xs[0]) // apart + 1), 1), MOST_BAR)

    def place(x: int) -> Stretch:
        at = min((x - xs[0]) // apart * wide, cells - 1)
        return at, min(at + max(wide - (wide > 2), 1), cells)

    return place


def _values(series: Sequence[Series], place: Callable[[int], Stretch]) -> list[tuple[int, str]]:
    """The numbers below each bar."""
    found: dict[int, list[str]] = {}
    for one in series:
        for x, y in one.points:
            found.setdefault(place(x)[0], []).append(amount_text(y))
    return [(at, "/".join(texts)) for at, texts in found.items()]


def _legend(picture: Curve) -> Line:
    """What each is; of what adds up, with what it has come to."""
    found: Line = ()
    own = sum(not one.compared for one in picture.series)
    place = 0
    for one in picture.series:
        sign = (DOTS * 2, "focal")
        if not one.compared:
            place += 1
            sign = ("█" if place == own else BEHIND, LOOKS[min(place, len(LOOKS)) - 1])
        found = (*found, *line("  " if found else "", sign, " ", (str(one.label), "muted")))
        if picture.steps and one.points:
            found = (*found, *line(" ", (amount_text(one.points[-1][1]), "strong")))
    return found


def _heights(
    one: Series, place: Callable[[int], Stretch], steps: bool, rows: int, most: float
) -> dict[int, int]:
    """Eighths of a row at each cell where something is known."""
    found: dict[int, int] = {}
    following = [place(x)[0] for x, _y in one.points[1:]]
    for (x, y), after in zip(one.points, [*following, 0], strict=True):
        start, stop = place(x)
        eighths = max(round(y / most * rows * 8), int(y > 0)) if most else 0
        for cell in range(start, max(after, stop) if steps else stop):
            found[cell] = eighths
    return found


def _row(
    row: int, heights: Sequence[dict[int, int]], dots: Sequence[dict[int, int]], cells: int
) -> list[Span]:
    found: list[Span] = []
    for cell in range(cells):
        shown: Span = (" ", "")
        for place, one in enumerate(heights):
            eighths = min(max(one.get(cell, 0) - row * 8, 0), 8)
            if plain_signs():
                eighths = 8 * (eighths >= 4 or (eighths > 0 and row == 0))
            if eighths:
                behind = eighths == 8 and place < len(heights) - 1
                sign = BEHIND if behind else _EIGHTHS[eighths]
                shown = (sign, LOOKS[min(place, len(LOOKS) - 1)])
        for one in dots:
            height = one.get(cell, -1)
            if height >= 0 and max(height - 1, 0) // 8 == row:
                shown = (DOTS, "focal")
        found.append(shown)
    return found


def _below(words: Sequence[tuple[int, str]], cells: int, most: int) -> list[str]:
    """Words each below its cell; those that would stand on another go to the next row, the last
    one shifted in."""
    rows = [""] * most
    for at, text in sorted(words):
        at = max(min(at, cells - width(text)), 0)
        for place, row in enumerate(rows):
            if not row or width(row) + 2 <= at:
                rows[place] = pad(row, at) + cut(text, cells - at)
                break
    return [row for row in rows if row]
