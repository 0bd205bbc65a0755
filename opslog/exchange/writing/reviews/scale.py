"""What the bars of a review are drawn by, in blocks or in SVG: how long each is, the numbers beside
them, and who left or joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from opslog.domain.base.widths import cut, width
from opslog.domain.reviews.numbers import Number
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.domain.reviews.wording import RATES, amount, beside, counted, share, value
from opslog.locale import _

OVER = 4 / 3  # so far a bar goes beyond its target before it is cut


class Scale:
    """How long the bars of a picture are: each as it is of the greatest, of its target, or of its
    whole."""

    def __init__(self, picture: Bars) -> None:
        self._rates = picture.key in RATES
        lengths = [
            bar.number.value or 0
            for bar in picture.bars
            if not bar.broken and bar.number.target is None
        ]
        self._greatest = max(lengths, default=0)

    def length(self, bar: Bar) -> float:
        """From 0 to 1; against a target of 0 there is no bar."""
        one = bar.number
        if one.value is None or one.value <= 0 or one.target == 0:
            return 0.0
        if self._rates and one.of:
            return min(one.value / one.of, 1.0)
        if one.target:
            return min(one.value / one.target / OVER, 1.0)
        if bar.broken or self._greatest <= 0:
            return 1.0
        return min(one.value / self._greatest, 1.0)

    def target(self, bar: Bar) -> float | None:
        """Where its target stands, from 0 to 1."""
        return 1 / OVER if bar.number.target and not self._rates else None


class Column(NamedTuple):
    """Numbers beside the bars. ``look``: figure, the number itself; muted, what it is read with."""

    heading: str
    texts: Sequence[str]
    look: str


def columns_of(picture: Bars, bars: Sequence[Bar]) -> list[Column]:
    """Those that hold anything."""
    numbers = [bar.number for bar in bars]
    heads = [str(one) for one in picture.columns]

    def target(one: Number) -> str:
        return "" if one.target is None else f"/ {amount(one.target, one.unit)}"

    compared = beside(numbers)
    more = max((len(bar.more) for bar in bars), default=0)
    found = [
        Column(heads[0] if heads else "", [str(value(one)) for one in numbers], "figure"),
        Column("", [*map(target, numbers)], "muted"),
        Column("", [str(share(one) or "") for one in numbers], "muted"),
        Column(_("beside it"), [text for text, _change in compared], "muted"),
        Column("", [change for _text, change in compared], "muted"),
        *(
            Column(
                heads[at + 1] if len(heads) > at + 1 else "",
                [str(counted(bar.more[at])) if at < len(bar.more) else "" for bar in bars],
                "figure",
            )
            for at in range(more)
        ),
    ]
    return [found[0], *(one for one in found[1:] if any(one.texts))]


def moved(bar: Bar, room: int) -> Iterator[tuple[str, str]]:
    """Who left, and who joined, in lines."""
    for numbers, sign, look in ((bar.left, "−", "left"), (bar.joined, "+", "joined")):
        said = [f"{sign} {counted(one)} {one.label}" for one in numbers]
        for line in filled(said, room):
            yield line, look


def filled(parts: Iterable[str], room: int, between: str = "   ") -> Iterator[str]:
    """As many in a line as it holds."""
    line = ""
    for part in parts:
        part = cut(part, room)
        if line and width(line + between + part) > room:
            yield line
            line = ""
        line = f"{line}{between}{part}" if line else part
    if line:
        yield line
