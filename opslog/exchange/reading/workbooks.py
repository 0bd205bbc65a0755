"""Workbooks (XLSX, XLSM, XLS, XLSB, ODS), read by calamine; an empty answer is not believed."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import SheetInfo, SheetUnclear
from opslog.exchange.headings.rows import Row
from opslog.exchange.reading import limits, merged_cells, probe, xml_2003
from opslog.exchange.reading.failed_formulas import formula_errors
from opslog.locale import N_, msg

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_CELL = re.compile(rb"<(?:\w+:)?(?:v|is|f)[ >]")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml|content\.xml")
_BEGINNING = bytes.fromhex("0908100000060500")  # of the globals of an XLS workbook
_HEAD = 1 << 20
_FIRST = 4096
_UTF8_NAME = 0x800  # flag: the name of a part is in UTF-8
_Range = tuple[tuple[int, int], tuple[int, int]]


class Book:
    """An open workbook. Raises Refused where it is locked, broken, too large or empty."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._sheets: dict[str, CalamineSheet | xml_2003.Sheet] = {}
        if _is_xml_2003(path):
            self._sheets = {sheet.name: sheet for sheet in xml_2003.sheets(path)}
            self._hidden = dict.fromkeys(self._sheets, False)
        else:
            self._open(path)
        if not self._hidden:
            raise _nothing_in(path)

    def _open(self, path: Path) -> None:
        limits.check(path)
        with _in_words(path):
            from python_calamine import load_workbook

            # By bytes, since the name may say .csv.
            with path.open("rb") as file:
                head = file.read(_HEAD)
                _refuse_password(path, head)
                packed = head.startswith(b"PK")
                if (not packed or _is_binary(path)) and not probe.survives(path, sheets=not packed):
                    raise _broken(path)
                file.seek(0)
                self._book: CalamineWorkbook = load_workbook(
                    _with_slashes(path) if packed and _has_backslashes(path) else file
                )
        self._hidden = self._visibility()

    @property
    def names(self) -> list[str]:
        return list(self._hidden)

    @property
    def visible(self) -> list[str]:
        """The sheets a person sees when opening the workbook."""
        return [name for name, hidden in self._hidden.items() if not hidden]

    def sheets(self) -> tuple[SheetInfo, ...]:
        return tuple(
            SheetInfo(name, self._sheet(name).total_height or self._sheet(name).height, hidden)
            for name, hidden in self._hidden.items()
        )

    def named(self, wanted: str) -> str:
        """The sheet a person means: its name, or its number from 1. Raises Refused."""
        for name in self.names:
            if name == wanted or name.strip().casefold() == wanted.strip().casefold():
                return name
        if wanted.isdigit() and 1 <= int(wanted) <= len(self.names):
            return self.names[int(wanted) - 1]
        raise Refused(
            msg(
                N_("{file} has no sheet “{sheet}”; it has {names}"),
                file=self.path.name,
                sheet=wanted,
                names=", ".join(self.names),
            )
        )

    def rows(self, name: str) -> SheetRows:
        """The rows of a sheet. Raises Refused where it has none, or hides them from us."""
        sheet = self._sheet(name)
        if not sheet.height:
            self._refuse_empty(name)
        merged = sheet.merged_cell_ranges
        return SheetRows(
            sheet,
            merged_cells.merged_cells(self.path, name) if merged is None else merged,
            formula_errors.in_sheet(self.path, name),
        )

    def filled(self) -> list[SheetInfo]:
        """The sheets that hold something, hidden ones too."""
        return [sheet for sheet in self.sheets() if not self.is_empty(sheet.name)]

    def is_empty(self, name: str) -> bool:
        return not self._sheet(name).height

    def _sheet(self, name: str) -> CalamineSheet | xml_2003.Sheet:
        if name not in self._sheets:
            with _in_words(self.path):
                sheet = self._book.get_sheet_by_name(name)
            if sheet.width > limits.LAST_COLUMN:
                raise limits.too_wide(self.path, name)
            self._sheets[name] = sheet
        return self._sheets[name]

    def _visibility(self) -> dict[str, bool]:
        from python_calamine import SheetTypeEnum, SheetVisibleEnum

        return {
            sheet.name: sheet.visible != SheetVisibleEnum.Visible
            for sheet in self._book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        }

    def _refuse_empty(self, name: str) -> None:
        read = sum(not self.is_empty(one) for one in self.names)
        if _sheets_with_cells(self.path) > read:
            raise Refused(
                msg(
                    N_(
                        "{file}, sheet {sheet}: it holds cells that can't be read; open it in "
                        "Excel or WPS and save it again as XLSX or CSV"
                    ),
                    file=self.path.name,
                    sheet=name,
                )
            )
        if read:
            raise SheetUnclear(
                msg(
                    N_("{file}, sheet {sheet}: the sheet is empty; choose another"),
                    file=self.path.name,
                    sheet=name,
                ),
                self.filled(),
            )
        raise _nothing_in(self.path)


class SheetRows:
    """The rows of one sheet; ``first_column`` is where its cells begin, from 0."""

    def __init__(
        self,
        sheet: CalamineSheet | xml_2003.Sheet,
        merged: list[_Range],
        errors: formula_errors.Errors,
    ) -> None:
        self._sheet, self._errors = sheet, errors
        self._done = 0
        start = sheet.start or (0, 0)
        self.first_column = start[1]
        self._merged = _downward(merged, self.first_column)

    @property
    def share(self) -> float:
        """How much of the sheet has been read, 0 to 1."""
        return min(1.0, self._done / max(1, self._sheet.total_height))

    def __iter__(self) -> Iterator[Row]:
        held: dict[int, str] = {}
        values_of_rows: Iterator[Sequence[object]] = self._sheet.iter_rows()
        for number, values in enumerate(values_of_rows):
            cells = [value if type(value) is str else _TEXT[type(value)](value) for value in values]
            for column, error in self._errors.get(number, {}).items():
                at = column - self.first_column
                cells += [""] * (at + 1 - len(cells))
                cells[at] = error
            merged = self._merged.get(number, ())
            if merged and not any(cells) and not all(is_top for _column, is_top in merged):
                # The row is wholly one with that above, and seen as one.
                self._done = number + 1
                yield Row(number + 1, [])
                continue
            for column, is_top in merged:
                # A cell merged downward shows its value beside every row it spans.
                if column >= len(cells):
                    continue
                if is_top:
                    held[column] = cells[column]
                else:
                    cells[column] = held.get(column, "")
            while cells and not cells[-1]:
                cells.pop()
            self._done = number + 1
            yield Row(number + 1, cells)


def _downward(ranges: list[_Range], first_column: int) -> dict[int, list[tuple[int, bool]]]:
    """Row -> the columns merged over several rows there, and whether it is the top of them."""
    found: dict[int, list[tuple[int, bool]]] = {}
    for (top, left), (bottom, _right) in ranges:
        if bottom > top:
            for row in range(top, bottom + 1):
                found.setdefault(row, []).append((left - first_column, row == top))
    return found


def _is_xml_2003(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(_FIRST)
    return head[:1] not in (b"P", b"\xd0") and any(mark in head for mark in xml_2003.MARKS)


def _has_backslashes(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any("\\" in part.orig_filename for part in archive.infolist())
    except limits.BROKEN_ARCHIVE:
        return False  # no ZIP, or a broken one, of which the library says more


def _with_slashes(path: Path) -> io.BytesIO:
    """The workbook with its parts named ``xl/workbook.xml``, as the library looks for them.

    Some exports of attendance systems name them ``xl\\workbook.xml``; the names are as long.
    """
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            name = part.orig_filename.encode("utf-8" if part.flag_bits & _UTF8_NAME else "cp437")
            plain = name.replace(b"\\", b"/")
            at = part.header_offset + 30
            data[at : at + len(name)] = plain
            # The list of parts at the end names it once more.
            at = data.find(name, archive.start_dir)
            data[at : at + len(name)] = plain
    return io.BytesIO(data)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _moment(value: datetime) -> str:
    if value.time() == time():
        return value.date().isoformat()
    return value.isoformat(" ", "minutes" if value.second == 0 else "seconds")


_TEXT: dict[type, Callable[..., str]] = {
    str: str,
    float: _number,
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    datetime: _moment,
    date: date.isoformat,
    time: lambda value: value.isoformat("auto"),
    timedelta: str,
}


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """What calamine raises, said in a sentence."""
    try:
        yield
    except (Refused, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        from python_calamine import PasswordError

        if isinstance(error, PasswordError):
            raise _locked(path) from error
        # calamine's panics are no Exceptions, hence the wide net.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            # Its reasons are about XML and ZIP, in English, and nothing a person could act upon.
            raise _broken(path) from error
        raise


def _refuse_password(path: Path, head: bytes) -> None:
    """The library calls locked files unknown; where they say so themselves, we do too."""
    if head.startswith(b"PK"):
        locked = _is_encrypted_document(path)
    else:
        locked = "EncryptedPackage".encode("utf-16-le") in head or _is_encrypted_stream(head)
    if locked:
        raise _locked(path)


def _is_binary(path: Path) -> bool:
    """Whether a ZIP is an XLSB."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.endswith("workbook.bin") for name in archive.namelist())
    except limits.BROKEN_ARCHIVE:
        return False  # no ZIP, or a broken one, of which the library says more


def _is_encrypted_stream(head: bytes) -> bool:
    """XLS: a FILEPASS record, 0x2F, among the first after the beginning of the workbook."""
    at = head.find(_BEGINNING)
    for _record in range(4 if at >= 0 else 0):
        kind, size = struct.unpack_from("<2H", head.ljust(at + 4, b"\0"), at)
        if kind == 0x2F:
            return True
        at += 4 + size
    return False


def _is_encrypted_document(path: Path) -> bool:
    """ODS: the manifest tells how the content is encrypted."""
    try:
        with (
            zipfile.ZipFile(path) as archive,
            archive.open("META-INF/manifest.xml") as manifest,
        ):
            return b"encryption-data" in manifest.read(_HEAD)
    except (KeyError, *limits.BROKEN_ARCHIVE):
        return False  # no ODS, or a broken one, of which the library says more


def _broken(path: Path) -> Refused:
    return Refused(
        msg(
            N_(
                "{file} is broken and can't be opened; open it in Excel or WPS and save it "
                "again, or ask for the file once more"
            ),
            file=path.name,
        )
    )


def _locked(path: Path) -> Refused:
    return Refused(
        msg(
            N_("{file} is protected by a password; save a copy without one"),
            file=path.name,
        )
    )


def _nothing_in(path: Path) -> Refused:
    return Refused(msg(N_("{file} is empty; export the list again"), file=path.name))


def _sheets_with_cells(path: Path) -> int:
    """How many sheets hold values by their bytes, whatever the library made of them."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [name for name in archive.namelist() if _SHEET.fullmatch(name)]
            return sum(_has_cells(archive, name) for name in parts)
    except limits.BROKEN_ARCHIVE:
        return 0  # what is broken in it, the library has said already


def _has_cells(archive: zipfile.ZipFile, name: str) -> bool:
    tail = b""
    with archive.open(name) as part:
        while chunk := part.read(1 << 20):
            if _CELL.search(tail + chunk):
                return True
            tail = chunk[-32:]
    return False
