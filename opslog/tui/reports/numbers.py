"""The numbers of a report as a list: what it is, how much beside the others, how many."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from opslog.domain.reports.figures import TIME, Figure, minutes_text, rate
from opslog.domain.reports.sums import ENOUGH
from opslog.locale import _
from opslog.tui.widgets.drawing import amount
from opslog.tui.widgets.rows import Column, Row
from opslog.tui.widgets.text import line

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
    share = str(rate(one.value, one.of)) if one.of >= ENOUGH else f"/ {one.of}" if one.of else ""
    look = "late" if one.late else "strong"
    return Row(
        (one.group, one.key),
        (
            line(("▲ ", "late") if one.late else "", str(one.label)),
            lambda cells: (
                amount(one.value, most, cells - 1, "accent" if one.group == TIME else "good")
                if not one.late
                else ()
            ),
            line((number, look)),
            line((share, "muted")),
        ),
    )
