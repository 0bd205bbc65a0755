"""A workbook of everybody: ``export``, beside the writing library alone."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from opslog.exchange.writing.cells import plain
from opslog.services.book.book import open_book
from opslog.services.book.contributions import Scope
from opslog.services.files import export as files_out
from opslog.services.files.kinds import EXPORTS
from tests.bench.crowd import crowd
from tests.bench.measuring import Figure, Settings, in_turn, median, percentile


def export(settings: Settings) -> list[Figure]:
    """From the database to the file on the disk, as ``opslog export people`` does it."""
    book = open_book(crowd(settings, settings.people))
    out = settings.folder / "people.xlsx"
    cells = [[plain(cell) for cell in row] for row in EXPORTS["people"].table(book, Scope()).rows]

    def ours() -> float:
        began = time.perf_counter()
        files_out.export(book, "people", out, force=True)
        return time.perf_counter() - began

    def alone() -> float:
        began = time.perf_counter()
        write(cells, out)
        return time.perf_counter() - began

    mine, theirs = in_turn(settings.runs, ours, alone)
    book.close()
    return [
        Figure(
            "export",
            f"{settings.people:,} people into a workbook",
            median(mine),
            median(theirs),
            "xlsxwriter, the same cells from memory",
            goal=1.3,
            runs=settings.runs,
            more={"p95": percentile(mine, 0.95)},
        )
    ]


def write(rows: Sequence[Sequence[str]], path: Path) -> None:
    """Cells as text, those that are empty left out, a row at a time."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        text = book.add_format({"num_format": "@"})
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write_string(at, place, cell, text)
