"""Conditions and values that several statements about calls have in common."""

from __future__ import annotations

# Dropped in any round: the newest entry of a round holds. Without alias the outer table is c.
DROPPED = """EXISTS (SELECT 1 FROM decision d WHERE d.card_id=c.id AND d.verdict='drop'
  AND NOT EXISTS (SELECT 1 FROM decision e WHERE e.card_id=d.card_id
                  AND e.round_id=d.round_id AND e.id > d.id))"""


def only(column: str, value: int | None) -> tuple[str, tuple[int, ...]]:
    """A condition that asks for one row only, where one is wanted; SQLite plans it apart."""
    return ("", ()) if value is None else (f" AND {column}=?", (value,))


def flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)
