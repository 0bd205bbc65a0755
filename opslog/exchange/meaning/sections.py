"""Several lists one below the other: each row of headings among the rows begins one of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from opslog.exchange.headings import known as heading_known
from opslog.exchange.headings.rows import Row
from opslog.exchange.meaning import layouts
from opslog.exchange.meaning.column_choice import as_told
from opslog.exchange.meaning.columns import SAY_WHO_CAME, meanings
from opslog.exchange.reading.failed_formulas import formula_errors

# Data has a number or an address in it nearly always, headings never; this is quick to see.
_NUMBER = re.compile(r"\d{4}|@")
_MOST_HELD = 5_000  # rows looked at for further lists before the first is taken
_ABSENT = re.compile(r"未|没|缺席|请假|absent|no.?show|not attend", re.IGNORECASE)


class Stacked:
    """The rows below the headings of the first list; ``parts`` grows as further ones are met.

    A row of headings stays a row, marked, of the list above it: nothing that came in is lost.
    """

    def __init__(
        self,
        first: layouts.Part,
        rows: Iterable[Row],
        profile: layouts.Profile | None,
        known: layouts.KnownLayouts,
        told: Mapping[str, str],
    ) -> None:
        self.parts = [first]
        self._profile, self._known, self._told = profile, known, told
        self._rows = self._read(rows)

    def first(self) -> tuple[Row, ...]:
        """Rows enough to know the lists of any but a very long file; they are not given again."""
        return tuple(islice(self._rows, _MOST_HELD))

    def __iter__(self) -> Iterator[Row]:
        return self._rows

    def _read(self, rows: Iterable[Row]) -> Iterator[Row]:
        section, title = 0, ""
        for row in rows:
            again = row._replace(section=section) if section else row
            text = ",".join(row.cells)
            if "#" in text and not formula_errors.ERRORS.isdisjoint(row.cells):
                again = again._replace(marks=(*again.marks, formula_errors.MARK))
            if _NUMBER.search(text) is None:
                if row.blank:
                    continue
                filled = [cell.strip() for cell in row.cells if cell.strip()]
                if len(filled) > 1 and self._heads(row, section):
                    again = again._replace(marks=(*again.marks, "heading"))
                    if heading_known.as_columns(row.cells) != self.parts[section].columns:
                        self._begin(row, title)
                        section += 1
                title = filled[0] if len(filled) == 1 else ""
            elif title:
                title = ""
            yield again

    def _heads(self, row: Row, section: int) -> bool:
        above = {field: at[0] for field, at in self.parts[section].mapping.items()}
        if heading_known.begin_a_list(row.cells, above):
            return True
        if self._profile is None:
            return False
        return self._profile.stands_in(set(map(heading_known.fold, row.cells)))

    def _begin(self, row: Row, title: str) -> None:
        main = self.parts[0].mapping
        columns = heading_known.as_columns(row.cells)
        mapping = meanings(columns, (), self._profile, self._known, headless=False)
        folded = set(map(heading_known.fold, columns))
        told = {
            name: said for name, said in self._told.items() if heading_known.fold(said) in folded
        }
        mapping = as_told(mapping, told, columns, 0, "")
        # Who is listed apart, without a word on coming, beside those who came, did not come.
        came = bool(mapping.keys() & SAY_WHO_CAME) or not main.keys() & SAY_WHO_CAME
        part = layouts.Part(columns, mapping, header_row=row.line, title=title)
        self.parts.append(replace(part, came=came and not _ABSENT.search(title)))
