"""Who could enter a programme, by its rules."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from opslog.locale import N_, Msg


class Candidate(NamedTuple):
    """Somebody a rule names, shown before they enter. ``on``: their own date, the day the
    programme counts from; ``left_out``: why they can't, None of those who can."""

    person_id: int
    person: str
    company: str
    title: str
    why: Msg
    on: date
    event_id: int | None
    roster_id: int | None
    left_out: Msg | None = None


LATE = NEWEST, ALL, NONE = ("newest", "all", "none")
LATE_LABELS = {NEWEST: N_("the newest"), ALL: N_("catch up on all"), NONE: N_("leave it out")}
