"""The log as it leaves in files, a row at a time; tags and people are JSON arrays."""

from __future__ import annotations

import sqlite3


def log_lines(con: sqlite3.Connection, event_id: int | None) -> sqlite3.Cursor:
    return con.execute(
        "SELECT log.id, log.at, log.text, log.minutes, log.flagged, log.source,"
        " log.label, log.args,"
        " event.name AS event,"
        " (SELECT json_group_array(tag) FROM"
        "  (SELECT tag FROM log_tag WHERE log_id=log.id ORDER BY id)) AS tags,"
        " (SELECT json_group_array(name) FROM"
        "  (SELECT name FROM log_person WHERE log_id=log.id ORDER BY id)) AS people"
        " FROM log LEFT JOIN event ON event.id=log.event_id"
        " WHERE ?1 IS NULL OR log.event_id=?1 ORDER BY log.at, log.id",
        (event_id,),
    )
