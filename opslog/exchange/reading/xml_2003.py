"""Workbooks as Excel 2003 wrote them in XML, which go by the name of .xls or .xml to this day.

They are read as calamine's are: a sheet at a time, from its first row and column. What XML could
do beyond cells, such as entities that unfold to gigabytes, is refused.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.parsers import expat

from opslog.domain.base.refusal import Refused
from opslog.exchange.reading import limits
from opslog.locale import N_, msg

MARKS = (b'progid="Excel.Sheet"', b"urn:schemas-microsoft-com:office:spreadsheet")
_SPACE = "urn:schemas-microsoft-com:office:spreadsheet "
_CHUNK = 1 << 16
_LONGEST = 1 << 20  # characters of a cell; Excel writes 32,767 at most
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding=["']([\w-]+)["']""")
Value = str | float | bool | datetime
_Range = tuple[tuple[int, int], tuple[int, int]]


class Sheet:
    """One sheet; as calamine's, rows and columns count from 0."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: dict[int, dict[int, Value]] = {}
        self.merged_cell_ranges: list[_Range] = []
        self.width = 0
        self.start: tuple[int, int] | None = (0, 0)

    @property
    def height(self) -> int:
        return max(self.rows, default=-1) + 1

    @property
    def total_height(self) -> int:
        return self.height

    def iter_rows(self) -> Iterator[list[Value]]:
        for number in range(self.height):
            cells = self.rows.get(number, {})
            yield [cells.get(column, "") for column in range(self.width)]


def sheets(path: Path) -> list[Sheet]:
    """All sheets of the file. Raises Refused for what is too large, or no XML to its end."""
    reader = _Reader(path)
    try:
        with path.open("rb") as file:
            head = file.read(_CHUNK)
            reader.begin(head)
            while chunk := file.read(_CHUNK):
                reader.feed(chunk)
        reader.end()
    except (expat.ExpatError, LookupError, UnicodeDecodeError, ValueError) as error:
        raise Refused(
            msg(
                N_(
                    "{file} is broken and can't be opened; open it in Excel or WPS and save it "
                    "again, or ask for the file once more"
                ),
                file=path.name,
            )
        ) from error
    for sheet in reader.found:
        if sheet.height * sheet.width > limits.MOST_CELLS:
            raise limits.too_far_apart(path, sheet.height, sheet.width)
    return reader.found


class _Reader:
    def __init__(self, path: Path) -> None:
        self._path = path
        self.found: list[Sheet] = []
        self._row = self._column = -1
        self._across = self._down = 0
        self._kind, self._text = "", list[str]()
        self._long, self._in_data, self._cells = 0, False, 0

    def begin(self, head: bytes) -> None:
        """The parser, told the encoding where it is one that expat does not know."""
        declared = _DECLARED.match(head.removeprefix(b"\xef\xbb\xbf"))
        self._decoder = None
        name = declared[1].decode() if declared else ""
        if name and name.casefold() not in ("utf-8", "utf-16", "us-ascii", "iso-8859-1"):
            wide = "gb18030" if name.casefold() in ("gb2312", "gbk") else name
            self._decoder = codecs.getincrementaldecoder(wide)()
        self._parser = expat.ParserCreate(
            "utf-8" if self._decoder else None, namespace_separator=" "
        )
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._started
        self._parser.EndElementHandler = self._ended
        self._parser.CharacterDataHandler = self._said
        self._parser.StartDoctypeDeclHandler = self._entities
        self.feed(head)

    def feed(self, data: bytes) -> None:
        self._parser.Parse(self._decoder.decode(data).encode() if self._decoder else data)

    def end(self) -> None:
        self._parser.Parse(b"", True)

    def _entities(self, *_told: object) -> None:
        raise ValueError("a list has no entities of its own")

    def _started(self, tag: str, given: dict[str, str]) -> None:
        said = {name.removeprefix(_SPACE): value for name, value in given.items()}
        match tag.removeprefix(_SPACE):
            case "Worksheet":
                self.found.append(Sheet(said.get("Name", "")))
                self._row = -1
            case "Row":
                self._row = int(said["Index"]) - 1 if "Index" in said else self._row + 1
                self._column = -1
            case "Cell":
                at = int(said["Index"]) - 1 if "Index" in said else self._column + 1
                self._column = at
                self._across = int(said.get("MergeAcross", 0))
                self._down = int(said.get("MergeDown", 0))
                self._far()
            case "Data":
                self._kind, self._text, self._long = said.get("Type", "String"), [], 0
                self._in_data = True

    def _said(self, text: str) -> None:
        if self._in_data:
            self._text.append(text)
            self._long += len(text)
            if self._long > _LONGEST:
                raise limits.long_cell(self._path, self._row + 1, _LONGEST)

    def _ended(self, tag: str) -> None:
        match tag.removeprefix(_SPACE):
            case "Data":
                self._in_data = False
                self._put(_value("".join(self._text), self._kind))
            case "Cell":
                if self._down and self.found:
                    corner = (self._row + self._down, self._column + self._across)
                    self.found[-1].merged_cell_ranges.append(((self._row, self._column), corner))
                self._column += self._across

    def _put(self, value: Value) -> None:
        if not self.found or value == "":
            return
        self._cells += 1
        if self._cells > limits.MOST_CELLS:
            raise limits.too_large(self._path)
        sheet = self.found[-1]
        sheet.rows.setdefault(self._row, {})[self._column] = value
        sheet.width = max(sheet.width, self._column + 1)

    def _far(self) -> None:
        row, column = self._row + self._down, self._column + self._across
        if row >= limits.LAST_ROW or column >= limits.LAST_COLUMN or min(row, column) < 0:
            raise limits.no_such_cell(self._path)


def _value(text: str, kind: str) -> Value:
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "DateTime":
        try:
            return datetime.fromisoformat(text.strip())
        except ValueError:
            return text
    return text
