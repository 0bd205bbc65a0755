"""The pictures of a review as SVG. Text is measured by cells, as on a terminal, so that what stands
side by side never overlaps, in Chinese either; colours are those of the page (``style.py``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from opslog.domain.base.widths import cut, width, wrapped
from opslog.domain.reviews.pictures import Bar, Bars, Curve, Heat, Picture
from opslog.domain.reviews.wording import TABLES, amount, value
from opslog.exchange.writing.markup import Markup, tag
from opslog.exchange.writing.reviews.grids import remark
from opslog.exchange.writing.reviews.scale import OVER, Column, Scale, columns_of, moved
from opslog.locale import Msg

WIDTH = 720  # of a picture, in the units of its text: 13 of them are a Chinese character
CELL = 7.4  # a cell: a little more than half a Chinese character, and than a Latin letter takes
SMALL = 6.6  # a cell of small text
GAP = 18.0
ROW, LINE = 25.0, 16.0  # a bar; a line of small text
BAR = 15.0
LABEL = 34  # cells of a label at most; all of it stands in the table below
AT_ONCE = 22  # bars of one picture: more are a second one, which may stand on the next page
LEAST = 110.0  # of a bar


def drawings(picture: Picture, name: str) -> Iterator[Markup]:
    """None for words, and for numbers that no length could compare; ``name`` tells the ids of a
    page apart."""
    if isinstance(picture, Bars) and picture.key not in TABLES:
        scale = Scale(picture)
        for at in range(0, len(picture.bars), AT_ONCE):
            yield _bars(picture, picture.bars[at : at + AT_ONCE], scale, f"{name}-{at}")
    elif isinstance(picture, Curve):
        if any(one.points for one in picture.series):
            yield _curve(picture, name)
    elif isinstance(picture, Heat) and picture.cells:
        yield _heat(picture, name)


def _svg(
    name: str,
    title: object,
    said: Iterable[str],
    wide: float,
    high: float,
    inside: Iterable[Markup | None],
) -> Markup:
    """``said`` is what the picture says, for who does not see it."""
    return tag(
        "svg",
        tag("title", str(title), id=f"{name}-title"),
        tag("desc", "; ".join(said), id=f"{name}-desc"),
        inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {wide:.0f} {high:.0f}",
        width=round(wide),
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
    )


def _text(x: float, y: float, text: object, look: str = "", anchor: str | None = None) -> Markup:
    return tag("text", str(text), x=x, y=y, class_=look or None, text_anchor=anchor)


def _box(
    x: float, y: float, wide: float, high: float, look: str, round_: float | None = None
) -> Markup:
    return tag("rect", x=x, y=y, width=max(wide, 0.0), height=high, rx=round_, class_=look)


# -- bars


def _wide(column: Column) -> float:
    return max(map(width, (column.heading, *column.texts))) * CELL + GAP


def _bars(picture: Bars, bars: Sequence[Bar], scale: Scale, name: str) -> Markup:
    columns = columns_of(picture, bars)
    labels = [cut(str(bar.number.label), LABEL) for bar in bars]
    start = max(map(width, labels)) * CELL + GAP
    beside = sum(_wide(column) for column in columns)
    whole = max(WIDTH - start - beside, LEAST)
    places = [*accumulate((_wide(column) for column in columns), initial=start + whole)][1:]
    room = int((start + whole + beside - start - GAP) / SMALL)  # cells of a line of small text
    headed = any(column.heading for column in columns)
    y = LINE + 4 if headed else 2.0
    parts = [
        _text(x, LINE - 4, column.heading, "muted small", "end")
        for x, column in zip(places, columns, strict=True)
        if column.heading
    ]
    flows: list[Markup] = []
    ends: dict[str, tuple[float, float]] = {}  # of a stage: how long its bar is, how far down
    for at, (bar, label) in enumerate(zip(bars, labels, strict=True)):
        number = bar.number
        length = scale.length(bar) * whole
        around = [*moved(bar, room)]
        if picture.funnel:
            above, top = ends.get(bar.before, (0.0, 0.0))
            if above and length:
                flows.append(_flow(start, above, length, top, y + 4 + LINE * len(around)))
            parts += _lines(start + 8, y, around)
            y += LINE * len(around)
        parts.append(_text(0, y + 17, label))
        below = [(line, "muted") for line in wrapped(remark(number), room) if line]
        if number.value is not None:
            parts += _bar(bar, start, y + 4, length, whole)
        elif len(below) == 1 and width(below[0][0]) * SMALL < whole:  # in the place of the bar
            parts += _lines(start, y + 2, below)
            below = []
        for x, column in zip(places, columns, strict=True):
            look = f"{column.look} {number.look}" if column is columns[0] else column.look
            parts.append(_text(x, y + 17, column.texts[at], look.strip(), "end"))
        ends[number.key] = (length, y + 4 + BAR)
        y += ROW
        below = [*([] if picture.funnel else around), *below]
        parts += _lines(start, y - 5, below)
        y += LINE * len(below)
    said = [f"{bar.number.label}: {value(bar.number)}" for bar in bars]
    return _svg(name, picture.heading, said, start + whole + beside, y + 4, [*flows, *parts])


def _lines(x: float, y: float, lines: Iterable[tuple[str, str]]) -> list[Markup]:
    """Small text, each line with its look, below ``y``."""
    return [
        _text(x, y + 14 + LINE * at, line, f"small {look}") for at, (line, look) in enumerate(lines)
    ]


def _flow(x: float, above: float, below: float, top: float, bottom: float) -> Markup:
    """From a bar to that below it."""
    corners = ((x, top), (x + above, top), (x + below, bottom), (x, bottom))
    return tag("polygon", points=" ".join(f"{a:.1f},{b:.1f}" for a, b in corners), class_="flow")


def _bar(bar: Bar, x: float, y: float, length: float, whole: float) -> Iterator[Markup]:
    one = bar.number
    if one.target:
        yield _box(x, y, whole, BAR, "track", 2)
    least = 1.5 if one.value and one.target != 0 else 0.0
    yield _box(x, y, max(length, least), BAR, f"bar {one.look}".strip(), 2)
    if bar.broken:
        middle = x + length * 0.72
        zigzag = f"M{middle:.1f} {y - 2:.1f}l7 6l-7 6l7 6h7l-7 -6l7 -6l-7 -6z"
        yield tag("path", d=zigzag, class_="gap")
    if one.target:
        yield _box(x + whole / OVER - 1.25, y - 4, 2.5, BAR + 8, "target")


# -- curves

HIGH = 190.0
_At = Callable[[float, float], tuple[float, float]]  # where a point of it is drawn


def _curve(picture: Curve, name: str) -> Markup:
    every = [point for one in picture.series for point in one.points]
    places = [x for x, _y in every] + [x for x, _mark in picture.marks]
    first, last = min(places), max(places)
    top = _ceiling(max(y for _x, y in every))
    scale = [top, top / 2, 0.0]
    left = max(width(str(amount(one, ""))) for one in scale) * SMALL + 8
    right = WIDTH - max(width(str(amount(y, ""))) for _x, y in every) * CELL - 12
    head = 30.0

    def at(x: float, y: float) -> tuple[float, float]:
        across = (x - first) / (last - first) if last > first else 0.5
        return left + across * (right - left), head + HIGH * (1 - y / top)

    parts = [*_legend(picture)]
    for one in scale:
        y = at(first, one)[1]
        parts.append(
            tag("path", d=f"M{left:.1f} {y:.1f}H{right:.1f}", class_="rule" if one else "axis")
        )
        parts.append(_text(left - 6, y + 4, amount(one, ""), "small muted", "end"))
    taken: list[float] = []
    for number, series in enumerate(picture.series):
        if not series.points:
            continue
        look = "compared" if series.compared else f"series{min(number, 2)}"
        spots = [at(x, y) for x, y in series.points]
        if number == 0 and not series.compared:
            area = f"{_path(spots, picture.steps)}V{head + HIGH:.1f}H{spots[0][0]:.1f}z"
            parts.append(tag("path", d=area, class_="area"))
        parts.append(tag("path", d=_path(spots, picture.steps), class_=f"line {look}"))
        if not picture.steps or len(spots) == 1:
            parts += [tag("circle", cx=x, cy=y, r=3, class_=f"dot {look}") for x, y in spots]
        x, y = spots[-1]
        while any(abs(y - other) < 15 for other in taken):
            y += 15 if y < head + HIGH - 30 else -45
        taken.append(y)
        parts.append(_text(x + 7, y + 4, amount(series.points[-1][1], ""), f"figure {look}-ink"))
    y = head + HIGH + 17
    ticks = [one for one in picture.ticks if first <= one[0] <= last]
    parts += _ticks(ticks, at, y)
    marks, y = _marks(picture, at, head, y)
    parts += marks
    said = [f"{one.label}: {amount(one.points[-1][1], '')}" for one in picture.series if one.points]
    return _svg(name, picture.heading, said, WIDTH, y + 8, parts)


def _ceiling(most: float) -> float:
    """The next of 1, 2, 4, 5, 6, 8, 10 … above, so that half of it is a number to read."""
    if most <= 2:
        return 2.0
    step = 10.0 ** (len(str(int(most))) - 1)
    return next(
        step * one for one in (1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10, 20) if step * one >= most
    )


def _path(spots: Sequence[tuple[float, float]], steps: bool) -> str:
    (x, y), *rest = spots
    d = [f"M{x:.1f} {y:.1f}"]
    for x, y in rest:
        d.append(f"H{x:.1f}V{y:.1f}" if steps else f"L{x:.1f} {y:.1f}")
    return "".join(d)


def _legend(picture: Curve) -> Iterator[Markup]:
    x = 0.0
    for number, one in enumerate(picture.series):
        look = "compared" if one.compared else f"series{min(number, 2)}"
        label = cut(str(one.label), 40)
        yield tag("path", d=f"M{x:.1f} 10h22", class_=f"line {look}")
        yield _text(x + 28, 14, label, "small")
        x += 28 + width(label) * SMALL + 2 * GAP


def _ticks(ticks: Sequence[tuple[int, Msg]], at: _At, y: float) -> Iterator[Markup]:
    """From the last one backwards, those that have room."""
    free = WIDTH + 14.0
    for x, tick in sorted(ticks, key=lambda one: one[0], reverse=True):
        place, half = at(x, 0)[0], width(str(tick)) * SMALL / 2
        if place + half + 14 <= free and place - half >= 0:
            free = place - half
            yield tag("path", d=f"M{place:.1f} {y - 17:.1f}v4", class_="axis")
            yield _text(place, y, tick, "small muted", "middle")


def _marks(picture: Curve, at: _At, head: float, y: float) -> tuple[list[Markup], float]:
    """Each under its day, in as many rows as it takes for none to overlap another."""
    parts: list[Markup] = []
    ends: list[float] = []  # where each row is full up to
    for x, mark in picture.marks:
        place = at(x, 0)[0]
        text = cut(f"↑ {mark}", 40)
        start = max(min(place - 4, WIDTH - width(text) * SMALL), 0.0)
        row = next((n for n, end in enumerate(ends) if end + 10 <= start), len(ends))
        ends[row : row + 1] = [start + width(text) * SMALL]
        parts.append(tag("path", d=f"M{place:.1f} {head:.1f}v{HIGH:.1f}", class_="mark"))
        parts.append(_text(start, y + (row + 1) * LINE, text, "small"))
    return parts, y + len(ends) * LINE


# -- heat


def _heat(picture: Heat, name: str) -> Markup:
    labels = [cut(str(one), LABEL) for one in picture.rows]
    heads = [cut(str(one), 14) for one in picture.columns]
    texts = {(one.row, one.column): one for one in picture.cells}
    start = max(map(width, labels), default=0) * CELL + GAP
    cells = max(*(width(f"{one.part}/{one.of}") for one in picture.cells), *map(width, heads))
    each = max(min((WIDTH - start) / len(heads), 84.0), cells * SMALL + 8)
    high = 26.0
    parts = [
        _text(start + each * (at + 0.5), 13, head, "small muted", "middle")
        for at, head in enumerate(heads)
    ]
    for row, label in enumerate(labels):
        y = 20 + row * high
        parts.append(_text(0, y + 17, label))
        for column in range(len(heads)):
            one = texts.get((row, column))
            x = start + column * each
            level = "none" if one is None or not one.of else str(min(int(5 * one.part / one.of), 4))
            parts.append(_box(x + 1, y + 1, each - 2, high - 2, f"heat{level}", 2))
            if one is not None:
                parts.append(
                    _text(
                        x + each / 2, y + 17, f"{one.part}/{one.of}", f"small on{level}", "middle"
                    )
                )
    said = [
        f"{picture.rows[one.row]} {picture.columns[one.column]}: {one.part}/{one.of}"
        for one in picture.cells
    ]
    wide = max(start + each * len(heads), WIDTH)
    return _svg(name, picture.heading, said, wide, 24 + high * len(labels), parts)
