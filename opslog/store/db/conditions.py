"""Conditions that several statements, and an index with them, must say word for word."""

from __future__ import annotations

# A row of a list that waits to be looked at. Marks that only tell are no problem: both numbers
# are kept, and hosts are no guests. A partial index must say exactly this to be of use.
OPEN_ROWS = "problems NOT IN ('', '[\"staff\"]', '[\"more_phones\"]') AND mended=''"


def shown_sql(row: str = "person") -> str:
    """The condition that a row of people is a person of their own: not merged, not erased."""
    return f"{row}.merged_into IS NULL AND {row}.erased_at IS NULL"
