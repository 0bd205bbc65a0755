"""What is said in words: one's own, what people said, the five questions."""

from __future__ import annotations

from opslog.domain.reviews.pictures import Lines
from opslog.locale import _
from opslog.tui.reviews.drawn import Drawn, Spot
from opslog.tui.widgets.text import Line, line, pad, width, wrap

WHO = 16  # cells at most


def draw(picture: Lines, cells: int) -> Drawn:
    """Who in a column at the left, the words beside it over as many rows as they take."""
    lines: list[Line] = [line((str(picture.heading), "title"))]
    if picture.note:
        lines += [line((row, "dim")) for row in wrap(str(picture.note), cells)]
    if not picture.lines:
        empty = str(picture.empty or _("Nothing yet"))
        lines += [line((row, "dim")) for row in wrap(empty, cells)]
        return Drawn(lines, [Spot(picture.key, picture.key, len(lines) - 1, 0, cells)])
    whos = [str(who) for who, _text in picture.lines]
    wide = min(max(map(width, whos)), WHO, cells // 3)
    gap = 2 if wide else 0
    spots = []
    for place, (_who, text) in enumerate(picture.lines):
        for at, row in enumerate(wrap(str(text), max(cells - wide - gap, 8))):
            who = whos[place] if not at else ""
            if not at:
                key = f"{picture.key}.{place}"
                spots.append(Spot(picture.key, key, len(lines), 0, cells))
            lines.append(line((pad(who, wide), "muted"), " " * gap, row))
    return Drawn(lines, spots)
