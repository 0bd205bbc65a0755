"""What speaks for a delimiter, once the first rows of a file have been read with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from opslog.exchange.headings import known as heading_known

_SEARCHED = heading_known.SEARCHED
_LONGEST_HEADING = 40
# A comma within a number, a moment or a sum of money parts no cells.
_ONE_VALUE = re.compile(
    r"[-+$€£¥ ]*\d[\d.,' ]*%?|[\d/.-]+,? +\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?", re.I
)
# Worth of what is seen in one measure: a known heading tells as much as 3/4 of the rows.
_HEADING, _LAYOUT, _EVEN, _WHOLE, _QUOTED = 3.0, 12.0, 4.0, 4.0, 3.0


@dataclass(frozen=True)
class Evidence:
    """How good a table a delimiter makes; shares are 0 to 1.

    ``headings`` counts the known ones of the best row of them, ``layout`` whether it is that of a
    known layout. ``even``: rows as wide as the headings, or as most are. ``whole``: cells that
    hold no other delimiter. ``quoted``: quotation marks that stand beside this delimiter rather
    than another. ``alone_above``: the first line is one known heading, and no row below is.
    """

    headings: float
    layout: bool
    even: float
    whole: float
    quoted: float
    alone_above: bool = False

    @property
    def headed(self) -> bool:
        return self.layout or self.headings >= 2

    @property
    def worth(self) -> float:
        return (
            _HEADING * min(self.headings, 6)
            + _LAYOUT * self.layout
            + _EVEN * self.even
            + _WHOLE * self.whole
            + _QUOTED * self.quoted
        )

    def rivals(self, best: Evidence, close: float) -> bool:
        """Whether a person could take this table for the right one instead of ``best``."""
        if self.even < 0.3 or (best.headed and not self.headings and not self.layout):
            return False
        return best.worth - self.worth < close


def evidence(
    rows: Sequence[Sequence[str]],
    sample: str,
    delimiter: str,
    others: Collection[str],
    layouts: Collection[frozenset[str]],
) -> Evidence:
    """What the rows that ``delimiter`` makes of the sample say for it.

    ``others`` are the delimiters that occur in the sample.
    """
    rivals = "".join(one for one in others if one != delimiter)
    inside = re.compile(f"[{re.escape(rivals)}]") if rivals else None
    at, headings, layout = _headings(rows, inside, layouts)
    width = len(_trimmed(rows[at])) if headings >= 2 or layout else 0
    even = _evenness(rows[at:] if width else rows, width)
    first = _trimmed(rows[0]) if rows else []
    alone = (
        len(first) == 1
        and heading_known.is_known(first[0])
        and len(rows) > 1
        and not any(len(row) == 1 for row in rows[1:])
    )
    return Evidence(
        headings,
        layout,
        even,
        _wholeness(rows[at:], inside),
        _quotes_next_to(sample, delimiter, others),
        alone,
    )


def share_of_width(rows: Sequence[Sequence[str]]) -> float:
    """The share of rows that are as wide as most are."""
    counts = Counter(map(len, rows))
    return max(counts.values()) / counts.total() if counts else 0.0


def _headings(
    rows: Sequence[Sequence[str]],
    inside: re.Pattern[str] | None,
    layouts: Collection[frozenset[str]],
) -> tuple[int, float, bool]:
    """Of the row that looks most like headings: its number, how many it has, a known layout."""
    best = (0, 0.0, False)
    for at, row in enumerate(rows[:_SEARCHED]):
        cells = [cell for cell in row if cell.strip()]
        if len(cells) < 2:
            continue
        number = sum({cell: _heading(cell, inside) for cell in cells}.values())
        folded = set(map(heading_known.fold, cells)) if layouts else set()
        layout = any(folded >= headings for headings in layouts)
        if (layout, number) > (best[2], best[1]):
            best = (at, number, layout)
    return best


def _heading(cell: str, inside: re.Pattern[str] | None) -> float:
    if len(cell) > _LONGEST_HEADING or (inside is not None and inside.search(cell)):
        return 0.0
    if heading_known.is_known(cell):
        return 1.0
    return 0.4 if heading_known.may_mean(cell) else 0.0


def _trimmed(row: Sequence[str]) -> list[str]:
    cells = list(row)
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _evenness(rows: Sequence[Sequence[str]], width: int) -> float:
    """The share of rows of this width, or of the commonest; half for what has several cells too."""
    widths = Counter(map(len, rows))
    several = {one: number for one, number in widths.items() if one > 1}
    if not several:
        return 0.0
    width = width or max(several, key=lambda one: (several[one], one))
    ragged = sum(number for one, number in several.items() if one != width)
    return (several.get(width, 0) + ragged / 2) / widths.total()


def _wholeness(rows: Iterable[Sequence[str]], inside: re.Pattern[str] | None) -> float:
    """The share of cells that no other delimiter stands in, numbers and moments aside."""
    if inside is None:
        return 1.0
    total = torn = 0
    for row in rows:
        for cell in row:
            if cell:
                total += 1
                if inside.search(cell) and not _ONE_VALUE.fullmatch(cell.strip()):
                    torn += 1
    return 1 - torn / total if total else 0.0


def _quotes_next_to(sample: str, delimiter: str, others: Collection[str]) -> float:
    """The share of quotation marks next to a delimiter that stand next to this one."""
    if '"' not in sample:
        return 0.0
    counts = {
        one: sample.count(f'"{one}') + sample.count(f'{one}"') for one in {*others, delimiter}
    }
    total = sum(counts.values())
    return counts[delimiter] / total if total else 0.0
