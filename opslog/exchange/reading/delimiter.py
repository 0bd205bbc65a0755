"""How the cells of a text file are told apart: found by trying, the most even table wins."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from opslog.domain.base.refusal import Refused
from opslog.exchange.reading.encoding import Decoding
from opslog.locale import N_, msg

DELIMITERS = {",": N_("comma"), ";": N_("semicolon"), "\t": N_("tab"), "|": N_("bar")}
_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "bar": "|", "pipe": "|"}
_FULL_WIDTH = ("，", "；")  # typed by hand; in most lists they are letters
_SAMPLE = 64 << 10
_MOSTLY = 0.8  # of the rows have the same number of cells
_SEP_LINE = re.compile(r"sep=(.)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """How cells are told apart.

    ``announced``: the first line says ``sep=;`` and is no row. ``wrapped``: each line was made
    one cell, in quotation marks, when the file was opened and saved again.
    """

    delimiter: str
    space_before_quote: bool = False
    backslash_escapes: bool = False
    announced: bool = False
    wrapped: bool = False

    def arguments(self) -> dict[str, Any]:
        return {
            "delimiter": self.delimiter,
            "skipinitialspace": self.space_before_quote,
            "escapechar": "\\" if self.backslash_escapes else None,
        }


def find_dialect(path: Path, decoding: Decoding, chosen: str = "") -> Dialect:
    """The delimiter whose column count is constant over the first 64 kB, or the one chosen.

    Raises Refused where the chosen one is no single character.
    """
    with path.open("rb") as file:
        data = file.read(_SAMPLE)
    sample = data.decode(decoding.name, "ignore").lstrip("\ufeff")
    announced = _SEP_LINE.match(sample.splitlines()[0]) if sample else None
    delimiters = list(DELIMITERS)
    if chosen:
        one = _NAMES.get(chosen.lower(), chosen)
        if len(one) != 1 or one in '"\0' or one.isalnum() or (one.isspace() and one != "\t"):
            raise Refused(
                msg(N_("“{text}” is no delimiter; take comma, semicolon, tab or bar"), text=chosen)
            )
        delimiters = [one]
    elif announced:
        delimiters = [announced[1]]
    whole = len(data) < _SAMPLE
    best = max(
        (dialect for one in delimiters for dialect in _variants(one, sample, whole)),
        key=lambda dialect: _constancy(sample, dialect, whole),
    )
    if len(delimiters) > 1 and _constancy(sample, best, whole)[0] < _MOSTLY / 2:
        best = _last_resort(sample, whole) or best
    return replace(best, announced=announced is not None)


def _variants(delimiter: str, sample: str, whole: bool) -> Iterator[Dialect]:
    spaced = f'{delimiter} "' in sample and not delimiter.isspace()
    for space in (False, True) if spaced else (False,):
        plain = Dialect(delimiter, space_before_quote=space)
        escaped = replace(plain, backslash_escapes=True)
        # A backslash before a mark is a letter at a cell's end, unless that breaks other cells.
        needed = '\\"' in sample and _faults(sample, escaped, whole) < _faults(sample, plain, whole)
        yield escaped if needed else plain


def _last_resort(sample: str, whole: bool) -> Dialect | None:
    """How else lines may hold several cells, where no usual delimiter parts them."""
    for one in _FULL_WIDTH:
        if _constancy(sample, Dialect(one), whole)[0] > _MOSTLY:
            return Dialect(one)
    try:
        rows = [row for row in csv.reader(io.StringIO(sample, newline="")) if row]
    except csv.Error:
        return None
    inner = "\n".join(row[0] for row in (rows if whole else rows[:-1]))
    for one in DELIMITERS:
        if _constancy(inner, Dialect(one), whole=True)[0] == 1.0:
            return Dialect(one, wrapped=True)
    return None


def _faults(sample: str, dialect: Dialect, whole: bool) -> int:
    """How often a cell in quotation marks ends where no cell can, read this way."""
    lines = io.StringIO(sample, newline="")
    faults, size = 0, len(sample)
    while lines.tell() < size:
        try:
            for _row in csv.reader(lines, strict=True, **dialect.arguments()):
                pass
        except csv.Error:
            # The end of the sample may cut through a cell; the end of the file may not.
            faults += whole or lines.tell() < size
    return faults


def _constancy(sample: str, dialect: Dialect, whole: bool) -> tuple[float, int]:
    """The share of rows with the commonest number of columns, then that number."""
    lines = io.StringIO(sample, newline="")
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(lines, **dialect.arguments()))
    except csv.Error:
        return (0.0, 0)
    if not whole:
        rows = rows[:-1] or rows  # the last one is cut off by the end of the sample
    counts = Counter(len(row) for row in rows if any(map(str.strip, row)))
    several = {columns: rows for columns, rows in counts.items() if columns > 1}
    if not several:
        return (0.0, 0)
    columns = max(several, key=lambda one: (several[one], one))
    return (several[columns] / counts.total(), columns)
