"""The rows of the lines that the log writes by itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from opslog.domain.base.clock import instant_text
from opslog.store.db import search


def insert(
    con: sqlite3.Connection,
    *,
    at: datetime,
    text: str,
    event_id: int | None,
    minutes: int | None,
    flagged: bool,
    source: str,
    words: Iterable[str],
    label: str,
    args: str,
    person_ids: Sequence[int],
    now: datetime,
) -> int:
    """The id. ``words``: what it is found by; ``label``, ``args``: what makes it anew (labels)."""
    cursor = con.execute(
        "INSERT INTO log(at, text, event_id, minutes, flagged, source, search, created_at,"
        " label, args) VALUES (?,?,?,?,?,?,?,?,?,?)",
        (
            instant_text(at),
            text,
            event_id,
            minutes,
            flagged,
            source,
            search.index_text(*words),
            instant_text(now),
            label,
            args,
        ),
    )
    log_id = cursor.lastrowid
    assert log_id is not None
    con.executemany(
        "INSERT INTO log_person(log_id, person_id, name) SELECT ?, id, name FROM person WHERE id=?",
        [(log_id, person_id) for person_id in person_ids],
    )
    return log_id
