"""How far a roster is: what the list of rosters shows, and Today at every start."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from opslog.domain.rosters.rosters import SIGNUP


class RosterState(NamedTuple):
    """A roster in the list of rosters, and how far its newest round is.

    ``number`` None: no round yet. ``left`` counts live rows still to decide in that round;
    ``kept`` and ``dropped`` are of that round, ``out`` the rows that any round dropped
    or whose person was erased: no later round holds them.
    ``problems`` are the rows that wait to be looked at.
    """

    roster_id: int
    roster: str
    event_id: int | None  # None: made of people, and of no event
    event: str
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    rows: int
    cards: int
    problems: int
    imported_at: datetime | None
    round_id: int | None
    number: int | None
    opened_at: datetime | None
    closed_at: datetime | None
    left: int
    kept: int
    dropped: int
    parked: int
    out: int
    waiting: int = 0  # people who wait for a place, a payment or an answer
    withdrawn: int = 0
    kind: str = SIGNUP
    made_from: str = ""  # in words, of whom a list of people was made

    @property
    def open(self) -> bool:
        return self.number is not None and self.closed_at is None

    @property
    def next_number(self) -> int:
        """The round to open next, once the one open is closed."""
        return 0 if self.number is None else self.number + 1

    @property
    def live(self) -> int:
        """How many rows the next round would hold."""
        return self.cards - self.out
