"""The numbers of a report as a list: what it is, how much beside the others, how many."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from opslog.domain.base.rates import Rate
from opslog.domain.reports.figures import AHEAD, EVENTS, TIME, Figure, minutes_text
from opslog.locale import _
from opslog.tui.widgets.drawing import amount
from opslog.tui.widgets.rows import Column, Row
from opslog.tui.widgets.text import Line, line

COLUMNS = (Column(flex=3), Column(flex=2, least=40), Column(width=9, right=True), Column(width=7))


def rows(figures: Iterable[Figure]) -> list[Row]:
    """A key is the group and the figure's own key."""
    found: list[Row] = []
    for group, some in groupby(figures, key=attrgetter("group")):
        inside = list(some)
        if found:
            found.append(Row(("air", group), heading=()))
        found.append(Row(("group", group), heading=line(" ", (_(group), "title"))))
        most = max(one.value for one in inside)
        found += [_row(one, most) for one in inside]
    return found


def _row(one: Figure, most: int) -> Row:
    number = str(one.value) if one.minutes is None else str(minutes_text(one.minutes))
    rate = Rate(one.value, one.of)
    share = str(rate.alone) if rate.speaks else f"/ {one.of}" if one.of else ""
    sign = ("▲ ", "late") if one.late else ""
    compared = not one.late and one.group not in (EVENTS, AHEAD)

    def bar(cells: int) -> Line:
        return amount(one.value, most, cells - 1, "accent" if one.group == TIME else "good")

    return Row(
        (one.group, one.key),
        (
            line("  " * one.key.count("."), sign, str(one.label)),
            bar if compared else (),
            line((number, "late" if one.late else "strong")),
            line((share, "muted")),
        ),
    )
