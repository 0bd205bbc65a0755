"""What stands in the columns of a list: the first rows of each, and what that speaks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from opslog.domain.imports.cells import clean
from opslog.domain.people import emails, phones
from opslog.domain.people.naming import place_names
from opslog.domain.people.naming.name_kinds import ORGANISATION, PERSON, kind_of_name, of_remark
from opslog.domain.people.naming.names import is_form_of_address
from opslog.exchange.headings.rows import Row

SAMPLED = 60  # rows; a list of 100,000 is judged by no more
_DIGITS = re.compile(r"\d")
_FEWEST_DIGITS = 5  # of a telephone number, an extension left out
_OF_A_NUMBER = 7  # digits of one that can be called
_FEWEST_NAMES = 3
_AMOUNT = re.compile(r"[¥￥$€£]?\s*\d[\d.,]*\s*元?")
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}.*|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}.*")


class ColumnCells:
    """The filled cells of each column among the first rows."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._columns: dict[int, list[str]] = {}
        for row in islice((row for row in rows if not row.blank), SAMPLED):
            for index, cell in enumerate(row.cells):
                if text := clean(cell):
                    self._columns.setdefault(index, []).append(text)

    def __getitem__(self, index: int) -> Sequence[str]:
        return self._columns.get(index, ())

    @property
    def width(self) -> int:
        return max(self._columns, default=-1) + 1

    def speak_against(self, index: int, field: str) -> bool:
        """Whether no cell of the column can be what the field is."""
        cells = self[index]
        if not cells:
            return False
        if field == "phone":
            return not any(_looks_like_number(cell) for cell in cells)
        if field == "email":
            return not any("@" in cell for cell in cells)
        if field == "title":
            return all(map(is_form_of_address, cells))
        if field in ("name", "company"):
            return all("@" in cell or _looks_like_number(cell) for cell in cells)
        if field == "status":
            return all(map(_AMOUNT.fullmatch, cells)) and not set(cells) <= {"0", "1"}
        return field == "minutes" and not any(_DIGITS.search(cell) for cell in cells)

    def share(self, index: int, kind: str) -> float:
        """How many of the cells, 0 to 1, are names of this kind; a person's with the company's
        beside it (深蓝软件-赵海涛) is a person's."""
        cells = self[index]
        kinds = [PERSON if of_remark(cell) else kind_of_name(cell) for cell in cells]
        return kinds.count(kind) / len(cells) if cells else 0.0

    def holds(self, index: int) -> str:
        """``phone``, ``email`` or ``name`` where most cells are that and nothing else; or ''."""
        cells = self[index]
        if not cells:
            return ""
        half = len(cells) / 2
        if sum("@" in cell and bool(emails.normalise(cell).address) for cell in cells) > half:
            return "email"
        long = [cell for cell in cells if len(_DIGITS.findall(cell)) >= _OF_A_NUMBER]
        if len(long) > half and sum(map(_is_number, filter(_looks_like_number, long))) > half:
            return "phone"
        return "name" if self._names(index) else ""

    def _names(self, index: int) -> bool:
        """Names of people hardly ever come twice; provinces and states do."""
        cells = self[index]
        different = set(cells)
        if len(cells) < _FEWEST_NAMES or len(different) < 0.8 * len(cells):
            return False
        people = [c for c in different if kind_of_name(c) == PERSON and not place_names.is_place(c)]
        return len(people) >= 0.7 * len(different)


def kind_of_names(cells: ColumnCells, index: int) -> str:
    """PERSON or ORGANISATION where the names of a column are plainly that, else ''."""
    people, organisations = cells.share(index, PERSON), cells.share(index, ORGANISATION)
    if organisations >= 0.3 and organisations >= people:
        return ORGANISATION
    return PERSON if people >= 0.6 and organisations < 0.1 else ""


def _looks_like_number(cell: str) -> bool:
    return len(_DIGITS.findall(cell)) >= _FEWEST_DIGITS and not _DATE.fullmatch(cell.strip())


def _is_number(cell: str) -> bool:
    found = phones.normalise(cell)
    return bool(found.e164) and found.kind in (phones.MOBILE, phones.LANDLINE, phones.OTHER)
