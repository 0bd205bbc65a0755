"""Failed formulas in XLS sheets: an error's number where a value would stand.

[MS-XLS]: BoolErr (2.4.24), Formula with FormulaValue (2.5.133), BoundSheet8 (2.4.28), BErr
(2.5.10). The records lie in one stream of a compound file, [MS-CFB].
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

WORDS = {
    **{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?"},
    **{0x24: "#NUM!", 0x2A: "#N/A"},
}
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_STREAMS = ("Workbook", "Book")  # the second before Excel 97
_BEGIN, _END, _SHEET, _CODE_PAGE = 0x0809, 0x0A, 0x85, 0x42
_FORMULA, _ERROR = 0x06, 0x0205
# Most sheets have none, and to walk all records takes long.
_ANY = re.compile(rb"\x05\x02\x08\x00.{7}\x01|\x06\x00..{7}\x02.{5}\xff\xff", re.S)


def is_one(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_COMPOUND)) == _COMPOUND


def in_sheet(path: Path, sheet: str) -> dict[int, dict[int, str]]:
    """Row -> column -> error of a sheet, counted from 0. Raises struct.error of a broken file."""
    stream = _stream(path.read_bytes())
    if _ANY.search(stream) is None:
        return {}
    found: dict[int, dict[int, str]] = {}
    for kind, data in _records(stream, _begin(stream, sheet)):
        if kind not in (_FORMULA, _ERROR):
            continue
        row, column, _format, code, is_error = struct.unpack_from("<3H2B", data)
        if kind == _FORMULA:
            what, code, blank = struct.unpack_from("<BxB3xH", data, 6)
            is_error = what == 2 and blank == 0xFFFF
        if is_error:
            found.setdefault(row, {})[column] = WORDS.get(code, "#N/A")
    return found


def _begin(stream: bytes, sheet: str) -> int:
    """Where the records of a sheet begin; behind them all for one that is not there."""
    codec = "cp1252"
    for kind, data in _records(stream, 0):
        if kind == _CODE_PAGE:
            codec = f"cp{struct.unpack_from('<H', data)[0]}"
        elif kind == _SHEET:
            begin, _state, length = struct.unpack_from("<IHB", data)
            # A byte before the name says whether it is in UTF-16; before Excel 97 there was none.
            new = len(data) in (8 + length, 8 + 2 * length)
            name = data[7 + new :].decode(_wide(data[7]) if new else codec, "replace")
            if name == sheet:
                return int(begin)
    return len(stream)


def _wide(flag: int) -> str:
    return "utf-16-le" if flag & 1 else "latin-1"


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Type and content of the records up to the end of what begins there."""
    depth = 0  # a chart in a sheet begins and ends within it
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<2H", stream, at)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _stream(data: bytes) -> bytes:
    """The workbook's stream, put together from its sectors."""
    sector, small = (1 << power for power in struct.unpack_from("<2H", data, 30))
    tables, directory, least, small_table, more = struct.unpack_from("<2I4x2I4xI", data, 44)
    listed = list(struct.unpack_from("<109I", data, 76))
    for _part in range(len(data) // sector):  # of a file beyond seven megabytes
        if (more + 2) * sector > len(data):
            break
        *further, more = _numbers(data[(more + 1) * sector : (more + 2) * sector])
        listed += further
    sectors = [data[at : at + sector] for at in range(sector, len(data), sector)]
    table = _numbers(b"".join(sectors[at] for at in listed[:tables] if at < len(sectors)))
    entries = _chain(sectors, table, directory)
    root = struct.unpack_from("<2I", entries, 116)
    for at in range(0, len(entries) - 127, 128):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        if entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace") in _STREAMS:
            begin, size = struct.unpack_from("<2I", entries, at + 116)
            if size >= least:
                return _chain(sectors, table, begin)[:size]
            inner = _chain(sectors, table, root[0])
            parts = [inner[part : part + small] for part in range(0, len(inner), small)]
            return _chain(parts, _numbers(_chain(sectors, table, small_table)), begin)[:size]
    return b""


def _chain(sectors: Sequence[bytes], table: Sequence[int], at: int) -> bytes:
    """The sectors from one on, each naming the next; a circle ends where the file would."""
    found: list[bytes] = []
    while at < len(sectors) and at < len(table) and len(found) < len(sectors):
        found.append(sectors[at])
        at = table[at]
    return b"".join(found)


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
