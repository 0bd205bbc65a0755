"""A small XLS workbook, written record by record, in a compound file: no library here writes one.

Layout after [MS-XLS] (a record is its type, its length, and so many bytes) and [MS-CFB].
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

ERROR_CODES = {
    **{"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36},
    **{"#N/A": 42},
}
_SECTOR, _SMALL, _LEAST = 512, 64, 4096
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def write_xls(path: Path, sheets: Mapping[str, Sequence[Sequence[str]]]) -> Path:
    """A workbook of these sheets."""
    path.write_bytes(_compound(_book(sheets)))
    return path


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<2H", kind, len(data)) + data


def _cell(row: int, column: int, value: str) -> bytes:
    where = struct.pack("<3H", row, column, 0)
    if value not in ERROR_CODES:
        text = value.encode("utf-16-le")
        return _record(0x0204, where + struct.pack("<HB", len(text) // 2, 1) + text)
    code = ERROR_CODES[value]
    if column % 2:  # typed in
        return _record(0x0205, where + bytes([code, 1]))
    result = bytes([2, 0, code, 0, 0, 0, 0xFF, 0xFF])
    formula = struct.pack("<2B", 0x1C, code)  # nothing but that error
    return _record(0x06, where + result + bytes(6) + struct.pack("<H", len(formula)) + formula)


def _sheet(rows: Sequence[Sequence[str]]) -> bytes:
    width = max(map(len, rows), default=0)
    cells = [
        _cell(at, column, value) for at, row in enumerate(rows) for column, value in enumerate(row)
    ]
    size = struct.pack("<2I3H", 0, len(rows), 0, width, 0)
    return b"".join([_begin(0x10), _record(0x0200, size), *cells, _record(0x0A)])


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<4H2I", 0x0600, kind, 0, 0, 0, 0))


def _book(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    head = _begin(5) + _record(0x42, struct.pack("<H", 1200))
    parts = [_sheet(rows) for rows in sheets.values()]
    at = len(head) + sum(12 + len(name.encode("utf-16-le")) for name in sheets) + 4
    for name, part in zip(sheets, parts, strict=True):
        told = struct.pack("<IHBB", at, 0, len(name), 1) + name.encode("utf-16-le")
        head += _record(0x85, told)
        at += len(part)
    return b"".join([head, _record(0x0A), *parts])


def _compound(stream: bytes) -> bytes:
    """The stream in its own sectors, or, where it is short, in the small ones of the root."""
    small = len(stream) < _LEAST
    table = [_TABLE, _END]  # itself, and the directory
    body = _filled(stream, _SECTOR)
    if small:
        numbers = _chain(0, -(-len(stream) // _SMALL))
        table.append(_END)  # the table of the small sectors
        body = _filled(struct.pack(f"<{len(numbers)}I", *numbers), _SECTOR) + body
    first = len(table)
    table += _chain(first, len(_filled(stream, _SECTOR)) // _SECTOR)
    root = _entry("Root Entry", 5, first if small else _END, len(stream) if small else 0, child=1)
    book = _entry("Workbook", 2, 0 if small else first, len(stream))
    table += [_FREE] * (_SECTOR // 4 - len(table))
    assert len(table) == _SECTOR // 4, "larger than one sector of the table tells"
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, _LEAST, 2 if small else _END, int(small), _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    parts = [header, struct.pack(f"<{len(table)}I", *table), root + book + bytes(256), body]
    return b"".join(parts)


def _chain(first: int, length: int) -> list[int]:
    return [*range(first + 1, first + length), _END]


def _entry(name: str, kind: int, begin: int, size: int, child: int = _FREE) -> bytes:
    told = (name + "\0").encode("utf-16-le")
    links = struct.pack("<H2B3I", len(told), kind, 1, _FREE, _FREE, child)
    return told.ljust(64, b"\0") + links + bytes(36) + struct.pack("<3I", begin, size, 0)


def _filled(data: bytes, size: int) -> bytes:
    return data.ljust(-(-len(data) // size) * size, b"\0")
