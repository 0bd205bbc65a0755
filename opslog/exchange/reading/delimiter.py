"""Which sign stands between the cells of a text file: found by reading it with each of them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from opslog.domain.base import codes
from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import TextSample
from opslog.exchange.reading import delimited
from opslog.exchange.reading.delimiter_evidence import Evidence, evidence, share_of_width
from opslog.exchange.reading.encoding import Decoding
from opslog.locale import N_, msg

DELIMITERS = {",": N_("comma"), ";": N_("semicolon"), "\t": N_("tab"), "|": N_("bar")}
_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "bar": "|", "pipe": "|"}
_FULL_WIDTH = ("，", "；", "、")  # typed by hand; in most lists they are letters
_SAMPLE = 64 << 10
_MOST_ROWS = 200
_SEP_LINE = re.compile(r"sep=(.)\s*$", re.IGNORECASE)
_MOSTLY, _PARTED = 0.8, 0.4  # of the rows
_BY_CHANCE = 3  # rows may have one width
_BETWEEN = " ┊ "  # cells, where a person compares
_CLOSE = 3.0  # how far ahead, in worth, one delimiter has to be


@dataclass(frozen=True)
class Dialect:
    """How cells are told apart.

    ``announced``: the first line says ``sep=;`` and is no row. ``wrapped``: each line was made
    one cell, in quotation marks, when the file was opened and saved again. ``rivals``: other
    delimiters that the lines read nearly as well by, so that a person has to say.
    """

    delimiter: str
    space_before_quote: bool = False
    backslash_escapes: bool = False
    announced: bool = False
    wrapped: bool = False
    rivals: tuple[str, ...] = ()

    def arguments(self) -> dict[str, Any]:
        return {
            "delimiter": self.delimiter,
            "skipinitialspace": self.space_before_quote,
            "escapechar": "\\" if self.backslash_escapes else None,
        }


def find_dialect(
    path: Path,
    decoding: Decoding,
    chosen: str = "",
    layouts: Collection[frozenset[str]] = (),
) -> Dialect:
    """How the cells are told apart, found over the first 64 kB, or by the delimiter chosen.

    ``layouts`` are the folded headings of known layouts, those of one layout together. Raises
    Refused where the chosen delimiter is no single sign.
    """
    with path.open("rb") as file:
        data = file.read(_SAMPLE)
    sample = data.decode(decoding.name, "ignore").lstrip("\ufeff")
    announced = _SEP_LINE.match(sample.splitlines()[0]) if sample else None
    if announced is not None:
        sample = sample.partition("\n")[2]
    whole = len(data) < _SAMPLE
    if chosen:
        found = _quoting(_sign(chosen), sample)
    elif announced is not None:
        found = _quoting(announced[1], sample)
    else:
        found = _likeliest(sample, whole, layouts)
    return replace(found, announced=announced is not None)


def readings(
    path: Path, decoding: Decoding, dialect: Dialect, count: int
) -> tuple[TextSample, ...]:
    """The first rows by this delimiter and by each rival, where it has any."""
    if not dialect.rivals:
        return ()
    with path.open("rb") as file:
        sample = file.read(_SAMPLE).decode(decoding.name, "replace").lstrip("\ufeff")
    words = {sign: word for word, sign in reversed(_NAMES.items())}
    found = []
    for one in (dialect.delimiter, *dialect.rivals):
        rows = _rows(sample, _quoting(one, sample), whole=True)[:count]
        lines = tuple(_BETWEEN.join(" ".join(cell.split()) for cell in row) for row in rows)
        found.append(TextSample(words.get(one, one), lines))
    return tuple(found)


def _sign(chosen: str) -> str:
    one = chosen if len(chosen) == 1 else codes.named(chosen, DELIMITERS, _NAMES) or chosen
    if len(one) != 1 or one in '"\0' or one.isalnum() or (one.isspace() and one != "\t"):
        raise Refused(
            msg(N_("“{text}” is no delimiter; take comma, semicolon, tab or bar"), text=chosen)
        )
    return one


def _likeliest(sample: str, whole: bool, layouts: Collection[frozenset[str]]) -> Dialect:
    """The delimiter that makes the best table; its rivals, where others make nearly as good a one.

    What speaks for one: headings that are known, quotation marks at the ends of its cells, rows
    of one width, and cells that hold none of the other delimiters.
    """
    present = [one for one in (*DELIMITERS, *_FULL_WIDTH) if one in sample]
    usual = [one for one in present if one in DELIMITERS]
    found: list[tuple[Evidence, Dialect]] = []
    for one in present:
        dialect = _quoting(one, sample)
        seen = evidence(_rows(sample, dialect, whole), sample, one, usual, layouts)
        if one in DELIMITERS or seen.headed or seen.even > _MOSTLY:
            found.append((seen, dialect))
    if not found:
        return Dialect(",")
    found.sort(key=lambda one: one[0].worth, reverse=True)
    best, dialect = found[0]
    if best.even < _PARTED and not best.headed:
        return _wrapped(sample, whole) or dialect
    if dialect.delimiter in _FULL_WIDTH and not best.headed and found[1:]:
        # In prose they are letters: any usual delimiter that parts the lines goes before.
        best, dialect = next(
            (one for one in found if one[0].even > _PARTED and one[1].delimiter in DELIMITERS),
            found[0],
        )
    rivals = [
        other.delimiter
        for seen, other in found
        if other is not dialect and seen.rivals(best, _CLOSE)
    ]
    if best.alone_above:  # one column, with text that holds delimiters in its cells?
        rivals += [one for one in DELIMITERS if one not in sample][-1:]
    return replace(dialect, rivals=tuple(rivals))


def _rows(sample: str, dialect: Dialect, whole: bool) -> list[list[str]]:
    """The first rows that hold anything, without one that the end of the sample cuts."""
    rows: list[list[str]] = []
    with suppress(delimited.TooWide, csv.Error):  # the file itself is refused in words
        for row in islice(delimited.split(sample, dialect), _MOST_ROWS):
            rows.append(row.cells)
    if not whole and len(rows) < _MOST_ROWS:
        rows = rows[:-1] or rows
    return [row for row in rows if any(map(str.strip, row))]


def _quoting(delimiter: str, sample: str) -> Dialect:
    """How quotation marks and backslashes are meant beside this delimiter."""
    plain = Dialect(delimiter)
    if not delimiter.isspace() and _spaced(delimiter, sample):
        plain = replace(plain, space_before_quote=True)
    escaped = replace(plain, backslash_escapes=True)
    # A backslash before a mark is a letter at a cell's end, unless that breaks other cells.
    needed = '\\"' in sample and _faults(sample, escaped) < _faults(sample, plain)
    if not needed and f"\\{delimiter}" in sample:
        needed = _even(sample, escaped) > _even(sample, plain) or (
            _escapes(delimiter, sample)
            and (_within_numbers(delimiter, sample) or not _table(sample, plain))
        )
    return escaped if needed else plain


def _escapes(delimiter: str, sample: str) -> bool:
    """Whether backslashes stand before delimiters within text, rather than at the end of a path."""
    sign = re.escape(delimiter)
    before = re.findall(rf"(?:^|{sign})([^{sign}\n]+)\\{sign}", sample, re.MULTILINE)
    return bool(before) and not any("\\" in text or ":" in text for text in before)


def _within_numbers(delimiter: str, sample: str) -> bool:
    """Whether each such backslash parts a number: ``99\\,5``, also where every row has one."""
    sign = re.escape(delimiter)
    return not re.search(rf"(?<!\d)\\{sign}|\\{sign}(?!\d)", sample)


def _table(sample: str, dialect: Dialect) -> bool:
    """Whether all rows have one width, and they are enough for that to be no chance."""
    rows = _rows(sample, dialect, whole=True)
    return len(rows) > _BY_CHANCE and share_of_width(rows) == 1.0


def _spaced(delimiter: str, sample: str) -> bool:
    """Whether cells in quotation marks stand after a space, ``1, "2"``."""
    sign = re.escape(delimiter)
    opened = len(re.findall(rf'(?:{sign}|^) +"', sample, re.MULTILINE))
    if not opened:
        return False
    closed = re.findall(rf'(?:{sign}|^) +"(?:[^"]|"")*" *(?={sign}|\r?$)', sample, re.MULTILINE)
    return len(closed) * 2 > opened


def _even(sample: str, dialect: Dialect) -> float:
    return share_of_width(_rows(sample, dialect, whole=True))


def _wrapped(sample: str, whole: bool) -> Dialect | None:
    """Lines that were put into one cell each, in quotation marks: parted within."""
    inner = "\n".join(row[0] for row in _rows(sample, Dialect(","), whole))
    for one in DELIMITERS:
        rows = _rows(inner, Dialect(one), whole=True)
        if min(map(len, rows), default=0) > 1 and share_of_width(rows) == 1.0:
            return Dialect(one, wrapped=True)
    return None


def _faults(sample: str, dialect: Dialect) -> int:
    """How often a cell in quotation marks ends where no cell can, read this way."""
    lines = io.StringIO(sample, newline="")
    faults, size = 0, len(sample)
    while lines.tell() < size:
        try:
            for _row in csv.reader(lines, strict=True, **dialect.arguments()):
                pass
        except csv.Error:
            faults += 1
    return faults
