"""Bars: a number a row, as long as it is of the greatest or of its target; or several a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from opslog.domain.base.rates import UNKNOWN
from opslog.domain.base.sentences import bracketed, turns
from opslog.domain.reviews.numbers import COUNTING, PEOPLE, Number
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.domain.reviews.wording import TABLES, beside
from opslog.locale import _
from opslog.tui.reviews.drawn import Drawn, Spot, field, heading, labels_width
from opslog.tui.reviews.wording import (
    SIGNS,
    amount_text,
    part_text,
    share_text,
    value_text,
    whole_first,
    whole_text,
)
from opslog.tui.widgets.drawing import amount
from opslog.tui.widgets.text import (
    Line,
    Span,
    cut,
    cut_line,
    join,
    line,
    line_width,
    pad,
    pad_line,
    width,
    wrap,
    wrap_line,
)

LEAST = 8  # cells of a bar, below which there is none
MOST_OVER = 2.0  # of a target, beyond which a bar says no more
FLOW = 2  # rows for who left before a stage and why


# What a bar is drawn in, by the look of its number; red stays with what is late.
BLOCKS = {"good": "block-good", "warn": "block-warn", "late": "block-warn"}


def draw(picture: Bars, cells: int, at: str, against: str, *, low: bool) -> Drawn:
    """``at``: the key of the number under the cursor; ``against``: what all is held against;
    ``low``: there are few rows."""
    whys = {(bar.number.value, str(bar.number.why or "")) for bar in picture.bars}
    if picture.key == "show_up":
        return _in_a_row(picture, cells)
    if len(picture.bars) > 1 and len(whys) == 1 and whys.pop()[0] is None:
        return _unknown(picture, cells)
    if picture.columns:
        return _columns(picture, cells)
    return _rows(picture, cells, at, against, low=low)


def _spot(picture: Bars, number: Number, y: int, left: int, right: int) -> Spot:
    return Spot(picture.key, number.key, y, left, right, number)


def _unknown(picture: Bars, cells: int) -> Drawn:
    """All for one reason: it is said once."""
    first = picture.bars[0].number
    rows = [line((row, "dim")) for row in wrap(str(first.why or UNKNOWN), cells)]
    lines = [cut_line(line((str(picture.heading), "title")), cells), *rows]
    return Drawn(lines, [_spot(picture, first, 1, 0, cells)])


# -- one number a row --------------------------------------------------------------------


class _Field(NamedTuple):
    """A column right of the bars."""

    texts: Sequence[Span]
    right: bool = True

    @property
    def cells(self) -> int:
        return max((width(text) for text, _look in self.texts), default=0)

    def at(self, row: int) -> Span:
        text, look = self.texts[row]
        return pad(text, self.cells, right=self.right), look


def _rows(picture: Bars, cells: int, at: str, against: str, *, low: bool) -> Drawn:
    together = low and picture.funnel and sum(bar.number.value is None for bar in picture.bars) > 1
    unknown = [
        bar.number
        for bar in picture.bars
        if together and bar.number.value is None and bar.number.look != COUNTING
    ]
    bars = [bar for bar in picture.bars if bar.number not in unknown]
    numbers = [bar.number for bar in bars]
    aims = any(one.target is not None for one in numbers)
    label = labels_width((one.label for one in numbers), cells)
    fields, compared = _fields(
        bars,
        cells - label - LEAST - 2,
        compared=bool(against) and not aims,
        said=picture.note is not None,
    )
    bar = max(cells - label - sum(one.cells + 1 for one in fields) - 1, 0)
    plain = picture.key in TABLES and not aims
    bar = bar if bar >= LEAST and not plain else 0
    marked = any(one.target and one.value is not None for one in numbers)
    said = picture.note or (_("┃ is the target") if marked else "")
    if compared and not said:
        said = f"± {against}"
    lines = heading(picture.heading, line((str(said), "muted")), cells)
    spots = []
    most = _most(bars)
    for row, one in enumerate(bars):
        left = pad_line(cut_line(line(str(one.number.label)), label), label)
        if one.number.value is None and one.number.why:
            spans = (*left, *line(" ", (UNKNOWN, "dim")))
            notes = [_why(one.number)]
        else:
            spans = (*left, (" ", ""), *_bar(one, most, bar, aims=aims))
            for column in fields:
                spans = (*spans, (" ", ""), column.at(row))
            notes = [*map(str, turns(one.number.note))] if plain and one.number.note else []
        spots.append(_spot(picture, one.number, len(lines), 0, cells))
        beside = (*spans, *line("  ", (" ".join(notes), "dim"))) if notes else spans
        if not plain or (len(notes) < 2 and line_width(beside) <= cells):
            lines.append(cut_line(beside, cells))
            continue
        lines.append(cut_line(spans, cells))
        lines += [line("  ", (row, "dim")) for part in notes for row in wrap(part, cells - 2)]
    flowing = [one for one in bars if one.left or one.joined]
    if picture.funnel and flowing:
        flow = _flow(picture, flowing, cells, at)
        spots += [spot.moved(len(lines), 0) for spot in flow.spots]
        lines += flow.lines
    if unknown:
        why = [str(bracketed(one.label, one.why) if one.why else one.label) for one in unknown]
        for named in (why, [str(one.label) for one in unknown]):
            whole = _("Not known: {stages}").format(stages=" · ".join(named))
            if width(whole) <= cells:
                break
        lines.append(line((cut(whole, cells), "dim")))
    return Drawn(lines, spots)


def _fields(
    bars: Sequence[Bar], cells: int, *, compared: bool, said: bool
) -> tuple[list[_Field], bool]:
    """The columns right of the bars, as many as fit: the number, its share, of what, and how much
    more that is than what it is held against; whether that is among them. ``said``: the picture
    says which bars are cut short."""
    numbers = [bar.number for bar in bars]
    found = [_Field([(_against_target(one), "strong") for one in numbers])]
    if any(one.target is not None for one in numbers):
        found.append(_Field([(SIGNS.get(one.look, ""), one.look) for one in numbers]))
    scale = "" if said else _("not to scale")
    wholes = [scale if bar.broken else whole_text(bar.number) for bar in bars]
    parts = ["" if bar.broken else part_text(bar.number) for bar in bars]
    changes = _Field([(text if compared else "", "muted") for _it, text in beside(numbers)])
    short = [share_text(one, short=True) for one in numbers]
    shares, whole = _Field([(text, "muted") for text in short]), _of_what(short, wholes, parts)

    def room(fields: Sequence[_Field], at_most: int = cells) -> bool:
        return sum(one.cells + 1 for one in [*found, *fields]) <= at_most

    middle = [shares] if shares.cells and room([shares]) else []
    middle = whole if any(wholes) and room(whole) else middle
    last = [changes] if changes.cells and room([*middle, changes]) else []
    if middle is whole and any(one.rate and not one.rate.speaks for one in numbers):
        full = [f"{share_text(one):>3}" for one in numbers]
        in_full = _of_what(full, wholes, parts, below=True)
        middle = in_full if room([*in_full, *last], cells - LEAST) else middle
    return [*found, *middle, *last], bool(last)


def _of_what(
    shares: Sequence[str], wholes: Sequence[str], parts: Sequence[str], *, below: bool = False
) -> list[_Field]:
    """Each share and what it is one of, in the order of the language: “62%” “of valid (70/113)”,
    “占有效” “62% (70/113)”. ``below``: shares that are said in full begin below each other."""
    wide = max(map(width, shares), default=0)
    if not below:
        shares = [pad(one, wide, right=True) for one in shares]
    first, then = (wholes, shares) if whole_first() else (shares, wholes)
    ends = [f"{text} {part}".rstrip() for text, part in zip(then, parts, strict=True)]
    looks = ("dim", "muted") if whole_first() else ("muted", "dim")
    if below and not whole_first():  # what follows stands right behind each
        ends = [f"{one} {end}".rstrip() for one, end in zip(first, ends, strict=True)]
        return [_Field([(text, "muted") for text in ends], right=False)]
    fields = [
        _Field([(text, look) for text in texts], right=False)
        for texts, look in zip((first, ends), looks, strict=True)
    ]
    return [one for one in fields if one.cells]


def _why(number: Number) -> str:
    """Why it is not known, and what it was to be."""
    if number.target is None:
        return str(number.why)
    aim = _("target {n}").format(n=amount_text(number.target, number.unit))
    return f"{number.why} · {aim}"


def _against_target(number: Number) -> str:
    if number.target is None:
        return value_text(number)
    return f"{value_text(number)} / {value_text(number._replace(value=number.target))}"


def _most(bars: Sequence[Bar]) -> float:
    """What a whole bar stands for; with targets how many times one."""
    if any(bar.number.target for bar in bars):
        over = [bar.number.value / bar.number.target for bar in bars
                if bar.number.target and bar.number.value is not None]  # fmt: skip
        return min(max([1.05, *over]), MOST_OVER)
    return max((bar.number.value or 0 for bar in bars if not bar.broken), default=0)


def _bar(bar: Bar, most: float, cells: int, *, aims: bool) -> Line:
    """``aims``: they are held against targets, and one without has no bar; one that goes far
    beyond its target ends in ▸."""
    number = bar.number
    if not cells:
        return ()
    look = BLOCKS.get(number.look, "block")
    if bar.broken:
        return (("░" * cells, "dim"),)
    if not aims:
        return amount(number.value or 0, most, cells, look)
    if not number.target:
        return ((" " * cells, ""),)
    part = (number.value or 0) / number.target
    drawn = _marked(amount(part, most, cells, look), min(int(cells / most), cells - 1))
    return (*drawn[:-1], ("▸", drawn[-1][1])) if part > MOST_OVER else drawn


def _marked(drawn: Line, at: int) -> Line:
    """The bar with ┃ on the cell ``at``."""
    found: list[Span] = []
    seen = 0
    for text, look in drawn:
        for character in text:
            found.append(("┃", "focal") if seen == at else (character, look))
            seen += 1
    return tuple(found)


def _flow(picture: Bars, flowing: Sequence[Bar], cells: int, at: str) -> Drawn:
    """Who left before the stage under the cursor, for which reason, and who joined there; else
    before the one where most left. Always as many rows, so that nothing jumps."""
    drawn = [_left(picture, one, cells) for one in flowing]
    keys = [{bar.number.key, *(one.key for one in (*bar.left, *bar.joined))} for bar in flowing]
    left = [sum(one.value or 0 for one in bar.left) for bar in flowing]
    here = next((place for place, some in enumerate(keys) if at in some), left.index(max(left)))
    rows = max(len(one.lines) for one in drawn)
    shown = drawn[here]
    return Drawn([*shown.lines, *[()] * (rows - len(shown.lines))], shown.spots)


def _left(picture: Bars, bar: Bar, cells: int) -> Drawn:
    lines: list[Line] = []
    spots: list[Spot] = []
    row: Line = line((_("Before “{stage}”").format(stage=bar.number.label), "muted"))
    parts = [("−", one) for one in bar.left] + [("+", one) for one in bar.joined]
    for sign, one in parts:
        part = line((f"{sign}{value_text(one)}", "strong"), " ", str(one.label))
        if line_width(row) + 2 + line_width(part) > cells and len(lines) < FLOW - 1:
            lines.append(row)
            row = ()
        x = line_width(row) + 2
        if x + line_width(part) > cells:
            row = (*row, ("  …", "dim"))
            break
        spots.append(_spot(picture, one, len(lines), x, x + line_width(part)))
        row = (*row, ("  ", ""), *part)
    return Drawn([*lines, cut_line(row, cells)], spots)


# -- several numbers a row ---------------------------------------------------------------


def _columns(picture: Bars, cells: int) -> Drawn:
    """The names at the left, the numbers in columns, and the first as a bar where there is room:
    within it the second, where that is a part of it."""
    rows = [(bar.number, *bar.more) for bar in picture.bars]
    label = labels_width((row[0].label for row in rows), cells)
    heads = [str(one) for one in picture.columns]
    wides = []
    for place, head in enumerate(heads):
        values = [value_text(row[place]) for row in rows if place < len(row)]
        wides.append(max(map(width, [head, *values])))
    change = [text for _it, text in beside([row[0] for row in rows])]
    if any(change):
        heads, wides = [*heads, "±"], [*wides, max(map(width, change))]
    shown = len(wides)
    while shown > 1 and label + sum(wides[:shown]) + 2 * shown > cells:
        shown -= 1  # the last columns give way
    bar = cells - label - sum(wides[:shown]) - 2 * shown - 1
    bar = bar if bar >= LEAST and _compare(rows) else 0
    start = cells - sum(wides[:shown]) - 2 * (shown - 1)
    over: Line = ()
    for head, wide in zip(heads[:shown], wides, strict=False):
        over = (*over, *([("  ", "")] if over else []), field(head, wide, "muted"))
    lines = heading(picture.heading, over, cells)
    if len(lines) > 1:  # the heads are columns: never broken
        lines = [lines[0], (*line(" " * (cells - line_width(over))), *over)]
    spots: list[Spot] = []
    most = max((row[0].value or 0 for row in rows), default=0)
    for row, delta in zip(rows, change, strict=True):
        spans = pad_line(cut_line(line(str(row[0].label)), label), label)
        if bar:
            spans = (*spans, (" ", ""), *_within(row, most, bar))
        spans = pad_line(spans, start)
        for place in range(shown):
            number = row[place] if place < len(row) else None
            spans = (*spans, *([("  ", "")] if place else []))
            x = line_width(spans)
            if number is None:
                text = delta if place == len(heads) - 1 and any(change) else ""
                spans = (*spans, field(text, wides[place], "muted"))
                continue
            look = number.look or ("strong" if number.value else "dim")
            spans = (*spans, field(value_text(number), wides[place], look))
            spots.append(_spot(picture, number, len(lines), x, x + wides[place]))
        lines.append(spans)
    note = picture.note
    lines += [line((text, "muted")) for text in wrap(str(note), cells)] if note else []
    return Drawn(lines, spots)


def _compare(rows: Sequence[Sequence[Number]]) -> bool:
    """Whether the first numbers are of one kind, so that bars of them say something."""
    return (
        len(rows) > 1
        and all(row[0].unit == PEOPLE for row in rows)
        and any(row[0].of_label is None for row in rows)
    )


def _within(row: Sequence[Number], most: float, cells: int) -> Line:
    """A bar of the first number, its beginning that of the second."""
    whole = amount(row[0].value or 0, most, cells, "block")
    part = row[1].value if len(row) > 1 and row[1].unit == PEOPLE else None
    if part is None or part > (row[0].value or 0):
        return whole
    taken, front = width(whole[0][0]), round(cells * part / most) if most else 0
    front = min(max(front, int(part > 0)), taken)
    return ("█" * front, "block-good"), ("▒" * (taken - front), "dim")


def _in_a_row(picture: Bars, cells: int) -> Drawn:
    """Rates beside each other, each with its count."""
    lines: list[Line] = []
    spots: list[Spot] = []
    row: Line = line((str(picture.heading), "title"))
    known = [bar.number for bar in picture.bars if bar.number.value is not None]
    if not known:
        first = picture.bars[0].number
        why = " · ".join(dict.fromkeys(str(bar.number.why or UNKNOWN) for bar in picture.bars))
        row = cut_line((*row, *line("  ", (why, "dim"))), cells)
        return Drawn([row], [_spot(picture, first, 0, 0, cells)])
    for bar in picture.bars:
        one = bar.number
        if one.value is None:
            part = line((UNKNOWN, "dim"), " ", (str(one.why or one.label), "dim"))
        else:
            counts = f"({value_text(one)}/{value_text(one._replace(value=one.of))})"
            share = share_text(one)
            said = [line((share, "strong")), line((whole_text(one), "muted"))]
            if whole_first():
                said.reverse()
            alone = one.rate is not None and one.rate.speaks and one.part is None
            part = join([*said, line((counts if alone else part_text(one), "muted"))], " ")
        if line_width(row) + 3 + line_width(part) > cells:
            lines.append(row)
            row = ()
        row = (*row, ("  ", ""))
        spots.append(
            _spot(picture, one, len(lines), line_width(row), line_width(row) + line_width(part))
        )
        row = (*row, *part)
    lines.append(row)
    if picture.note:
        lines += wrap_line(line((str(picture.note), "muted")), cells)
    return Drawn(lines, spots)
