"""Which lines of the log are shown as one: runs of calls and messages, as opslog wrote them down.

A run is what was called in one sitting: no pause of an hour, nothing flagged red, one day. What
somebody wrote meanwhile stands beside it, and does not part it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

PAUSE = 3600  # seconds
LEAST = 4  # lines; fewer stand as they are


class Fold(NamedTuple):
    """Lines (ids, oldest first) that are one; ``first`` and ``last`` are their moments, local."""

    ids: tuple[int, ...]
    first: datetime
    last: datetime

    @property
    def key(self) -> int:
        """Its oldest line: the run may grow at its end."""
        return self.ids[0]


def folds(lines: Iterable[tuple[int, int]], zone: ZoneInfo) -> list[Fold]:
    """The runs among lines of calls, given by id and seconds of the epoch in order of time."""
    runs: list[list[tuple[int, int]]] = []
    before = 0
    for id, at in lines:
        if runs and at - before < PAUSE:
            runs[-1].append((id, at))
        else:
            runs.append([(id, at)])
        before = at
    of_a_day = (day for run in runs if len(run) >= LEAST for day in _days(run, zone))
    return [
        Fold(tuple(id for id, _at in run), _local(run[0], zone), _local(run[-1], zone))
        for run in of_a_day
        if len(run) >= LEAST
    ]


def _days(run: list[tuple[int, int]], zone: ZoneInfo) -> list[list[tuple[int, int]]]:
    """A run that goes on past midnight is one of each day."""
    if _local(run[0], zone).date() == _local(run[-1], zone).date():
        return [run]
    by_day = groupby(run, key=lambda line: _local(line, zone).date())
    return [list(some) for _day, some in by_day]


def _local(line: tuple[int, int], zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(line[1], zone)
