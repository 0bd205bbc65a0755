"""Under which headings a row stood, in a file that holds several lists one below the other."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from opslog.domain.imports.mapping import restored, stored
from opslog.domain.rosters.rosters import Columns


class Section(NamedTuple):
    """One list of a file: the line of its headings, these, and field -> its columns."""

    header_row: int
    columns: Sequence[str]
    mapping: Mapping[str, Columns]


def in_json(sections: Sequence[Section]) -> str:
    """As ``roster_file.sections`` keeps them; '' for a file that is one list."""
    if len(sections) < 2:
        return ""
    kept = [(one.header_row, one.columns, stored(one.mapping)) for one in sections]
    return json.dumps(kept, ensure_ascii=False)


def sections_of(row: sqlite3.Row) -> list[Section]:
    """All of a file, by its columns, mapping and sections."""
    return list(_sections(row["columns"], row["mapping"], row["sections"]))


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
        Section(line, tuple(headings), restored(fields)) for line, headings, fields in read
    )
