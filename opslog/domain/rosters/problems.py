"""A row worth a look: what it said, what was understood, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# What may be typed in place of a cell, in the order forms show it.
FIELDS_MENDED = ("name", "phone", "email", "company", "title", "city")


@dataclass(frozen=True, slots=True)
class Problem:
    """``values`` are the fields as they stand; ``person_id`` None where nobody came of the row."""

    id: int
    roster_id: int
    event: str
    file: str
    sheet: str
    line: int
    columns: tuple[str, ...]
    cells: tuple[str, ...]
    problems: tuple[str, ...]
    person_id: int | None
    values: Mapping[str, str]
