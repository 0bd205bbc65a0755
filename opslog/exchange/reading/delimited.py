"""Delimited text, read as people send it: any delimiter, ragged rows, stray quotation marks."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from opslog.exchange.headings.rows import Row
from opslog.exchange.reading.delimiter import Dialect
from opslog.exchange.reading.encoding import Decoding
from opslog.exchange.reading.limits import LAST_COLUMN, long_cell, too_wide

# A cell in quotation marks that runs on longer than this was never closed.
_MOST_LINES = 200
_LONGEST_CELL = 16 << 20
_AT_ONCE = 64 << 10  # characters
_BAD_BYTE = re.compile(r"\\x[89a-f][0-9a-f]")
_BAD_HALF = re.compile(r"\\x[0-9a-f]{2}")  # half of a character of UTF-16 may be any byte
_TELLING = re.compile(r"\d{7}|@")
_ESCAPED = re.compile(r"\\.", re.DOTALL)


class TextRows:
    """The rows of a text file, one after the other; ``share`` tells how far it has got."""

    def __init__(self, path: Path, decoding: Decoding, dialect: Dialect) -> None:
        self._path, self._decoding, self._dialect = path, decoding, dialect
        self._file: io.BufferedReader | None = None

    @property
    def share(self) -> float:
        """How much of the file has been read, 0 to 1."""
        size = self._path.stat().st_size
        return min(1.0, self._file.tell() / size) if self._file and size else 0.0

    def __iter__(self) -> Iterator[Row]:
        csv.field_size_limit(_LONGEST_CELL)
        with self._path.open("rb") as file:
            self._file = file
            # newline="" leaves line ends to the csv module, which knows \r, \n and \r\n.
            text = io.TextIOWrapper(
                file, self._decoding.name, errors=self._decoding.errors, newline=""
            )
            lines = _Lines(text)
            try:
                yield from self._rows(lines)
            except csv.Error:
                raise long_cell(self._path, lines.number, _LONGEST_CELL) from None
            except TooWide:
                raise too_wide(self._path, "", lines.number) from None
        self._file = None

    def _rows(self, lines: _Lines) -> Iterator[Row]:
        if self._dialect.announced:
            lines.drop()
        rows = _Splitter(self._dialect).rows(lines)
        if not self._decoding.damaged:
            return rows
        wide = self._decoding.name.startswith(("utf-16", "utf-32"))
        bad = _BAD_HALF if wide else _BAD_BYTE
        return (_with_bad_bytes(row, bad) for row in rows)


def split(text: str, dialect: Dialect) -> Iterator[Row]:
    """The rows of a piece of text, as a file that holds it would be read."""
    csv.field_size_limit(_LONGEST_CELL)
    return _Splitter(dialect).rows(_Lines(io.StringIO(text, newline="")))


class _Splitter:
    """Lines to rows, a stray quotation mark being a letter where it would join rows."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    def rows(self, lines: _Lines) -> Iterator[Row]:
        rows = self._all_rows(lines)
        return map(self._unwrapped, rows) if self._dialect.wrapped else rows

    def _all_rows(self, lines: _Lines) -> Iterator[Row]:
        arguments = self._dialect.arguments()
        quoting = '"\\' if self._dialect.backslash_escapes else '"'
        width = torn_to = 0
        while True:
            # Lines without a quotation mark are one row each, and most files hold no other.
            plain = lines.take_without(quoting)
            first = lines.number - len(plain) + 1
            for number, cells in enumerate(csv.reader(plain, **arguments), first):
                width = len(cells)
                if width > LAST_COLUMN:
                    raise TooWide
                yield Row(number, cells)
            try:
                cells = next(csv.reader(lines, **arguments))
            except StopIteration:
                return
            except (_StrayQuote, csv.Error):
                yield self._first_alone(lines)
                continue
            pulled = lines.pulled
            if self._torn(cells, pulled, width, lines.ended):
                torn_to = max(torn_to, lines.number)
                yield self._first_alone(lines)
                continue
            lines.pulled = []
            width = len(cells)
            if width > LAST_COLUMN:
                raise TooWide
            # The other end of what was torn apart closes nothing now.
            loose = lines.number <= torn_to and sum(map(self._marks, pulled)) % 2
            yield Row(lines.number - len(pulled) + 1, cells, ("stray_quote",) if loose else ())

    def _unwrapped(self, row: Row) -> Row:
        if len(row.cells) != 1:
            return row
        try:
            return row._replace(cells=next(csv.reader(row.cells, **self._dialect.arguments()), []))
        except csv.Error:
            return row

    def _torn(self, cells: list[str], pulled: list[str], width: int, ended: bool) -> bool:
        """Whether a stray quotation mark, not the file's writer, joined these lines.

        It did where the mark is still open at the end, or where each line alone looks like a
        row, and the joined one does not: it has other columns, text goes on after the mark that
        closes, or the lines hold their numbers and addresses in the same columns.
        """
        if sum(map(self._marks, pulled)) % 2:
            return ended or len(pulled) > 1
        if len(pulled) < 2:
            return False
        rows = [self._by_itself(line) for line in pulled if line.strip()]
        alike = _alike(rows)
        if all(len(row) == width for row in rows):
            return alike or len(cells) != width or not self._closes_well(pulled)
        return alike and not self._closes_well(pulled)

    def _closes_well(self, pulled: list[str]) -> bool:
        """Whether each cell in quotation marks ends where a cell can."""
        try:
            for _row in csv.reader(pulled, strict=True, **self._dialect.arguments()):
                pass
        except csv.Error:
            return False
        return True

    def _marks(self, line: str) -> int:
        """The quotation marks that open or close a cell."""
        letters = _ESCAPED.sub("", line) if self._dialect.backslash_escapes else line
        return letters.count('"')

    def _first_alone(self, lines: _Lines) -> Row:
        """The first of the pulled lines as a row of its own; the others are read again."""
        first = lines.number - len(lines.pulled) + 1
        line = lines.keep_first()
        return Row(first, self._plainly(line), ("stray_quote",))

    def _by_itself(self, line: str) -> list[str]:
        if self._marks(line) and self._closes_well([line]):
            return next(csv.reader([line], **self._dialect.arguments()), [])
        return self._plainly(line)

    def _plainly(self, line: str) -> list[str]:
        """A line split at its delimiters, quotation marks being letters like any other."""
        return next(
            csv.reader([line], **{**self._dialect.arguments(), "quoting": csv.QUOTE_NONE}), []
        )


class TooWide(Exception):
    """A row of more cells than any sheet has columns."""


class _StrayQuote(Exception):
    """A quotation mark that swallows rows."""


class _Lines:
    """Physical lines, with those the row in hand has taken, so that they can be given back."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._waiting: list[str] = []  # read already, the next one last
        self.pulled: list[str] = []
        self.number = 0  # of the line taken last
        self.ended = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.pulled) >= _MOST_LINES:
            raise _StrayQuote
        if not self._waiting:
            self._read_on()
        if not self._waiting:
            self.ended = True
            raise StopIteration
        line = self._waiting.pop()
        self.number += 1
        self.pulled.append(line)
        return line

    def take_without(self, marks: str) -> list[str]:
        """The lines up to the next that holds one of ``marks``, as far as they are read."""
        if not self._waiting:
            self._read_on()
        waiting = self._waiting
        at = 0
        together = "".join(waiting)
        if any(mark in together for mark in marks):
            at = len(waiting)
            while at and not any(mark in waiting[at - 1] for mark in marks):
                at -= 1
        taken = waiting[at:]
        del waiting[at:]
        taken.reverse()
        self.number += len(taken)
        return taken

    def drop(self) -> None:
        """Take a line that is no row."""
        next(self)
        self.pulled = []

    def keep_first(self) -> str:
        """Give back all pulled lines but the first, and return that one."""
        first, *rest = self.pulled
        self._waiting.extend(reversed(rest))
        self.number -= len(rest)
        self.ended = False
        self.pulled = []
        return first

    def _read_on(self) -> None:
        self._waiting = self._text.readlines(_AT_ONCE)
        self._waiting.reverse()


def _alike(rows: list[list[str]]) -> bool:
    """Whether what tells people apart, numbers and addresses, stands in the same columns."""
    told = [{at for at, cell in enumerate(row) if _TELLING.search(cell)} for row in rows]
    return bool(told) and bool(told[0]) and all(one == told[0] for one in told)


def _with_bad_bytes(row: Row, bad: re.Pattern[str]) -> Row:
    if any(map(bad.search, row.cells)):
        return row._replace(marks=(*row.marks, "bad_bytes"))
    return row
