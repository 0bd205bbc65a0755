"""Conditions and values that several statements about calls have in common."""

from __future__ import annotations

from opslog.domain.screening.reasons import INVALID

# The present verdict of card c with its reason, ``drop colleague``; NULL while there is none. The
# newest entry of a round holds, and of those the one entered last (domain: rounds.latest).
PRESENT = """(SELECT d.verdict || ' ' || d.reason FROM decision d WHERE d.card_id=c.id
  AND d.verdict<>'undecided' AND NOT EXISTS (SELECT 1 FROM decision e WHERE e.card_id=d.card_id
    AND e.round_id=d.round_id AND e.id > d.id) ORDER BY d.id DESC LIMIT 1)"""
DROPPED = f"coalesce({PRESENT}, '') LIKE 'drop %'"
# Dropped for a reason for which nobody is reminded either.
_INVALID = ", ".join(f"'drop {one}'" for one in INVALID)
NOT_REMINDED = f"coalesce({PRESENT}, '') IN ({_INVALID})"


def dropped(*, reminder: bool) -> str:
    """What leaves a card out of the calls of one kind."""
    return NOT_REMINDED if reminder else DROPPED


def only(column: str, value: int | None) -> tuple[str, tuple[int, ...]]:
    """A condition that asks for one row only, where one is wanted; SQLite plans it apart."""
    return ("", ()) if value is None else (f" AND {column}=?", (value,))


def flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)
