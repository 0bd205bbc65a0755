"""Two people in programmes turn out to be one: which of their places goes on.

One that is being written to wins over one that waits, so that messages don't stop without a word;
of two that are alike the place of the row that comes stays (``store/programmes/merged``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

ACTIVE, PAUSED = "active", "paused"


class Place(NamedTuple):
    """Somebody's place in a programme."""

    id: int
    programme: str
    state: str  # active, paused, left, finished
    beside: bool  # another programme, by decision
    sent: bool  # something was sent by it

    @property
    def runs(self) -> bool:
        return self.state in (ACTIVE, PAUSED)

    def clashes(self, other: Place) -> bool:
        """Whether one person can't have both: twice the same, or two that are not beside."""
        alike = self.programme == other.programme
        return self.runs and other.runs and (alike or not (self.beside or other.beside))


def yielding(kept: Sequence[Place], coming: Iterable[Place]) -> list[Place]:
    """Those of ``coming`` that end, as they wait while one they clash with does not."""
    return [
        one
        for one in coming
        if one.state == PAUSED and any(one.clashes(a) and a.state == ACTIVE for a in kept)
    ]


def spent(mine: Iterable[Place], running: Iterable[Place]) -> list[Place]:
    """Places that came to their end in a programme the other row is still in: what was sent by
    them was sent to the same person."""
    on = {one.programme for one in running if one.runs}
    return [one for one in mine if one.sent and not one.runs and one.programme in on]
