"""Rows of a list are understood, as far as that needs no database."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from itertools import islice
from typing import NamedTuple

from opslog.domain.dates.western_dates import month_first
from opslog.domain.imports import cells as cell_text
from opslog.domain.imports.attendance import ATTENDANCE
from opslog.domain.imports.mapping import first
from opslog.domain.imports.row import RowReader
from opslog.domain.imports.row_reading import RowReading
from opslog.domain.rosters.extras import Extras
from opslog.exchange.headings.rows import Row
from opslog.exchange.meaning.layouts import AGAIN, STAFF
from opslog.exchange.meaning.list_file import OpenList
from opslog.exchange.reading.failed_formulas import formula_errors
from opslog.store.people.card import search_words

BATCH = 5_000  # rows
_LONGEST_NUMBER = 15  # digits


class Understood(NamedTuple):
    """A row with all that can be known of it before the database is asked.

    ``cells`` as they are kept; ``search`` as the index holds a person of this row alone.
    ``stood``: in a list that opslog wrote the line the row came in on, 0 where it does not say;
    -1 in any other.
    """

    line: int
    reading: RowReading
    cells: str
    search: str
    stood: int = -1


class Batch(NamedTuple):
    """Rows in their order; ``share`` is how much of the file was read, 0 to 1."""

    rows: list[Understood]
    share: float


def batches(source: OpenList, zone: tzinfo, *, searched: bool) -> Iterator[Batch]:
    """The rows of an open list. ``searched``: whether the words for the search are wanted."""
    rows = iter(source)
    readers: dict[int, RowReader] = {}
    while some := list(islice(rows, BATCH)):
        understood = []
        for row in some:
            reader = readers.get(row.section)
            if reader is None:
                reader = readers[row.section] = _reader(source, row, zone)
            failed = formula_errors.MARK in row.marks
            cells = formula_errors.without(row.cells) if failed else row.cells
            kept = in_json(row.cells)
            if "\"'" in kept:
                cells = [cell_text.without_apostrophe(cell) for cell in cells]
            said = reader.read(cells, row.marks)
            search = ""
            if searched:
                search = search_words(
                    *(said.name, said.company, said.title, said.email),
                    *(said.emails, said.city, said.industry, said.note),
                )
            stood = _stood(source.extras, cells) if source.extras.own else -1
            understood.append(Understood(row.line, said, kept, search, stood))
        yield Batch(understood, source.share)


def _stood(extras: Extras, cells: Sequence[str]) -> int:
    text = cells[extras.line].strip() if 0 <= extras.line < len(cells) else ""
    return int(text) if text.isdecimal() and len(text) < _LONGEST_NUMBER else 0


def _reader(source: OpenList, row: Row, zone: tzinfo) -> RowReader:
    """Who understands the rows of the section that this one stands in."""
    part = source.parts[row.section]
    return RowReader(
        part.columns,
        part.mapping,
        zone,
        attendance=source.kind == ATTENDANCE and part.came,
        again=part.take == AGAIN,
        staff=part.take == STAFF,
        month_first=_month_first(source, row.section),
        on_wecom=source.on_wecom,
    )


def _month_first(source: OpenList, section: int) -> bool | None:
    """How a list writes ``3/4/2026``: as its first rows tell, else as its layout is known to."""
    at = first(source.parts[section].mapping, "signed_up_at")
    if at < 0:
        return None
    rows = (row.cells for row in source.first if row.section == section)
    told = month_first(cells[at] for cells in rows if at < len(cells))
    return source.month_first if told is None else told


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def in_json(cells: Sequence[str]) -> str:
    """Cells as JSON. Most hold nothing that would have to be escaped."""
    text = '","'.join(cells)
    if text.isprintable() and "\\" not in text and text.count('"') == 2 * len(cells) - 2:
        return f'["{text}"]'
    return _encode(cells)
