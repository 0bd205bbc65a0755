"""What a formula that failed leaves in a cell: ``#N/A`` and its kin, which the library drops."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from opslog.exchange.reading import limits
from opslog.exchange.reading.failed_formulas import ods, xls, xlsb, xlsx

MARK = "formula_error"
ERRORS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
)
_BROKEN = (
    *(ElementTree.ParseError, expat.ExpatError, struct.error, LookupError),
    *limits.BROKEN_ARCHIVE,
)

Errors = dict[int, dict[int, str]]


def without(cells: Sequence[str]) -> list[str]:
    """The cells with nothing where a formula failed: it is nobody's name or number."""
    return ["" if cell in ERRORS else cell for cell in cells]


def in_sheet(path: Path, sheet: str) -> Errors:
    """Row -> column -> error of a sheet, counted from 0."""
    try:
        if xls.is_one(path):
            return xls.in_sheet(path, sheet)
        with zipfile.ZipFile(path) as archive:
            if ods.PART in archive.namelist():
                return ods.in_sheet(archive, sheet)
            if xlsb.BOOK in archive.namelist():
                return xlsb.in_sheet(archive, sheet)
            return xlsx.in_sheet(archive, sheet)
    except _BROKEN:
        return {}  # none of these formats, or a broken file, of which the library says more
