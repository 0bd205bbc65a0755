"""Failed formulas in XLSX sheets: ``<c r="C3" t="e"><v>#N/A</v></c>``."""

from __future__ import annotations

import re
import zipfile
from posixpath import join, normpath
from xml.etree import ElementTree

_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_ERROR = b't="e"'
_CELL = re.compile(
    rb'<(?:\w+:)?c (?=[^>]*t="e")[^>]*?r="([A-Z]+)(\d+)"[^>]*>(.*?)</(?:\w+:)?c>', re.S
)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)<")
_CHUNK = 1 << 20


def in_sheet(archive: zipfile.ZipFile, sheet: str) -> dict[int, dict[int, str]]:
    """Row -> column -> error of a sheet, counted from 0."""
    names = {part.orig_filename.replace("\\", "/"): part for part in archive.infolist()}
    if _BOOK not in names or _RELATIONS not in names:
        return {}
    told = ""
    for element in ElementTree.fromstring(archive.read(names[_BOOK])).iter():
        if element.tag.endswith("}sheet") and element.get("name") == sheet:
            told = next((text for name, text in element.items() if name.endswith("}id")), "")
    part = names.get(part_of(archive.read(names[_RELATIONS]), told))
    return {} if part is None else _found(archive, part)


def part_of(relations: bytes, id: str) -> str:
    """The part of the archive that a workbook's relation leads to; '' where there is none."""
    for element in ElementTree.fromstring(relations):
        if element.get("Id") == id:
            return normpath(join("/xl", element.get("Target", ""))).lstrip("/")
    return ""


def _found(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
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
