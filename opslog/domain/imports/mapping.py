"""Which columns of a list mean what: a field has one column, or several in the order they count.

As it is kept in the database a field with one column is its number, one with several their list.
"""

from __future__ import annotations

from collections.abc import Mapping

from opslog.domain.rosters.rosters import FIELDS, Columns


def first(mapping: Mapping[str, Columns], field: str) -> int:
    """The index of the column that counts first; -1 where the field has none."""
    return mapping[field][0] if mapping.get(field) else -1


def meanings(mapping: Mapping[str, Columns]) -> dict[int, str]:
    """Index of a column -> the field it means."""
    return {index: field for field, columns in mapping.items() for index in columns}


def stored(mapping: Mapping[str, Columns]) -> dict[str, int | list[int]]:
    """The mapping as JSON keeps it."""
    return {
        field: columns[0] if len(columns) == 1 else list(columns)
        for field, columns in mapping.items()
        if columns
    }


def restored(kept: Mapping[str, object]) -> dict[str, Columns]:
    """The mapping of what ``stored`` gave; what is no field or no column is left out."""
    found = {}
    for field, said in kept.items():
        several = said if isinstance(said, list) else [said]
        columns = tuple(one for one in several if isinstance(one, int) and one >= 0)
        if field in FIELDS and columns:
            found[field] = columns
    return found
