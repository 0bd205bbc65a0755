"""Under which headings a row stood, in a file that holds several lists one below the other."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from opslog.domain.rosters.rosters import FIELDS


class Section(NamedTuple):
    """One list of a file: the line of its headings, these, and field -> index of its column."""

    header_row: int
    columns: Sequence[str]
    mapping: Mapping[str, int]


def in_json(sections: Sequence[Section]) -> str:
    """As ``roster_file.sections`` keeps them; '' for a file that is one list."""
    return json.dumps(sections, ensure_ascii=False) if len(sections) > 1 else ""


def section_of(row: sqlite3.Row) -> Section:
    """The section of a row with its ``line`` and its file's columns, mapping and sections."""
    several = _sections(row["columns"], row["mapping"], row["sections"])
    if len(several) == 1:
        return several[0]
    # Lines grow within a file, and a section reaches from its headings to those of the next.
    return several[max(bisect_left([one.header_row for one in several], row["line"]) - 1, 0)]


@lru_cache(maxsize=64)
def _sections(columns: str, mapping: str, sections: str) -> tuple[Section, ...]:
    read = json.loads(sections) if sections else [(0, json.loads(columns), json.loads(mapping))]
    return tuple(
        Section(line, tuple(headings), _indexes(fields)) for line, headings, fields in read
    )


def _indexes(mapping: Mapping[str, object]) -> dict[str, int]:
    return {name: at for name, at in mapping.items() if name in FIELDS and isinstance(at, int)}
