"""What a review shows, apart from how it is drawn: screens draw these as blocks, pages as SVG,
workbooks as tables with charts, Markdown as tables. Every number of a review is in one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from opslog.domain.reviews.numbers import Number
from opslog.locale import Msg


class Bar(NamedTuple):
    """A number as long as it is of the greatest, or of its ``target`` where it has one.

    ``left`` are those who left before it and why, ``joined`` those who came in beside (walk-ins):
    of a funnel the stage whose key is ``before``, less who left, plus who joined, is the stage.
    ``before`` '': it follows from none (the first; lost and returned, which stand beside won).
    ``broken``: too long for the scale of the others. ``more``: further numbers of the same row, in
    columns."""

    number: Number
    left: tuple[Number, ...] = ()
    joined: tuple[Number, ...] = ()
    broken: bool = False
    more: tuple[Number, ...] = ()
    before: str = ""


class Bars(NamedTuple):
    """``columns``: the headings of the number and of those beside it, () where the label says it.
    ``funnel``: each is a part of one above it."""

    key: str
    heading: Msg
    bars: tuple[Bar, ...]
    note: Msg | None = None
    columns: tuple[Msg, ...] = ()
    funnel: bool = False


class Series(NamedTuple):
    """``points``: (x, y) in the order of x. ``compared``: drawn as what one is held against."""

    label: Msg
    points: tuple[tuple[int, float], ...]
    compared: bool = False


class At(NamedTuple):
    """A number that belongs to an x of a curve."""

    x: int
    number: Number


class Curve(NamedTuple):
    """Over time. ``steps``: added up so far, so that it stands level between two points. ``marks``:
    what was done at an x (a round of promotion). ``ticks``: the words below some x (T-7, 11-23).
    ``numbers`` are what one's own points are made of, in the order of x; ``total`` is what they add
    up to, where that stands beside the name of the first series, and ``undated`` so many of whom no
    x is known."""

    key: str
    heading: Msg
    series: tuple[Series, ...]
    marks: tuple[tuple[int, Msg], ...] = ()
    ticks: tuple[tuple[int, Msg], ...] = ()
    steps: bool = False
    note: Msg | None = None
    numbers: tuple[At, ...] = ()
    total: Number | None = None
    undated: Number | None = None

    def every_number(self) -> Iterator[Number]:
        """In the order they stand there."""
        yield from (one for one in (self.total,) if one is not None)
        yield from (one.number for one in self.numbers)
        yield from (one for one in (self.undated,) if one is not None)


class Cell(NamedTuple):
    """A field of a heat map: ``part`` of ``of`` had success; its number opens the rows."""

    row: int
    column: int
    part: int
    of: int
    number: Number


class Heat(NamedTuple):
    key: str
    heading: Msg
    rows: tuple[Msg, ...]
    columns: tuple[Msg, ...]
    cells: tuple[Cell, ...]  # of those fields alone where there is anything
    note: Msg | None = None


class Lines(NamedTuple):
    """Words: who said it (or a heading, a sign; '' nothing) and what: one's own words and people's
    are text, what opslog says is a Msg."""

    key: str
    heading: Msg
    lines: tuple[tuple[str | Msg, str | Msg], ...]
    note: Msg | None = None
    empty: Msg | None = None  # what stands where there are none
    opens: tuple[Number | None, ...] = ()  # of each line what it is one of; () nothing


Picture = Bars | Curve | Heat | Lines


class Part(NamedTuple):
    """Pictures that belong together, under one heading of a page."""

    heading: Msg
    pictures: tuple[Picture, ...]
