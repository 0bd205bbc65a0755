"""Where a list begins in its file: title lines, the headings, and the first rows below them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import ImportOptions
from opslog.exchange.headings import known as heading_known
from opslog.exchange.headings.location import place
from opslog.exchange.headings.rows import Row
from opslog.exchange.meaning.column_choice import headings_told
from opslog.locale import N_, msg

PREVIEW_ROWS = 50
# More title lines than this above the headings, and --header has to name the line.
_MOST_ABOVE = 2_000


def head(rows: Iterator[Row]) -> list[Row]:
    """The rows a layout is recognised by."""
    seen: list[Row] = []
    filled = 0
    for row in islice(rows, _MOST_ABOVE):  # a stray cell may stand a million lines down
        seen.append(row)
        filled += not row.blank
        if filled >= heading_known.SEARCHED:
            break
    return seen


def split(
    path: Path, sheet: str, rows: Iterator[Row], options: ImportOptions
) -> tuple[tuple[Row, ...], Row | None, tuple[Row, ...]]:
    """The title lines, the headings, and the first rows below them."""
    wanted = options.header_row
    above: list[Row] = []
    if wanted:
        for row in islice(rows, _MOST_ABOVE):
            if row.line == wanted and not row.blank:
                return _kept(above), row, some(rows)
            if row.line >= wanted:
                break
            above.append(row)
        raise Refused(
            msg(
                N_("{place}: there is nothing on line {line} that could be headings"),
                place=place(path, sheet, 0),
                line=wanted,
            )
        )
    if wanted == 0:
        return (), None, some(rows)
    seen = head(rows)
    found = heading_known.find_row(seen, headings_told(options.columns))
    if found is None:
        return (), None, _kept(seen) or some(rows)
    return _kept(seen[:found]), seen[found], (*_kept(seen[found + 1 :]), *some(rows))


def some(rows: Iterator[Row]) -> tuple[Row, ...]:
    """The first rows that say something, however many blank lines stand above them."""
    return tuple(islice((row for row in rows if not row.blank), PREVIEW_ROWS))


def _kept(rows: list[Row]) -> tuple[Row, ...]:
    return tuple(row for row in rows if not row.blank)
