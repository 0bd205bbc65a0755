"""Cells of an ODS sheet merged downward, which the library does not tell."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from opslog.exchange.reading import limits

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MERGED = re.compile(rb"number-rows-spanned=\"(?!1\")")
_CHUNK = 1 << 20
_LAST_COLUMN = 16_384

Range = tuple[tuple[int, int], tuple[int, int]]


def merged_cells(path: Path, sheet: str) -> list[Range]:
    """The ranges over several rows, each as its first and last (row, column), from 0."""
    try:
        with zipfile.ZipFile(path) as archive:
            if "content.xml" not in archive.namelist() or not _has_any(archive):
                return []
            return _ranges(archive, sheet)
    except (ElementTree.ParseError, *limits.BROKEN_ARCHIVE):
        return []  # what can't be read is refused by the reader itself


def _has_any(archive: zipfile.ZipFile) -> bool:
    """Few sheets have one; looking for it is much faster than reading the XML."""
    tail = b""
    with archive.open("content.xml") as content:
        while chunk := content.read(_CHUNK):
            if _MERGED.search(tail + chunk):
                return True
            tail = chunk[-64:]
    return False


def _ranges(archive: zipfile.ZipFile, sheet: str) -> list[Range]:
    found: list[Range] = []
    name, row, column = "", 0, 0
    with archive.open("content.xml") as content:
        for event, element in ElementTree.iterparse(content, ("start", "end")):
            tag = element.tag
            if event == "start":
                if tag == f"{_TABLE}table":
                    name, row = element.get(f"{_TABLE}name", ""), 0
                elif tag == f"{_TABLE}table-row":
                    column = 0
            elif tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                rows = int(element.get(f"{_TABLE}number-rows-spanned", 1))
                columns = int(element.get(f"{_TABLE}number-columns-spanned", 1))
                if rows > 1 and name == sheet:
                    found.append(((row, column), (row + rows - 1, column + columns - 1)))
                column += int(element.get(f"{_TABLE}number-columns-repeated", 1))
                column = min(column, _LAST_COLUMN)
            elif tag == f"{_TABLE}table-row":
                row += int(element.get(f"{_TABLE}number-rows-repeated", 1))
                element.clear()
            elif tag == f"{_TABLE}table" and name == sheet:
                break
    return found
