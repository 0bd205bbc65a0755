"""The lines of the log that calls and messages left, without those flagged red."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime

from opslog.domain.base.clock import instant_of, instant_text


def lines(
    con: sqlite3.Connection, start: datetime | None, end: datetime | None
) -> Iterator[tuple[int, datetime]]:
    """Id and instant from ``start`` to before ``end``, in order of time."""
    rows = con.execute(
        "SELECT id, at FROM log WHERE source='call' AND NOT flagged"
        " AND at >= ? AND at < ? ORDER BY at, id",
        (instant_text(start) if start else "", instant_text(end) if end else "9"),
    )
    return ((id, instant_of(at)) for id, at in rows)
