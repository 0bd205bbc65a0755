"""When people signed up for an event: how many in each hour, and who in a stretch of time."""

from __future__ import annotations

import sqlite3
from collections import Counter

from opslog.store.calls.attendance import SIGNED_UP
from opslog.store.db.connection import shown_text, tuples
from opslog.store.reviews.people import Lists, of_list


def by_hour(con: sqlite3.Connection, event_id: int, has: Lists, width: int) -> dict[str, int]:
    """How many signed up in each hour (as much of the instant as ``width``), '' it is not known
    when."""
    found = Counter(  # of bytes, which cost less than text
        tuples(con).execute(
            f"SELECT CAST(substr(c.signed_up_at, 1, ?2) AS BLOB) {of_list(has)} AND {SIGNED_UP}",
            (event_id, width),
        )
    )
    return {shown_text(hour or b""): number for (hour,), number in found.items()}


def people(con: sqlite3.Connection, event_id: int, has: Lists, since: str, until: str) -> list[int]:
    """Who signed up from an instant on and before another; '' and '': of whom it is not known."""
    rows = con.execute(
        f"SELECT c.person_id {of_list(has)} AND {SIGNED_UP} AND CASE WHEN ?3='' THEN"
        " coalesce(c.signed_up_at, '')='' ELSE c.signed_up_at>=?2 AND c.signed_up_at<?3 END",
        (event_id, since, until),
    )
    return [row[0] for row in rows]
