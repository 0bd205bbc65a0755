"""Conditions and values that several statements about calls have in common."""

from __future__ import annotations

from opslog.domain.calls.outcomes import REMINDER
from opslog.domain.rosters.rosters import DOOR, NOT_EXPECTED
from opslog.domain.screening.reasons import INVALID
from opslog.store.people.met import PRESENT

DROPPED = f"coalesce({PRESENT}, '') LIKE 'drop %'"
# Dropped for a reason for which nobody is reminded either.
_INVALID = ", ".join(f"'drop {one}'" for one in INVALID)
NOT_REMINDED = f"coalesce({PRESENT}, '') IN ({_INVALID})"
# As calls.meaning has it: neither withdrawn nor without a place, nor so dropped.
IN_STATE = f"c.state NOT IN {NOT_EXPECTED}"
EXPECTED = f"{IN_STATE} AND NOT {NOT_REMINDED}"


def dropped(*, reminder: bool) -> str:
    """What leaves a card out of the calls of one kind."""
    return NOT_REMINDED if reminder else DROPPED


def still_counted(purpose: str) -> str:
    """That a card is among those whose calls are counted: neither erased, nor dropped, nor, of a
    reminder, withdrawn or met at the door."""
    reminder = purpose == REMINDER
    invited = f" AND {IN_STATE} AND c.way<>'{DOOR}'"
    return f"p.erased_at IS NULL AND NOT {dropped(reminder=reminder)}{invited if reminder else ''}"


def only(column: str, value: int | None) -> tuple[str, tuple[int, ...]]:
    """A condition that asks for one row only, where one is wanted; SQLite plans it apart."""
    return ("", ()) if value is None else (f" AND {column}=?", (value,))


def flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)
