"""A small XLSB workbook, written record by record: no library writes one.

Layout after [MS-XLSB]: a record is its type, its length, and so many bytes.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

from tests.exchange.xls import ERROR_CODES

_NS = "http://schemas.openxmlformats.org"
_MS = "application/vnd.ms-excel"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([(kind & 0x7F) | 0x80, kind >> 7])
    size = len(data)
    length = bytes([size]) if size < 0x80 else bytes([(size & 0x7F) | 0x80, size >> 7])
    return head + length + data


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _cell(column: int, value: str | float) -> bytes:
    where = struct.pack("<2I", column, 0)
    if isinstance(value, str) and value in ERROR_CODES:
        # An error typed in, or that of a formula, whose own bytes follow it.
        code = bytes([ERROR_CODES[value]])
        return _record(3, where + code) if column % 2 else _record(11, where + code + bytes(14))
    if isinstance(value, str):
        return _record(6, where + _text(value))
    return _record(5, where + struct.pack("<d", value))


def _sheet(rows: Sequence[Sequence[str | float]]) -> bytes:
    width = max(map(len, rows), default=1)
    parts = [_record(0x81), _record(0x94, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1))]
    parts.append(_record(0x91))
    for number, row in enumerate(rows):
        parts.append(_record(0, struct.pack("<2IH3BI", number, 0, 300, 0, 0, 0, 0)))
        parts += [_cell(column, value) for column, value in enumerate(row)]
    return b"".join([*parts, _record(0x92), _record(0x82)])


def write_xlsb(path: Path, sheets: dict[str, Sequence[Sequence[str | float]]]) -> Path:
    """A workbook of these sheets; one whose name begins with ``~`` is hidden."""
    bundle = [
        _record(
            0x9C,
            struct.pack("<2I", int(name.startswith("~")), number)
            + _text(f"rId{number}")
            + _text(name.lstrip("~")),
        )
        for number, name in enumerate(sheets, 1)
    ]
    book = [_record(0x83), _record(0x99, struct.pack("<2I", 0, 0) + _text(""))]
    book += [_record(0x8F), *bundle, _record(0x90), _record(0x84)]
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_NS}/officeDocument/2006/relationships/worksheet" '
        f'Target="worksheets/sheet{n}.bin"/>'
        for n in range(1, len(sheets) + 1)
    )
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.bin" ContentType="{_MS}.worksheet"/>'
        for n in range(1, len(sheets) + 1)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'{_HEAD}<Types xmlns="{_NS}/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="bin" ContentType="{_MS}.sheet.binary.macroEnabled.main"/>'
            f"{kinds}</Types>",
        )
        archive.writestr(
            "_rels/.rels",
            f'{_HEAD}<Relationships xmlns="{_NS}/package/2006/relationships"><Relationship '
            f'Id="rId1" Type="{_NS}/officeDocument/2006/relationships/officeDocument" '
            'Target="xl/workbook.bin"/></Relationships>',
        )
        archive.writestr("xl/workbook.bin", b"".join(book))
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            f'{_HEAD}<Relationships xmlns="{_NS}/package/2006/relationships">{links}'
            "</Relationships>",
        )
        for number, rows in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{number}.bin", _sheet(rows))
    return path
