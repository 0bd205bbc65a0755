"""The review as plain text, for a terminal and for .txt: bars of blocks with their numbers, narrow
enough for 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from opslog.domain.base.sentences import labelled
from opslog.domain.base.text import visible
from opslog.domain.base.widths import cut, pad, pad_left, width, wrapped
from opslog.domain.reviews.pictures import Bar, Bars, Curve, Heat, Lines, Picture, Series
from opslog.domain.reviews.review import Review
from opslog.domain.reviews.wording import (
    STATES,
    TABLES,
    about,
    amount,
    chief,
    heading,
    in_full,
    made,
)
from opslog.exchange.writing.reviews.grids import Grid, grids, remark
from opslog.exchange.writing.reviews.scale import Scale, columns_of, filled, moved
from opslog.locale import _

WIDE = 79  # cells: the last of 80 is left, where some terminals break the line
_LABEL = 26
_LEAST = 8  # cells of a bar: below, the numbers say more
_MOST = 34
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_LEVELS = " ▁▂▃▄▅▆▇█"


def text_lines(review: Review, zone: ZoneInfo, *, foot: bool = True) -> Iterator[str]:
    """Each at most ``WIDE`` cells; control characters shown."""
    yield from _wrapped(heading(review))
    yield from _wrapped(about(review, zone))
    for sentences in (review.verdict, review.owes):
        if sentences:
            yield ""
        for one in sentences:
            yield from _wrapped(one)
    if numbers := chief(review):
        yield ""
        yield from filled((str(labelled(one.label, in_full(one))) for one in numbers), WIDE, " · ")
    beside = str(review.compared.title) if review.compared is not None else ""
    for part in review.parts:
        yield from ("", *_wrapped(part.heading))
        for at, picture in enumerate(part.pictures):
            if at or str(picture.heading) != str(part.heading):
                yield from (["", *_wrapped(picture.heading)] if at else _wrapped(picture.heading))
            yield from _picture(picture, beside)
            if picture.note is not None:
                yield from _wrapped(picture.note, 2)
    if review.proposals:
        yield from ("", _("Next time"))
    for number, act in enumerate(review.proposals, 1):
        state = f" [{_(STATES[act.state])}]" if STATES.get(act.state) else ""
        yield from _wrapped(f"{number} {act.text}{state}", 2)
        yield from _wrapped(act.reason, 4)
        yield from _wrapped(act.told, 4) if act.told else ()
    if foot:
        yield from ("", *_wrapped(made(review, zone)))


def _wrapped(text: object, indent: int = 0) -> Iterator[str]:
    for line in wrapped(visible(str(text)), WIDE - indent):
        yield " " * indent + line


def _picture(picture: Picture, beside: str) -> Iterator[str]:
    if isinstance(picture, Bars) and picture.key not in TABLES:
        yield from _bars(picture)
    elif isinstance(picture, Curve):
        yield from _curve(picture)
    elif isinstance(picture, Lines):
        for who, text in picture.lines:
            yield from _wrapped(f"- {who} {text}" if str(who) else f"- {text}", 2)
        if not picture.lines and picture.empty is not None:
            yield from _wrapped(picture.empty, 2)
    elif isinstance(picture, Heat) and picture.cells:
        yield from _heat(picture)
    else:
        for grid in grids(picture, beside):
            yield from _table(grid)


def _bars(picture: Bars) -> Iterator[str]:
    labels = [cut(visible(str(bar.number.label)), _LABEL) for bar in picture.bars]
    columns = columns_of(picture, picture.bars)
    widths = [max(map(width, (one.heading, *one.texts))) for one in columns]
    first = max(map(width, labels), default=0)
    room = WIDE - 2 - first - sum(widths) - 2 * len(widths) - 2
    bar_wide = min(room, _MOST) if room >= _LEAST else 0
    if room < 0:
        yield from _blocks(labels, [(one.heading, one.texts) for one in columns])
        return
    scale = Scale(picture)
    if any(one.heading for one in columns):
        heads = [pad_left(one.heading, wide) for one, wide in zip(columns, widths, strict=True)]
        yield (
            "  " + " " * (first + (bar_wide + 2 if bar_wide else 0) + 2) + "  ".join(heads)
        ).rstrip()
    inner = WIDE - first - 6
    for at, (bar, label) in enumerate(zip(picture.bars, labels, strict=True)):
        around = [f"{'':{first + 4}}{line}" for line, _look in moved(bar, inner)]
        around = [visible(line) for line in around]
        if picture.funnel:
            yield from around
        cells = [pad_left(one.texts[at], wide) for one, wide in zip(columns, widths, strict=True)]
        below = wrapped(visible(remark(bar.number)), WIDE - first - 4)
        block = _block(bar, scale, bar_wide)
        if bar.number.value is None and bar.number.target is None and width(below[0]) <= bar_wide:
            block, below = below[0], below[1:]
        blocks = [pad(block, bar_wide)] if bar_wide else []
        yield ("  " + "  ".join([pad(label, first), *blocks, *cells])).rstrip()
        if not picture.funnel:
            yield from around
        yield from (f"{'':{first + 4}}{line}" for line in below if line)


def _block(bar: Bar, scale: Scale, wide: int) -> str:
    """As long as it is, to the eighth of a cell, the target as ┃."""
    length = scale.length(bar) * wide
    full, rest = divmod(round(length * 8), 8)
    text = "█" * full + (_EIGHTHS[rest] if rest else "")
    if not text and bar.number.value and bar.number.target != 0:
        text = _EIGHTHS[1]
    if (mark := scale.target(bar)) is not None:
        at = min(round(mark * wide), wide - 1)
        text = f"{pad(text, at)[:at]}┃{text[at + 1 :]}"
    return text


def _blocks(labels: Sequence[str], columns: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """Where there is no room for columns: each row by itself."""
    for at, label in enumerate(labels):
        yield f"  {label}"
        said = (f"{head} {texts[at]}".strip() for head, texts in columns if texts[at])
        yield from _wrapped(" · ".join(said), 4)


def _curve(picture: Curve) -> Iterator[str]:
    """A line of blocks a series, with what it comes to; then what was done when."""
    every = [x for one in picture.series for x, _y in one.points]
    if not every:
        return
    first, last = min(every), max(every)
    top = max(y for one in picture.series for _x, y in one.points)
    labels = [cut(visible(str(one.label)), _LABEL) for one in picture.series]
    wide = max(map(width, labels))
    known = [one.points if picture.steps else () for one in picture.series]
    ends = [str(amount(points[-1][1], "")) if points else "" for points in known]
    room = WIDE - 2 - wide - 2 - 2 - max(map(width, ends))
    places = min(last - first + 1, room)
    each = max(min(room // places, 4), 1)
    for one, label, end in zip(picture.series, labels, ends, strict=True):
        line = _level(one, picture.steps, first, last, places, top)
        yield f"  {pad(label, wide)}  {''.join(sign * each for sign in line)}  {end}"
    ticks = dict(picture.ticks)
    start, end = (visible(str(ticks.get(x, x))) for x in (first, last))
    between = max(places * each - width(start) - width(end), 1)
    yield f"  {'':{wide}}  {start}{'' if first == last else ' ' * between + end}"
    for x, mark in picture.marks:
        yield from _wrapped(f"{ticks.get(x, x)}: {mark}", wide + 4)
    if not picture.steps:  # none of its numbers stands for the others
        yield from _table(_numbers(picture))


def _numbers(picture: Curve) -> Grid:
    (grid,) = grids(picture)
    return grid


def _level(
    one: Series, steps: bool, first: int, last: int, places: int, top: float
) -> Iterator[str]:
    points = dict(one.points)
    value: float | None = None
    per = (last - first + 1) / places
    for place in range(places):
        until = first + int((place + 1) * per)
        found = [points[x] for x in range(first + int(place * per), until) if x in points]
        value = found[-1] if found else value if steps else None
        if value is None or value <= 0 or top <= 0:
            yield " "
        else:
            yield _LEVELS[max(round(8 * value / top), 1)]


def _heat(picture: Heat) -> Iterator[str]:
    """As many columns at once as there is room for."""
    grid, *_rest = grids(picture)
    first = max(width(row[0].text) for row in grid.rows)
    each = 1 + max(
        width(cell)
        for row in (grid.headings, *([c.text for c in r] for r in grid.rows))
        for cell in row[1:]
    )
    at_once = max((WIDE - 2 - first) // each, 1)
    for start in range(1, len(grid.headings), at_once):
        some = slice(start, start + at_once)
        yield f"  {'':{first}}" + "".join(pad_left(one, each) for one in grid.headings[some])
        for row in grid.rows:
            cells = "".join(pad_left(cell.text, each) for cell in row[some])
            yield f"  {pad(row[0].text, first)}{cells}".rstrip()


def _table(grid: Grid) -> Iterator[str]:
    """Columns where they fit, the last one below them where it is words; else a row a block."""
    rows = [[visible(cell.text) for cell in row] for row in grid.rows]
    rows = [[cut(row[0], _LABEL), *row[1:]] for row in rows]
    heads = [visible(one) for one in grid.headings]
    numbers = [any(row[at].number is not None for row in grid.rows) for at in range(len(heads))]
    widths = [max(map(width, column)) for column in zip(heads, *rows, strict=True)]
    below = [""] * len(rows)
    if sum(widths) + 2 * len(widths) > WIDE and not numbers[-1]:
        below = [row.pop() for row in rows]
        del heads[-1], widths[-1], numbers[-1]
    if sum(widths) + 2 * len(widths) > WIDE:
        columns = [(head, [row[at] for row in rows]) for at, head in enumerate(heads)]
        yield from _blocks([row[0] for row in rows], [*columns[1:], ("", below)])
        return
    for cells, words in zip((heads, *rows), ("", *below), strict=True):
        placed = [
            (pad_left if number else pad)(cell, wide)
            for cell, wide, number in zip(cells, widths, numbers, strict=True)
        ]
        yield ("  " + "  ".join(placed)).rstrip()
        if words:
            yield from _wrapped(words, 4)
