"""What the marks of a capture line may mean: the events, people and tags that are known."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.daybook.lines import Completion, KnownEvent, Named
from opslog.store.db import search


def known_events(con: sqlite3.Connection) -> list[KnownEvent]:
    rows = con.execute("SELECT id, name, tag, cancelled_at IS NOT NULL FROM event ORDER BY id")
    return [KnownEvent(row[0], row[1], row[2], bool(row[3])) for row in rows]


def people_called(con: sqlite3.Connection, name: str) -> list[Named]:
    """Everybody of exactly this name (two at most are looked for)."""
    expression = search.match_expression(name)
    if not expression:
        return []
    rows = con.execute(
        "SELECT id, name FROM person WHERE id IN"
        " (SELECT rowid FROM person_fts WHERE person_fts MATCH ?)"
        " AND name = ? COLLATE NOCASE LIMIT 2",
        (expression, name),
    )
    return [Named(row[0], row[1]) for row in rows]


def tags_like(con: sqlite3.Connection, prefix: str, limit: int) -> list[Completion]:
    """Tags that begin with, then that hold, the prefix; those used most first."""
    pattern = _like(prefix)
    rows = con.execute(
        "SELECT tag, sum(n) AS used FROM ("
        "  SELECT tag, count(*) AS n FROM log_tag GROUP BY tag"
        "  UNION ALL SELECT tag, 0 FROM event WHERE tag <> '')"
        " WHERE tag LIKE ? ESCAPE '\\'"
        " GROUP BY tag COLLATE NOCASE ORDER BY tag NOT LIKE ? ESCAPE '\\', used DESC, tag LIMIT ?",
        (f"%{pattern}%", f"{pattern}%", limit),
    )
    return [Completion(row["tag"]) for row in rows]


def tags_used(con: sqlite3.Connection, limit: int) -> list[tuple[str, int]]:
    """Tags of log lines with their number, those used most first."""
    rows = con.execute(
        "SELECT min(tag) AS tag, count(*) AS n FROM log_tag GROUP BY tag COLLATE NOCASE"
        " ORDER BY n DESC, tag LIMIT ?",
        (limit,),
    )
    return [(row["tag"], row["n"]) for row in rows]


def events_like(
    con: sqlite3.Connection, part: str, now: datetime, zone: ZoneInfo, limit: int
) -> list[Completion]:
    """Events that hold ``part`` in name or tag, those nearest to now first."""
    pattern = f"%{_like(part)}%"
    rows = con.execute(
        "SELECT name, starts_at FROM event WHERE cancelled_at IS NULL"
        " AND (name LIKE ? ESCAPE '\\' OR tag LIKE ? ESCAPE '\\')"
        " ORDER BY abs(julianday(starts_at) - julianday(?)), id LIMIT ?",
        (pattern, pattern, instant_text(now), limit),
    )
    return [
        Completion(name, instant_of(starts_at).astimezone(zone).date().isoformat())
        for name, starts_at in rows
    ]


def people_like(con: sqlite3.Connection, part: str, limit: int) -> list[Completion]:
    """People found by ``part``; without one, those named in the log last."""
    if part.strip():
        ids = search.find(con, "person", part, limit)
        rows = con.execute(
            f"SELECT id, name, company FROM person WHERE id IN ({_marks(ids)})", ids
        ).fetchall()
        rows.sort(key=lambda row: (not row["name"].startswith(part), -row["id"]))
    else:
        rows = con.execute(
            "SELECT p.name, p.company, max(lp.id) AS last FROM log_person lp"
            " JOIN person p ON p.id = lp.person_id"
            " WHERE lp.id > (SELECT coalesce(max(id), 0) - 200 FROM log_person)"
            " GROUP BY p.id ORDER BY last DESC LIMIT ?",
            (limit,),
        ).fetchall()
    return [Completion(row["name"], row["company"]) for row in rows if row["name"]]


def _like(text: str) -> str:
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, "\\" + sign)
    return text


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
