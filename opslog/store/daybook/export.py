"""The log as it leaves in files, a row at a time; tags and people are JSON arrays."""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable, Sequence

from opslog.store.db.listed import listed

_WANTED = (
    "(?1 IS NULL OR log.event_id=?1) AND log.at>=?2 AND (?3='' OR log.at<?3)"
    " AND (?4 IS NULL OR log.id IN (SELECT value FROM json_each(?4)))"
)


def log_lines(
    con: sqlite3.Connection,
    event_id: int | None,
    ids: Sequence[Hashable] | None,
    between: tuple[str, str],
) -> sqlite3.Cursor:
    """In order of time, of one event or all, these ``ids`` or all, of the instants from the first
    of ``between`` to before the other ('': no end)."""
    return con.execute(
        "SELECT log.id, log.at, log.text, log.minutes, log.flagged, log.source,"
        " log.label, log.args,"
        " event.name AS event,"
        " (SELECT json_group_array(tag) FROM"
        "  (SELECT tag FROM log_tag WHERE log_id=log.id ORDER BY id)) AS tags,"
        " (SELECT json_group_array(name) FROM"
        "  (SELECT name FROM log_person WHERE log_id=log.id ORDER BY id)) AS people"
        f" FROM log LEFT JOIN event ON event.id=log.event_id WHERE {_WANTED}"
        " ORDER BY log.at, log.id",
        (event_id, *between, None if ids is None else listed(ids)),
    )


def count(
    con: sqlite3.Connection,
    event_id: int | None,
    ids: Sequence[Hashable] | None,
    between: tuple[str, str],
) -> int:
    """How many ``log_lines`` gives, without reading them."""
    found = con.execute(
        f"SELECT count(*) FROM log WHERE {_WANTED}",
        (event_id, *between, None if ids is None else listed(ids)),
    )
    return int(found.fetchone()[0])
