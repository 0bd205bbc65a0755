"""What a workbook may hold before it is opened: a megabyte of ZIP can unpack to gigabytes.

The reader keeps a sheet as one block of memory, from its first cell to its last; so the size of
what is unpacked is counted, not believed, and so is how far the cells of a sheet lie apart.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from opslog.domain.base.refusal import Refused
from opslog.exchange.headings.location import place
from opslog.locale import N_, msg

MOST_UNPACKED = 1 << 30  # bytes; the sheet of a million people stays below this
MOST_CELLS = 30_000_000  # of one sheet, the empty ones between others too
_CHUNK = 1 << 20
_PACKED = 64 << 10  # bytes taken in at a time: what is left over is copied each time
_OVERLAP = 512  # bytes of a chunk looked at again with the next: a match may lie across
_FEW_COLUMNS = 52
# Patterns that begin with letters are found many times faster than those that begin with a choice.
_ROW_OR_WIDE = re.compile(rb"r=\"(?:[A-Z]*(\d{7,})|(\d+)\"|([B-Z][A-Z]|[A-Z]{3,})\d)")
_COLUMN = re.compile(rb"r=\"([A-Z]{1,3})\d")
# What zipfile raises of a file that is no archive, cut, encrypted (RuntimeError) or packed in a
# way it does not know (NotImplementedError, which is one too).
BROKEN_ARCHIVE = (zipfile.BadZipFile, OSError, ValueError, zlib.error, RuntimeError)
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of any sheet of any program
_MOST_DIGITS, _MOST_LETTERS = 9, 4  # of a reference: more say only that it is far away
LONGEST_LINE = 16 << 20  # bytes of a text; the widest list has a thousandth of that
_MOST_TEXT = 8 << 20  # bytes without a tag; no program writes a cell of more than 32,767 signs


def check(path: Path) -> None:
    """Raises Refused where the workbook is larger than memory should be spent on.

    What is no ZIP (XLS, which is small by nature) or a broken one passes: the reader says more.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except BROKEN_ARCHIVE:
        return  # no ZIP, or a broken one, of which the reader says more
    declared = sum(part.file_size for part in parts)
    if declared > MOST_UNPACKED:
        raise too_large(path)
    for part in parts:
        try:
            size = _look(path, part)
        except (OSError, zlib.error, struct.error):
            continue  # broken: the reader says where
        if size > part.file_size:  # no program writes that; it hides how large it is
            raise too_large(path)


def _look(path: Path, part: zipfile.ZipInfo) -> int:
    """Unpack a part piece by piece, keeping nothing; its size. Raises Refused.

    Ends as soon as it is more than the part declares.
    """
    name = part.filename.replace("\\", "/")
    pieces = _Counted(_unpacked(path, part), part.file_size)
    if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
        rows, columns = _extent(pieces)
    elif re.fullmatch(r"xl/worksheets/[^/]+\.bin", name):
        rows, columns = _extent_of_records(pieces)
    else:
        rows = columns = 0
    for _piece in pieces:
        if name.endswith(".xml") and pieces.longest > _MOST_TEXT:
            break
    if name.endswith(".xml") and pieces.longest > _MOST_TEXT:
        raise long_cell(path, 0, _MOST_TEXT)
    if rows > LAST_ROW or columns > LAST_COLUMN:
        raise no_such_cell(path)
    if rows * columns > MOST_CELLS:
        if columns <= _FEW_COLUMNS and name.endswith(".xml"):
            columns = _columns(_unpacked(path, part))
        if rows * columns > MOST_CELLS:
            raise too_far_apart(path, rows, columns)
    return pieces.size


class _Counted:
    """The pieces, and how many bytes they were; ends once that is more than ``most``."""

    def __init__(self, pieces: Iterator[bytes], most: int) -> None:
        self._pieces, self._most = pieces, most
        self.size = self.longest = self._text = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.size += len(piece)
            self._text = 0 if b"<" in piece else self._text + len(piece)
            self.longest = max(self.longest, self._text)
            yield piece
            if self.size > self._most:
                return


def _unpacked(path: Path, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a part as they really are, whatever size its entry declares."""
    with path.open("rb") as file:
        file.seek(part.header_offset)
        name, extra = struct.unpack("<26x2H", file.read(30))
        file.seek(name + extra, 1)
        left = part.compress_size
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        while left > 0 and (packed := file.read(min(_PACKED, left))):
            left -= len(packed)
            if part.compress_type == zipfile.ZIP_STORED:
                yield packed
                continue
            while packed and not inflate.eof:
                if piece := inflate.decompress(packed, _CHUNK):
                    yield piece
                packed = inflate.unconsumed_tail


def _extent(pieces: Iterable[bytes]) -> tuple[int, int]:
    """Last row and column of a sheet in XML; few columns count as ``_FEW_COLUMNS``."""
    rows, columns = 0, _FEW_COLUMNS
    tail = b""
    for piece in pieces:
        text = tail + piece
        tail = text[-_OVERLAP:]
        for far, row, column in _ROW_OR_WIDE.findall(text):
            if far or row:
                rows = max(rows, int((far or row)[:_MOST_DIGITS]))
            else:
                columns = max(columns, _number(column[:_MOST_LETTERS]))
    return rows, columns


def _columns(pieces: Iterable[bytes]) -> int:
    found: set[bytes] = set()
    tail = b""
    for piece in pieces:
        text = tail + piece
        tail = text[-_OVERLAP:]
        found.update(_COLUMN.findall(text))
    return max(map(_number, found), default=1)


def _number(letters: bytes) -> int:
    """The number of a column: A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _extent_of_records(pieces: Iterable[bytes]) -> tuple[int, int]:
    """Last row and column of a sheet in XLSB: records of a type, a length, and so many bytes."""
    rows = columns = 0
    data = b""
    for piece in pieces:
        data += piece
        at = 0
        while at + 16 < len(data):
            kind, start = data[at], at + 1
            if kind & 0x80:
                kind, start = (kind & 0x7F) | (data[start] << 7), start + 1
            size = shift = 0
            while shift < 28:
                byte = data[start]
                start += 1
                size |= (byte & 0x7F) << shift
                shift += 7
                if not byte & 0x80:
                    break
            if start + size > len(data):
                break
            if kind <= 11 and size >= 4:
                (where,) = struct.unpack_from("<I", data, start)
                if kind == 0:
                    rows = max(rows, where + 1)
                else:
                    columns = max(columns, where + 1)
            at = start + size
        data = data[at:]
    return rows, columns


def too_large(path: Path) -> Refused:
    """The sentence for more than memory should be spent on."""
    return Refused(
        msg(
            N_(
                "{file} unpacks to more than {most} MB, the most that is read, or hides its size; "
                "split it, or save it as CSV"
            ),
            file=path.name,
            most=MOST_UNPACKED >> 20,
        )
    )


def no_such_cell(path: Path) -> Refused:
    """The sentence for a reference to a cell that no program has."""
    return Refused(
        msg(
            N_(
                "{file}: a cell stands beyond row {rows} or column {columns}, where no sheet "
                "reaches; open it in Excel or WPS and save it again"
            ),
            file=path.name,
            rows=f"{LAST_ROW:,}",
            columns=f"{LAST_COLUMN:,}",
        )
    )


def check_lines(path: Path) -> None:
    """Raises Refused for a text with a line that no list has: what reads it would take long."""
    number, length, marks = 1, 0, re.compile(rb"[\r\n]")
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            first, *more = marks.split(chunk)
            if max(length + len(first), *map(len, more), 0) > LONGEST_LINE:
                raise long_cell(path, number, LONGEST_LINE)
            number += chunk.count(b"\n")
            length = len(more[-1]) if more else length + len(first)


def long_cell(path: Path, line: int, most: int) -> Refused:
    """The sentence for a cell of more than ``most`` bytes; ``line`` 0 where it isn't known."""
    return Refused(
        msg(
            N_("{place}: a cell holds more than {most} MB of text; shorten it and save again"),
            place=place(path, "", line),
            most=most >> 20,
        )
    )


def too_wide(path: Path, sheet: str, line: int = 0) -> Refused:
    """The sentence for rows of more cells than any sheet has columns."""
    return Refused(
        msg(
            N_("{place}: it has more than {most} columns; a list has few, save it again as one"),
            place=place(path, sheet, line),
            most=f"{LAST_COLUMN:,}",
        )
    )


def too_far_apart(path: Path, rows: int, columns: int) -> Refused:
    """The sentence for cells with too many empty ones between them."""
    return Refused(
        msg(
            N_(
                "{file}: a sheet reaches over {rows} rows and {columns} columns, the most that is "
                "read are {most} cells; delete the stray cells far away, or save it as CSV"
            ),
            file=path.name,
            rows=f"{rows:,}",
            columns=f"{columns:,}",
            most=f"{MOST_CELLS:,}",
        )
    )
