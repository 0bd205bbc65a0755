"""What a formula that failed leaves in a cell: ``#N/A`` and its kin, which the library drops."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from posixpath import join, normpath
from xml.etree import ElementTree
from xml.parsers import expat

from opslog.exchange.reading import limits, ods_errors

MARK = "formula_error"
ERRORS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
)
_BOOK = "xl/workbook.xml"
_ERROR = b't="e"'
_CELL = re.compile(
    rb'<(?:\w+:)?c (?=[^>]*t="e")[^>]*?r="([A-Z]+)(\d+)"[^>]*>(.*?)</(?:\w+:)?c>', re.S
)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)<")
_CHUNK = 1 << 20

Errors = dict[int, dict[int, str]]


def without(cells: Sequence[str]) -> list[str]:
    """The cells with nothing where a formula failed: it is nobody's name or number."""
    return ["" if cell in ERRORS else cell for cell in cells]


def in_sheet(path: Path, sheet: str) -> Errors:
    """Row -> column -> error of a sheet in XLSX or ODS, counted from 0; nothing in others."""
    try:
        with zipfile.ZipFile(path) as archive:
            if ods_errors.PART in archive.namelist():
                return ods_errors.in_sheet(archive, sheet)
            names = {part.orig_filename.replace("\\", "/"): part for part in archive.infolist()}
            part = names.get(_part_of(archive, names, sheet))
            return {} if part is None else _found(archive, part)
    except (ElementTree.ParseError, expat.ExpatError, *limits.BROKEN_ARCHIVE):
        return {}  # no ZIP, or a broken one, of which the library says more


def _part_of(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], sheet: str) -> str:
    relations = "xl/_rels/workbook.xml.rels"
    if _BOOK not in names or relations not in names:
        return ""
    book = ElementTree.fromstring(archive.read(names[_BOOK]))
    told = ""
    for element in book.iter():
        if element.tag.endswith("}sheet") and element.get("name") == sheet:
            told = next((text for name, text in element.items() if name.endswith("}id")), "")
    for element in ElementTree.fromstring(archive.read(names[relations])):
        if element.get("Id") == told:
            return normpath(join("/xl", element.get("Target", ""))).lstrip("/")
    return ""


def _found(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Errors:
    found: Errors = {}
    rest = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            text = rest + chunk
            cut = text.rfind(b"</c>") + 4 if b"</c>" in text else 0
            rest = text[cut:] if cut else text[-_CHUNK:]
            if _ERROR not in text:
                continue
            for letters, row, inside in _CELL.findall(text, 0, cut or len(text)):
                if value := _VALUE.search(inside):
                    found.setdefault(int(row) - 1, {})[_number(letters)] = value[1].decode()
    return found


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
