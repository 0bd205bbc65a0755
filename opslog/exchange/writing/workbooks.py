"""A table as a workbook (XLSX, ECMA-376): one sheet, its headings frozen and filtered, columns as
wide as their words, every text a text.

Written here rather than by a library: rows go straight into the file, with nothing put down beside
it, in a third of the time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.sax.saxutils import escape
from zipfile import ZIP64_LIMIT, ZIP_DEFLATED, ZipFile

from opslog.domain.base.refusal import Refused
from opslog.domain.base.widths import width
from opslog.exchange.writing.cells import Cell, plain, visible
from opslog.locale import N_, msg

if TYPE_CHECKING:
    from opslog.exchange.writing.tables import Table

ROWS, COLUMNS, TEXT = 1_048_576, 16_384, 32_767  # what Excel holds: a sheet, a row, a cell
_LARGEST = ZIP64_LIMIT  # of the sheet, in bytes: Excel finds fault with archives of the larger kind
_MEASURED = 2_000  # column widths are taken from so many rows
_WIDEST = 60
_EPOCH = datetime(1899, 12, 30)  # day 0 of the 1900 system, from March 1900 on
_FIRST_YEAR = 1901
_HEADING, _TEXT, _MOMENT, _DAY = 1, 2, 3, 4  # places among the cellXfs of _STYLES
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # what readers take for an escaped character
_NOT_XML = re.compile("[\ufffe\uffff]")

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
    f' Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '<border><left/><right/><top/><bottom style="thin"><color auto="1"/></bottom><diagonal/>'
    "</border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
    ' applyAlignment="1"><alignment horizontal="left"/></xf>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
    ' applyAlignment="1"><alignment horizontal="left"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>",
}


def write_workbook(table: Table, file: BinaryIO) -> None:
    """Raises Refused for more columns or rows than Excel holds, or more than its archive may."""
    if len(table.columns) > COLUMNS:
        raise _too_big()
    sheet = _Sheet(table)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, part in _PARTS.items():
            archive.writestr(name, _XML + part)
        with archive.open("xl/worksheets/sheet1.xml", "w") as out:
            size = 0
            for part in sheet.parts():
                data = part.encode()
                size += len(data)
                if size > _LARGEST:
                    raise Refused(msg(N_("A workbook can't hold so much; write .csv instead")))
                out.write(data)
        archive.writestr("xl/workbook.xml", _XML + sheet.workbook())


class _Sheet:
    """A table as the parts of a sheet, a row at a time."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._letters = [_letters(place) for place in range(len(table.columns))]
        self._widths = [_width(visible(column.heading)) + 3 for column in table.columns]
        self._last = 1  # row, counted as Excel does

    def parts(self) -> Iterator[str]:
        rows = self._rows()
        first = [self._heading(), *islice(rows, _MEASURED)]
        yield f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView tabSelected="1"'
        yield ' workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft"'
        yield ' state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        if self._widths:
            yield f"<cols>{''.join(map(self._column, range(len(self._widths))))}</cols>"
        yield "<sheetData>"
        yield from first
        yield from rows
        yield "</sheetData>"
        if self._letters:
            yield f'<autoFilter ref="{self._filtered("")}"/>'
        yield "</worksheet>"

    def workbook(self) -> str:
        """The part that names the sheet; only once its rows are counted."""
        name = escape(sheet_name(self._table.title), {'"': "&quot;"})
        quoted = name.replace("'", "''")
        filtered = (
            '<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'
            f"'{quoted}'!{self._filtered('$')}</definedName></definedNames>"
            if self._letters
            else ""
        )
        return (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><bookViews><workbookView/>'
            f'</bookViews><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets>'
            f"{filtered}</workbook>"
        )

    def _filtered(self, fixed: str) -> str:
        last = self._letters[-1]
        return f"{fixed}A{fixed}1:{fixed}{last}{fixed}{self._last}"

    def _column(self, place: int) -> str:
        width = min(self._widths[place], _WIDEST) + 0.7109375  # what Excel adds for its margins
        return f'<col min="{place + 1}" max="{place + 1}" width="{width}" customWidth="1"/>'

    def _heading(self) -> str:
        cells = (
            _text(f"{letters}1", visible(column.heading), _HEADING)
            for letters, column in zip(self._letters, self._table.columns, strict=True)
        )
        return f'<row r="1">{"".join(cells)}</row>'

    def _rows(self) -> Iterator[str]:
        for at, row in enumerate(self._table.rows, 2):
            if at > ROWS:
                raise _too_big()
            self._last = at
            if at <= _MEASURED + 1:
                self._measure(row)
            cells = [
                _FORMS.get(type(cell), _labelled)(f"{letters}{at}", cell)
                for letters, cell in zip(self._letters, row, strict=True)
                if cell is not None and cell != ""
            ]
            yield f'<row r="{at}">{"".join(cells)}</row>'

    def _measure(self, row: Sequence[Cell]) -> None:
        for place, cell in enumerate(row):
            if cell is not None:
                self._widths[place] = max(self._widths[place], _width(plain(cell)) + 1)


def _text(at: str, text: str, style: int = _TEXT) -> str:
    """What is longer than a cell of Excel holds ends in …, so that it shows."""
    if not text:
        return ""
    if len(text) > TEXT:
        text = text[: TEXT - 1] + "…"
    if "_x" in text:
        text = _ESCAPED.sub("_x005F_", text)
    if not text.isprintable():
        text = _NOT_XML.sub("\ufffd", text)
    if "&" in text or "<" in text or ">" in text:
        text = escape(text)
    kept = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t{kept}>{text}</t></is></c>'


def _plain(at: str, cell: str) -> str:
    return _text(at, cell if cell.isprintable() else visible(cell))


def _labelled(at: str, cell: Cell) -> str:
    return _text(at, plain(cell))


def _number(at: str, cell: float) -> str:
    return f'<c r="{at}"><v>{cell!r}</v></c>'


def _moment(at: str, cell: datetime) -> str:
    return _since_epoch(at, cell.replace(tzinfo=None), _MOMENT, cell)


def _day(at: str, cell: date) -> str:
    return _since_epoch(at, datetime(cell.year, cell.month, cell.day), _DAY, cell)


def _since_epoch(at: str, moment: datetime, style: int, cell: Cell) -> str:
    """Days since the epoch; before Excel's calendar begins, as text."""
    if moment.year < _FIRST_YEAR:
        return _labelled(at, cell)
    days = (moment - _EPOCH).total_seconds() / 86_400
    return f'<c r="{at}" s="{style}"><v>{days:.15g}</v></c>'


_FORMS: dict[type, Callable[[str, Any], str]] = {
    str: _plain,
    int: _number,
    float: _number,
    datetime: _moment,
    date: _day,
}


def _letters(place: int) -> str:
    """A, B … Z, AA … as the columns are called."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def sheet_name(title: str) -> str:
    """Excel refuses these characters, an apostrophe at either end, and more than 31."""
    name = "".join(" " if letter in "[]:*?/\\" else letter for letter in visible(title))
    return name.replace("\n", " ")[:31].strip("' ") or "opslog"


def _width(text: str) -> int:
    """Terminal cells, which is how wide a spreadsheet's font draws it too."""
    longest = max(text.split("\n"), key=len) if "\n" in text else text
    return width(longest[: 2 * _WIDEST])


def _too_big() -> Refused:
    return Refused(
        msg(N_("Excel holds {rows} rows and no more; write .csv instead"), rows=f"{ROWS:,}")
    )
