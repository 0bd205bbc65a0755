"""Which lines of the log are shown as one: runs of calls and messages, as opslog wrote them down.

A run is what was called in one sitting: no pause of an hour, nothing flagged red, one day. What
somebody wrote meanwhile stands beside it, and does not part it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

PAUSE = timedelta(hours=1)
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


def folds(lines: Iterable[tuple[int, datetime]], zone: ZoneInfo) -> list[Fold]:
    """The runs among lines of calls, given by id and instant in order of time."""
    runs: list[list[tuple[int, datetime]]] = []
    for id, at in lines:
        local = at.astimezone(zone)
        if runs:
            before = runs[-1][-1][1]
            if local - before < PAUSE and local.date() == before.date():
                runs[-1].append((id, local))
                continue
        runs.append([(id, local)])
    return [
        Fold(tuple(id for id, _at in run), run[0][1], run[-1][1])
        for run in runs
        if len(run) >= LEAST
    ]
