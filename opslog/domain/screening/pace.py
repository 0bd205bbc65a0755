"""How fast a round goes, by the times of its own decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

LOOKED_AT = 40  # the newest decisions of a round that its pace is told by
ENOUGH = 8  # rows decided without a break, before which nothing is said
BREAK_SECONDS = 180.0  # between two decisions: somebody was away
LEAST_SECONDS = 8.0  # a key held down is no pace to plan with


def spent(times: Iterable[datetime]) -> float:
    """Seconds somebody was at it, breaks left out; ``times`` oldest first."""
    gaps = ((after - before).total_seconds() for before, after in pairwise(times))
    return sum(gap for gap in gaps if 0 <= gap < BREAK_SECONDS)


def pace(times: Sequence[datetime]) -> float | None:
    """Seconds a row took, breaks left out; ``times`` oldest first. None before there are enough."""
    gaps = [(after - before).total_seconds() for before, after in pairwise(times)]
    worked = [gap for gap in gaps if 0 <= gap < BREAK_SECONDS]
    if len(worked) < ENOUGH or sum(worked) < LEAST_SECONDS:
        return None
    return sum(worked) / len(worked)
