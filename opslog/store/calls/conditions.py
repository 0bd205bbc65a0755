"""Conditions and values that several statements about calls have in common."""

from __future__ import annotations

from opslog.domain.calls.outcomes import REMINDER
from opslog.domain.calls.retries import FOR_THE_TIME
from opslog.domain.rosters.rosters import DOOR, NOT_EXPECTED
from opslog.domain.screening.reasons import INVALID
from opslog.store.events.moves import OTHER_DATE, SAME_STOP
from opslog.store.people.met import PRESENT

DROPPED = f"coalesce({PRESENT}, '') LIKE 'drop %'"
# Dropped for a reason for which nobody is reminded either.
_INVALID = ", ".join(f"'drop {one}'" for one in INVALID)
NOT_REMINDED = f"coalesce({PRESENT}, '') IN ({_INVALID})"
# As calls.meaning has it: neither withdrawn nor without a place, nor so dropped.
IN_STATE = f"c.state NOT IN {NOT_EXPECTED}"
EXPECTED = f"{IN_STATE} AND NOT {NOT_REMINDED}"

# Of an attempt t: of which other date than its event has now it was, and whether the person was
# told of that since.
SAID_OF = (
    f"CASE t.purpose WHEN 'reminder' THEN {OTHER_DATE} END AS other_date,"
    " (SELECT 1 FROM told o WHERE o.tbl='card' AND o.row_id=t.card_id AND o.id >"
    f"  (SELECT max(m.told) FROM event_move m WHERE m.event_id=t.event_id AND {SAME_STOP}))"
    " AS told"
)
# That what was said holds no longer since the event was moved: as domain.calls.retries.lapsed.
_TIME = ", ".join(f"'{reason}'" for reason in FOR_THE_TIME)
LAPSED = (
    f"(t.purpose='reminder' AND {OTHER_DATE} IS NOT NULL AND t.outcome<>'colleague_comes'"
    f" AND NOT (t.outcome='not_coming' AND t.reason NOT IN ({_TIME})))"
)


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
