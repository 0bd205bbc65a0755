"""A table into a file: CSV, XLSX, Markdown, HTML or JSON, by the ending of its name."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from html import escape
from pathlib import Path
from typing import BinaryIO

from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import escaped
from opslog.exchange.writing.cells import Cell, Named, harmless, plain, visible
from opslog.exchange.writing.files import write_whole
from opslog.exchange.writing.markup import TAIL, head, tag
from opslog.locale import N_, nmsg

_NAMED = 12  # signs that an encoding has not
ENCODINGS = {"utf-8": "utf-8-sig", "gb18030": "gb18030", "gbk": "gbk"}
"""Of .csv files, by the name of Python's codec. GB18030 has all of Unicode; GBK, which is what
older programs take for GB18030, has not."""


@dataclass(frozen=True)
class Column:
    """``key`` names it in JSON (English, never translated), ``heading`` for people.

    ``group`` nests it in JSON: columns of one group become one object of that name.
    """

    key: str
    heading: str
    group: str = ""

    @property
    def name(self) -> str:
        """What tells it from the others of its table: ``round_1.verdict``."""
        return f"{self.group}.{self.key}" if self.group else self.key


@dataclass(frozen=True, slots=True)
class Several(Named):
    """Several values as one cell: an array in JSON, of the codes with one space between."""


@dataclass(frozen=True)
class Table:
    """``rows`` may be an iterator that is read once, a row at a time."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def write_table(table: Table, path: Path, *, encoding: str = "utf-8", force: bool = False) -> Path:
    """Write ``table`` in the form its ending asks for; returns the full path. ``encoding``, one of
    ENCODINGS, is that of a .csv.

    Raises Refused for a table Excel can't hold, signs the encoding has not, and whatever
    ``write_whole`` refuses. Nothing is written then.
    """
    ending = path.suffix.lower().removeprefix(".")
    writer = FORMATS[ending]
    if ending == "csv" and encoding != "utf-8":
        writer = partial(_write_csv, encoding=encoding)
    return write_whole(path, lambda file: writer(table, file), force=force)


def _write_csv(table: Table, file: BinaryIO, encoding: str = "utf-8") -> None:
    """With CRLF, and with BOM where the encoding has one, as Excel opens it without asking."""
    text = io.TextIOWrapper(file, encoding=ENCODINGS[encoding], newline="", write_through=False)
    out = csv.writer(text, lineterminator="\r\n")
    lacking = _Lacking(encoding)
    for cells in _csv_rows(table):
        if encoding == "utf-8" or lacking.nothing_of(cells):
            out.writerow(cells)
    text.detach()
    lacking.refuse()


def _csv_rows(table: Table) -> Iterator[list[str]]:
    yield [harmless(visible(column.heading)) for column in table.columns]
    for row in table.rows:
        yield [_csv_cell(cell) for cell in row]


class _Lacking:
    """The signs of a table that an encoding has not: all of them, before anything is written."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._signs: dict[str, None] = {}  # in the order they were met
        self._rows = 0

    def nothing_of(self, cells: Sequence[str]) -> bool:
        """Whether all of a row can be written, and all of those before."""
        text = "".join(cells)
        try:
            text.encode(self._encoding)
        except UnicodeEncodeError:
            self._rows += 1
            self._signs |= dict.fromkeys(sign for sign in text if not self._has(sign))
        return not self._signs

    def _has(self, sign: str) -> bool:
        try:
            return bool(sign.encode(self._encoding))
        except UnicodeEncodeError:
            return False

    def refuse(self) -> None:
        if self._signs:
            more = " …" if len(self._signs) > _NAMED else ""
            raise Refused(
                nmsg(
                    N_("{encoding} has no {signs} ({n} row); write it as GB18030 or UTF-8"),
                    N_("{encoding} has no {signs} ({n} rows); write it as GB18030 or UTF-8"),
                    self._rows,
                    encoding=self._encoding.upper(),
                    signs=" ".join([*self._signs][:_NAMED]) + more,
                ),
                field="encoding",
            )


def _csv_cell(cell: Cell) -> str:
    return plain(cell) if isinstance(cell, int | float) else harmless(plain(cell))


def _write_xlsx(table: Table, file: BinaryIO) -> None:
    from opslog.exchange.writing.workbooks import write_workbook

    write_workbook(table, file)


def _write_markdown(table: Table, file: BinaryIO) -> None:
    def line(cells: Iterable[str]) -> bytes:
        return f"| {' | '.join(cells)} |\n".encode()

    def cell_text(text: str) -> str:
        text = text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
        return text.replace("\n", "<br>").replace("\t", " ")

    file.write(f"# {cell_text(visible(table.title))}\n\n".encode())
    file.write(line(cell_text(visible(column.heading)) for column in table.columns))
    file.write(line("---" for column in table.columns))
    for row in table.rows:
        file.write(line(cell_text(plain(cell)) for cell in row))


_HTML_STYLE = """
body { font: 14px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; margin: 2em; }
table { border-collapse: collapse; }
th, td { border-bottom: 1px solid #ddd; padding: .3em .8em; text-align: left;
  vertical-align: top; white-space: pre-line; mso-number-format: "\\@"; }
th { position: sticky; top: 0; background: #fff; }
"""


def _write_html(table: Table, file: BinaryIO) -> None:
    """One page without scripts or anything from elsewhere; it prints as it is. Opened in Excel its
    cells are text (mso-number-format), whatever they begin with."""

    def line(name: str, cells: Iterable[str]) -> bytes:
        """Not by ``tag``: a list has a hundred thousand."""
        return f"<tr>{''.join(f'<{name}>{escape(c)}</{name}>' for c in cells)}</tr>\n".encode()

    file.write(f"{head(table.title, _HTML_STYLE)}{tag('h1', table.title)}\n<table>\n".encode())
    headings = line("th", (visible(column.heading) for column in table.columns))
    file.write(b"<thead>\n" + headings + b"</thead>\n")
    file.write(b"<tbody>\n")
    for row in table.rows:
        file.write(line("td", (plain(cell) for cell in row)))
    file.write(b"</tbody>\n</table>\n" + TAIL.encode())


def _write_json(table: Table, file: BinaryIO) -> None:
    """One array of objects; text exactly as it is, control characters as JSON escapes."""
    file.write(b"[")
    between = "\n"
    for row in table.rows:
        text = json.dumps(_json_object(table.columns, row), ensure_ascii=False, default=_json_value)
        file.write(f"{between}  {escaped(text)}".encode())
        between = ",\n"
    file.write(b"\n]\n")


def _json_object(columns: Sequence[Column], row: Sequence[Cell]) -> dict[str, object]:
    read: dict[str, object] = {}
    for column, cell in zip(columns, row, strict=True):
        if column.group:
            nested = read.setdefault(column.group, {})
            assert isinstance(nested, dict)
            nested[column.key] = cell
        else:
            read[column.key] = cell
    return read


def _json_value(value: object) -> str | int | list[str]:
    """Moments with their offset, days as they are, codes instead of labels."""
    if isinstance(value, Several):
        return str(value.code).split()
    if isinstance(value, Named):
        return value.code
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


FORMATS: dict[str, Callable[[Table, BinaryIO], None]] = {
    "csv": _write_csv,
    "xlsx": _write_xlsx,
    "md": _write_markdown,
    "html": _write_html,
    "json": _write_json,
}
