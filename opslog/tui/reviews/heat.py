"""A heat map: how large a part had success, by a sign that needs no colour, and of how many."""

from __future__ import annotations

from opslog.domain.reviews.pictures import Cell, Heat
from opslog.locale import _
from opslog.tui.reviews.drawn import Drawn, Spot, field, heading
from opslog.tui.widgets.text import Line, cut, line, pad, width, wrap

MOST = 7  # cells of a field
SHADES = ("░", "▒", "▓", "█")  # a quarter each
LOOKS = ("dim", "muted", "accent", "good")


def draw(picture: Heat, cells: int) -> Drawn:
    label = max((width(str(one)) for one in picture.rows), default=0)
    numbers = [len(str(one.of)) for one in picture.cells]
    least = max(numbers, default=1) + 1
    room = (cells - label - 1) // max(len(picture.columns), 1)
    wide = max(min(room, MOST), 2)
    lines = heading(
        picture.heading, line((_("shade: the part, number: of how many"), "muted")), cells
    )
    if not picture.cells:
        said = [line((row, "dim")) for row in wrap(str(picture.note or _("Nothing yet")), cells)]
        return Drawn([*lines[:1], *said], [Spot(picture.key, picture.key, 0, 0, cells)])
    heads: Line = line(" " * (label + 1))
    for one in picture.columns:
        heads = (*heads, field(cut(str(one), wide), wide, "dim"))
    lines.append(heads)
    spots = []
    there = {(one.row, one.column): one for one in picture.cells}
    for row, name in enumerate(picture.rows):
        spans = line((pad(str(name), label), "muted"), " ")
        for column in range(len(picture.columns)):
            found = there.get((row, column))
            text, look = _field(found, wide, number=wide > least)
            if found is not None:
                x = label + 1 + column * wide
                spots.append(
                    Spot(picture.key, found.number.key, len(lines), x, x + wide, found.number)
                )
            spans = (*spans, (text, look))
        lines.append(spans)
    legend: Line = line(" " * (label + 1))
    for sign, look, upto in zip(SHADES, LOOKS, (25, 50, 75, 100), strict=True):
        legend = (*legend, *line((sign, look), (f" ≤{upto}%", "dim"), "  "))
    lines.append(legend)
    lines += [line((row, "dim")) for row in wrap(str(picture.note), cells)] if picture.note else []
    return Drawn(lines, spots)


def _field(cell: Cell | None, wide: int, *, number: bool) -> tuple[str, str]:
    """Its shade and on how many it rests."""
    if cell is None or not cell.of:
        return pad("·", wide, right=True), "track"
    quarter = min(int(4 * cell.part / cell.of), 3)
    if 4 * cell.part == cell.of * quarter and quarter:
        quarter -= 1  # a quarter still is one
    sign = SHADES[quarter]
    text = f"{sign}{cell.of}" if number else sign
    return pad(text, wide, right=True), LOOKS[quarter]
