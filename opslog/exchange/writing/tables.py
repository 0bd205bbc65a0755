"""A table into a file: CSV, XLSX, Markdown, HTML or JSON, by the ending of its name."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import Any, BinaryIO

from opslog.disk import temporary
from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import escaped
from opslog.exchange.writing.cells import Cell, Named, harmless, plain, visible
from opslog.exchange.writing.files import write_whole
from opslog.locale import N_, msg, nmsg

_EXCEL_ROWS = 1_048_576
_EXCEL_COLUMNS = 16_384
_EXCEL_TEXT = 32_767
_MEASURED_ROWS = 2_000  # column widths are taken from so many rows
_WIDEST = 60
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
    """One sheet: text stays text, header frozen, filter on, columns as wide as their words.

    Rows go through a scratch folder beside the file, so memory stays flat and one disk is meant
    where none has room; the folder goes with the function.
    """
    import xlsxwriter

    if len(table.columns) > _EXCEL_COLUMNS:
        raise _too_big()
    target = _Target(file)
    with temporary.folder(Path(file.name).parent) as scratch:
        book = xlsxwriter.Workbook(target, {"constant_memory": True, "tmpdir": str(scratch)})
        sheet = book.add_worksheet(_sheet_name(table.title))
        heading = book.add_format({"bold": True, "bottom": 1})
        forms = {
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
            date: book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            str: book.add_format({"num_format": "@"}),
        }
        widths = [_width(visible(column.heading)) + 3 for column in table.columns]
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, visible(column.heading)[:_EXCEL_TEXT], heading)
        last = 0
        try:
            for last, row in enumerate(table.rows, 1):
                if last >= _EXCEL_ROWS:
                    raise _too_big()
                for place, cell in enumerate(row):
                    _put(sheet, last, place, cell, forms)
                    if last <= _MEASURED_ROWS and cell is not None:
                        widths[place] = max(widths[place], _width(plain(cell)) + 1)
        except BaseException:
            sheet._opt_close()  # else Windows can't remove the scratch folder
            raise
        for place, width in enumerate(widths):
            sheet.set_column(place, place, min(width, _WIDEST))
        sheet.freeze_panes(1, 0)
        if table.columns:
            sheet.autofilter(0, 0, last, len(table.columns) - 1)
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:  # of the scratch folder
            raise OSError(*error.args[0].args) from error
    if target.failure is not None:
        raise target.failure


class _Target:
    """The file as the library is to see it: one that always takes what is written. Told that the
    disk is full, it would leave its archive open, which complains on stderr when it is forgotten.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.failure: OSError | None = None

    def write(self, data: bytes) -> int:
        self._do(lambda: self._file.write(data))
        return len(data)

    def seek(self, place: int, whence: int = 0) -> int:
        return self._do(lambda: self._file.seek(place, whence))

    def tell(self) -> int:
        return self._do(self._file.tell)

    def flush(self) -> None:
        self._do(self._file.flush)

    def _do(self, work: Callable[[], int | None]) -> int:
        if self.failure is None:
            try:
                return work() or 0
            except OSError as error:
                self.failure = error
        return 0


def _put(sheet: Any, row: int, place: int, cell: Cell, forms: dict[type, Any]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, place, _fit(visible(cell)), forms[str])
    elif isinstance(cell, bool | Named | tuple):
        sheet.write_string(row, place, _fit(plain(cell)), forms[str])
    elif isinstance(cell, datetime):
        sheet.write_datetime(row, place, cell.replace(tzinfo=None), forms[datetime])
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, cell, forms[date])
    else:
        sheet.write_number(row, place, cell)


def _fit(text: str) -> str:
    """Excel holds 32,767 characters a cell; what is longer ends in … so that it shows."""
    return text if len(text) <= _EXCEL_TEXT else text[: _EXCEL_TEXT - 1] + "…"


def _sheet_name(title: str) -> str:
    """Excel refuses these characters, an apostrophe at either end, and more than 31."""
    name = "".join(" " if letter in "[]:*?/\\" else letter for letter in visible(title))
    return name.replace("\n", " ")[:31].strip("' ") or "opslog"


def _width(text: str) -> int:
    """Terminal cells, which is how wide a spreadsheet's font draws it too."""
    longest = max(text.split("\n"), key=len) if "\n" in text else text
    if longest.isascii():
        return len(longest)
    from wcwidth import wcwidth

    return sum(max(wcwidth(letter), 0) for letter in longest[: 2 * _WIDEST])


def _too_big() -> Refused:
    return Refused(
        msg(N_("Excel holds {rows} rows and no more; write .csv instead"), rows=f"{_EXCEL_ROWS:,}")
    )


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


_HTML_HEAD = """<!doctype html>
<html>
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font: 14px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; margin: 2em; }}
table {{ border-collapse: collapse; }}
th, td {{ border-bottom: 1px solid #ddd; padding: .3em .8em; text-align: left;
  vertical-align: top; white-space: pre-line; }}
th {{ position: sticky; top: 0; background: #fff; }}
</style>
</head>
<body>
<h1>{title}</h1>
<table>
"""


def _write_html(table: Table, file: BinaryIO) -> None:
    """One page without scripts or anything from elsewhere; it prints as it is."""

    def line(tag: str, cells: Iterable[str]) -> bytes:
        return f"<tr>{''.join(f'<{tag}>{escape(c)}</{tag}>' for c in cells)}</tr>\n".encode()

    file.write(_HTML_HEAD.format(title=escape(visible(table.title))).encode())
    headings = line("th", (visible(column.heading) for column in table.columns))
    file.write(b"<thead>\n" + headings + b"</thead>\n")
    file.write(b"<tbody>\n")
    for row in table.rows:
        file.write(line("td", (plain(cell) for cell in row)))
    file.write(b"</tbody>\n</table>\n</body>\n</html>\n")


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
