"""The pictures of a review as tables, for whatever writes them: below the picture of a page, in a
workbook, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from opslog.domain.base.rates import UNKNOWN, Rate, percent_said
from opslog.domain.base.sentences import in_turn
from opslog.domain.reviews.numbers import COUNT, PEOPLE, Number
from opslog.domain.reviews.pictures import Bar, Bars, Curve, Heat, Lines, Picture
from opslog.domain.reviews.wording import (
    amount,
    counted,
    difference,
    share,
    speaks_of_change,
    value,
)
from opslog.locale import N_, _, msg

PERCENT = "percent"  # unit of a cell: 0.63 is 63%


class Cell(NamedTuple):
    """``text`` as it is read; ``number`` as a program takes it, None for words."""

    text: str
    number: float | None = None
    unit: str = ""
    rate: Rate | None = None  # what a share rests on


class Grid(NamedTuple):
    """``title`` '' where it is the picture's own. ``headings`` as many as cells in each row; the
    first column says what a row is."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def grids(picture: Picture, beside: str = "") -> list[Grid]:
    """None of what is empty. ``beside``: what the review is held against, above its numbers."""
    if isinstance(picture, Bars):
        found = [_bars(picture, beside), *_moves(picture)]
    elif isinstance(picture, Curve):
        found = [_curve(picture)]
    elif isinstance(picture, Heat):
        found = _heat(picture)
    else:
        found = [_lines(picture)]
    return [one for one in found if one.rows]


def share_cell(number: Number) -> Cell:
    """Of the same part as is said: who came in beside is no share of the whole."""
    said, rate = share(number), number.rate
    if said is None or rate is None:
        return Cell("")
    return Cell(str(said), rate.part / rate.of, PERCENT, rate)


def number_cell(number: Number) -> Cell:
    return Cell(str(value(number)), number.value, number.unit)


def remark(number: Number) -> str:
    """What is to be known about it: why it is not known, and its note."""
    why = number.why if number.value is None else None
    return str(in_turn(one for one in (why, number.note) if one is not None))


def _bars(picture: Bars, beside: str) -> Grid:
    numbers = [bar.number for bar in picture.bars]
    more = max((len(bar.more) for bar in picture.bars), default=0)
    heads = [str(one) for one in picture.columns]
    has_target = any(one.target is not None for one in numbers)
    is_reached = any(one.target and one.value is not None for one in numbers)
    has_share = any(one.rate is not None for one in numbers)
    is_compared = any(one.compared is not None for one in numbers)
    is_noted = any(map(remark, numbers))
    headings = [
        "",
        heads[0] if heads else _("This event"),
        *([_("Target")] if has_target else []),
        *([_("Of the target")] if is_reached else []),
        *([_("Share")] if has_share else []),
        *([beside or _("Compared"), _("Difference")] if is_compared else []),
        *(heads[1 : more + 1] + [_beside(picture, at) for at in range(len(heads[1:]), more)]),
        *([_("Remark")] if is_noted else []),
    ]

    def row(bar: Bar) -> Iterator[Cell]:
        one = bar.number
        yield Cell(str(one.label))
        yield number_cell(one)
        if has_target:
            yield amount_cell(one.target, one.unit)
        if is_reached:
            yield _reached_cell(one)
        if has_share:
            yield share_cell(one)
        if is_compared:
            yield Cell(str(amount(one.compared, one.unit)), one.compared, one.unit)
            yield _change_cell(one)
        for further in bar.more:
            yield _counted(further)
        yield from [Cell("")] * (more - len(bar.more))
        if is_noted:
            yield Cell(remark(one))

    return Grid("", headings, [list(row(bar)) for bar in picture.bars])


def _beside(picture: Bars, at: int) -> str:
    """What the numbers beside are, where no column says it."""
    labels = (str(bar.more[at].label) for bar in picture.bars if len(bar.more) > at)
    return " · ".join(dict.fromkeys(labels))


def amount_cell(number: float | None, unit: str) -> Cell:
    return Cell("") if number is None else Cell(str(amount(number, unit)), number, unit)


def _reached_cell(number: Number) -> Cell:
    if number.value is None or not number.target:
        return Cell("")
    part = number.value / number.target
    few = Rate(round(number.value), round(number.target))
    if number.unit in (PEOPLE, COUNT) and not few.speaks and few.of:
        return Cell(few.share, part, PERCENT, few)
    return Cell(percent_said(part), part, PERCENT)


def _change_cell(number: Number) -> Cell:
    text = difference(number) or UNKNOWN
    if number.value is None or not number.compared or not speaks_of_change(number):
        return Cell(text)
    return Cell(text, (number.value - number.compared) / abs(number.compared), PERCENT)


def _counted(number: Number) -> Cell:
    """A number of a column, with its share and why it is not known in the words."""
    return Cell(str(counted(number)), number.value, number.unit)


def _moves(picture: Bars) -> Iterator[Grid]:
    """Who left before each stage and why, and who came in beside."""
    rows = [
        [Cell(str(bar.number.label)), Cell(str(move)), Cell(str(one.label)), _counted(one)]
        for bar in picture.bars
        for move, numbers in ((msg(_LEFT), bar.left), (msg(_JOINED), bar.joined))
        for one in numbers
    ]
    if rows:
        heads = (_("Before this stage"), _("Went or came"), _("Reason"), _("This event"))
        yield Grid(_("Who left where, and why"), heads, rows)


def _curve(picture: Curve) -> Grid:
    places = sorted(
        {x for one in picture.series for x, _y in one.points} | dict(picture.marks).keys()
    )
    ticks = dict(picture.ticks)
    known = [dict(one.points) for one in picture.series]
    # What adds up: how many came in on each day, too.
    each = dict(picture.numbers) if picture.steps else {}

    def row(x: int) -> Iterator[Cell]:
        yield Cell(str(ticks.get(x, x)))
        for points in known:
            y = points.get(x)
            yield Cell("") if y is None else Cell(str(amount(y, "")), y)
        if each:
            yield Cell(str(value(each[x])), each[x].value) if x in each else Cell("")
        if picture.marks:
            yield Cell(str(in_turn(mark for at, mark in picture.marks if at == x)))

    headings = ["", *(str(one.label) for one in picture.series)]
    headings += [_("That day")] if each else []
    headings += [_("What was done")] if picture.marks else []
    return Grid("", headings, [list(row(x)) for x in places])


def _heat(picture: Heat) -> list[Grid]:
    """How large the share is, then of how many: a table each, so that each holds numbers."""
    at = {(one.row, one.column): one for one in picture.cells}
    headings = ["", *map(str, picture.columns)]

    def grid(title: str, kind: str) -> Grid:
        rows = []
        for row, label in enumerate(picture.rows):
            cells = [Cell(str(label))]
            for column in range(len(picture.columns)):
                one = at.get((row, column))
                if one is None:
                    cells.append(Cell(""))
                elif kind == PERCENT:
                    portion = one.part / one.of if one.of else None
                    rate = Rate(one.part, one.of) if one.of else None
                    cells.append(Cell(f"{one.part}/{one.of}", portion, PERCENT, rate))
                else:
                    count = one.part if kind == "part" else one.of
                    cells.append(Cell(f"{count:,}", count))
            rows.append(cells)
        return Grid(title, headings, rows)

    return [grid(_("Share"), PERCENT), grid(_("Successes"), "part"), grid(_("Tries"), "of")]


def _lines(picture: Lines) -> Grid:
    rows = [[Cell(str(who)), Cell(str(text))] for who, text in picture.lines]
    if not rows and picture.empty is not None:
        rows = [[Cell(""), Cell(str(picture.empty))]]
    heads = _OF_LINES.get(picture.key, (N_("Who"), N_("What")))
    return Grid("", [_(one) for one in heads], rows)


_OF_LINES = {"pdca": (N_("Part"), N_("What")), "five": (N_("State"), N_("Question"))}
_LEFT, _JOINED = N_("went"), N_("came in beside")
