"""How fast calls go, and when the rest of them would be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from opslog.domain.calls.outcomes import Part

ENOUGH = 6  # calls of one's own, below which no pace is told
_PAUSE = timedelta(minutes=15)  # whoever logs nothing for longer was not calling
_BATCH = timedelta(seconds=15)  # whoever logs again sooner writes down what was called before


def pace(times: Sequence[datetime]) -> timedelta | None:
    """The time one call takes, from when calls were logged, in order; pauses left out, and what
    was written down in one go. None where they are too few to say."""
    if len(times) < ENOUGH:
        return None
    gaps = [later - before for before, later in pairwise(times)]
    at_work = [gap for gap in gaps if _BATCH <= gap <= _PAUSE]
    return sum(at_work, timedelta()) / len(at_work) if len(at_work) >= ENOUGH - 1 else None


def done_at(
    left: int, each: timedelta, local: datetime, parts: Mapping[str, Part]
) -> datetime | None:
    """When ``left`` calls more are made, in the parts of today in which calls are made; None where
    today has no room for them."""
    work = left * each
    for part in sorted(parts.values(), key=lambda part: part.start):
        start = max(local, datetime.combine(local.date(), part.start, local.tzinfo))
        until = datetime.combine(local.date(), part.until, local.tzinfo)
        if start >= until:
            continue
        if start + work <= until:
            return start + work
        work -= until - start
    return None
