"""The lines of the log that calls and messages left, without those flagged red."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from opslog.domain.base.clock import instant_text


def lines(
    con: sqlite3.Connection, start: datetime | None, end: datetime | None
) -> list[tuple[int, int]]:
    """Id and seconds of the epoch from ``start`` to before ``end``, in order of time; a line whose
    moment is none is in no run."""
    rows = con.execute(
        "SELECT id, CAST(strftime('%s', at) AS INTEGER) AS seconds FROM log"
        " WHERE source='call' AND NOT flagged AND at >= ? AND at < ? ORDER BY at, id",
        (instant_text(start) if start else "", instant_text(end) if end else "9"),
    )
    return [(id, seconds) for id, seconds in rows if seconds is not None]
