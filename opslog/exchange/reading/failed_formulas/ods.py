"""Failed formulas in OpenDocument sheets: the cell says ``#N/A``, its value says nothing.

LibreOffice writes ``calcext:value-type="error"`` with an empty value, so that the library gives
back a blank; the error stands in the cell's text (OpenDocument 1.3 part 3, 9.1; calcext is the
extension of LibreOffice).
"""

from __future__ import annotations

import zipfile
from typing import IO
from xml.parsers import expat

PART = "content.xml"
_MARK = b'"error"'
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_CHUNK = 1 << 20
_MOST = 500  # repeats believed; a sheet that says a million of one error is no list


def in_sheet(archive: zipfile.ZipFile, sheet: str) -> dict[int, dict[int, str]]:
    """Row -> column -> error of a sheet, counted from 0."""
    with archive.open(PART) as file:
        if not _has_errors(file):
            return {}
    reader = _Reader(sheet)
    with archive.open(PART) as file:
        reader.parser.ParseFile(file)
    return reader.found


def _has_errors(file: IO[bytes]) -> bool:
    """A quick look, since most sheets have none and parsing takes long."""
    rest = b""
    while chunk := file.read(_CHUNK):
        if _MARK in rest + chunk:
            return True
        rest = chunk[-len(_MARK) :]
    return False


class _Reader:
    """Counts rows and cells with their repeats, and keeps the words of those with an error."""

    def __init__(self, sheet: str) -> None:
        self.found: dict[int, dict[int, str]] = {}
        self._sheet, self._here = sheet, False
        self._words: list[str] | None = None  # of a cell with an error
        self._row = self._rows = self._column = self._columns = 0
        self.parser = expat.ParserCreate(namespace_separator="\n")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        said = {name.rpartition("\n")[2]: value for name, value in attributes.items()}
        if tag == f"{_TABLE}\ntable":
            self._here, self._row = said.get("name") == self._sheet, 0
        elif tag == f"{_TABLE}\ntable-row":
            self._rows, self._column = int(said.get("number-rows-repeated", 1)), 0
        elif tag in (f"{_TABLE}\ntable-cell", f"{_TABLE}\ncovered-table-cell"):
            self._columns = int(said.get("number-columns-repeated", 1))
            error = any(
                name.endswith("\nvalue-type") and value == "error"
                for name, value in attributes.items()
            )
            self._words = [] if self._here and error else None

    def _text(self, text: str) -> None:
        if self._words is not None:
            self._words.append(text)

    def _end(self, tag: str) -> None:
        if tag == f"{_TABLE}\ntable-row":
            self._row += self._rows
        elif tag in (f"{_TABLE}\ntable-cell", f"{_TABLE}\ncovered-table-cell"):
            if self._words is not None:
                error = "".join(self._words).strip()
                for row in range(self._row, self._row + min(self._rows, _MOST)):
                    for column in range(self._column, self._column + min(self._columns, _MOST)):
                        self.found.setdefault(row, {})[column] = error
            self._column += self._columns
            self._words = None
