"""Failed formulas in XLSB sheets: records of their own ([MS-XLSB] 2.4.33, 2.4.673)."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator

from opslog.exchange.reading.failed_formulas.xls import WORDS
from opslog.exchange.reading.failed_formulas.xlsx import part_of

BOOK, _RELATIONS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels"
_ROW, _ERROR, _FORMULA_ERROR, _SHEET = 0, 3, 11, 0x9C


def in_sheet(archive: zipfile.ZipFile, sheet: str) -> dict[int, dict[int, str]]:
    """Row -> column -> error of a sheet, counted from 0."""
    found: dict[int, dict[int, str]] = {}
    row = 0
    for kind, data in _records(archive.read(_part(archive, sheet))):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", data)
        elif kind in (_ERROR, _FORMULA_ERROR):
            column, _style, code = struct.unpack_from("<IIB", data)
            found.setdefault(row, {})[column] = WORDS.get(code, "#N/A")
    return found


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    for kind, data in _records(archive.read(BOOK)):
        if kind == _SHEET:
            id, at = _text(data, 8)
            if _text(data, at)[0] == sheet:
                return part_of(archive.read(_RELATIONS), id)
    raise KeyError(sheet)


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A text, and where it ends."""
    end = at + 4 + 2 * struct.unpack_from("<I", data, at)[0]
    return data[at + 4 : end].decode("utf-16-le"), end


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Type and content; both numbers before it go on while a byte's highest bit is set."""
    at = 0
    while at < len(data):
        kind, at = data[at], at + 1
        if kind & 0x80 and at < len(data):
            kind, at = kind & 0x7F | (data[at] & 0x7F) << 7, at + 1
        size = shift = 0
        while at < len(data):
            byte, at = data[at], at + 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift == 28:
                break
        yield kind, data[at : at + size]
        at += size
