"""What the marks of a capture line may mean: the events, people and tags that are known."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.daybook.lines import Completion, KnownEvent, Named
from opslog.store.db import search
from opslog.store.db.listed import IN_LIST, listed

COMPANY_DOT = "·"  # between a name and what tells two of that name apart
_FEW = 500  # words that pinyin is looked for in: those used most, or last


def known_events(con: sqlite3.Connection) -> list[KnownEvent]:
    rows = con.execute("SELECT id, name, tag, cancelled_at IS NOT NULL FROM event ORDER BY id")
    return [KnownEvent(row[0], row[1], row[2], bool(row[3])) for row in rows]


def people_called(con: sqlite3.Connection, name: str) -> list[Named]:
    """Everybody of exactly this name (two at most are looked for); ``王志刚·甲公司`` is the one of
    that company, ``王志刚·#12`` the one of that number."""
    found = _called(con, name, "", ())
    first, dot, more = name.rpartition(COMPANY_DOT)
    if found or not dot:
        return found
    if more.startswith("#") and more[1:].isdecimal():
        return _called(con, first, " AND id = ?", (int(more[1:]),))
    return _called(con, first, " AND company = ? COLLATE NOCASE", (more,))


def _called(
    con: sqlite3.Connection, name: str, also: str, values: tuple[object, ...]
) -> list[Named]:
    expression = search.match_expression(name)
    if not expression:
        return []
    rows = con.execute(
        "SELECT id, name FROM person WHERE id IN"
        " (SELECT rowid FROM person_fts WHERE person_fts MATCH ?)"
        f" AND name = ? COLLATE NOCASE{also} LIMIT 2",
        (expression, name, *values),
    )
    return [Named(row[0], row[1]) for row in rows]


def distinct_name(con: sqlite3.Connection, person: Named) -> str:
    """The name; where another has it too, with the company, or where that is no help the number."""
    if person.id is None or len(people_called(con, person.name)) < 2:
        return person.name
    row = con.execute("SELECT company FROM person WHERE id = ?", (person.id,)).fetchone()
    for more in (row[0] if row else "", f"#{person.id}"):
        word = f"{person.name}{COMPANY_DOT}{more}"
        if more and [one.id for one in people_called(con, word)] == [person.id]:
            return word
    return person.name


def tags_like(con: sqlite3.Connection, prefix: str, limit: int) -> list[Completion]:
    """Tags that begin with, that hold, then that sound like the prefix; those used most first."""
    pattern = _like(prefix)
    known = (
        "SELECT tag, sum(n) AS used FROM ("
        "  SELECT tag, count(*) AS n FROM log_tag GROUP BY tag"
        "  UNION ALL SELECT tag, 0 FROM event WHERE tag <> '')"
    )
    rows = con.execute(
        f"{known} WHERE tag LIKE ? ESCAPE '\\'"
        " GROUP BY tag COLLATE NOCASE ORDER BY tag NOT LIKE ? ESCAPE '\\', used DESC, tag LIMIT ?",
        (f"%{pattern}%", f"{pattern}%", limit),
    )
    found = [Completion(row["tag"]) for row in rows]
    if len(found) < limit and _spelt(prefix):
        order = " WHERE tag <> '' GROUP BY tag COLLATE NOCASE ORDER BY used DESC, tag LIMIT ?"
        more = [Completion(row["tag"]) for row in con.execute(known + order, (_FEW,))]
        found += [one for one in more if _sounds(one.word, prefix) and one not in found]
    return found[:limit]


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
    order = " ORDER BY abs(julianday(starts_at) - julianday(?)), id LIMIT ?"
    going = "SELECT name, tag, starts_at FROM event WHERE cancelled_at IS NULL"
    rows = con.execute(
        f"{going} AND (name LIKE ? ESCAPE '\\' OR tag LIKE ? ESCAPE '\\'){order}",
        (pattern, pattern, instant_text(now), limit),
    ).fetchall()
    if len(rows) < limit and _spelt(part):
        near = con.execute(going + order, (instant_text(now), _FEW)).fetchall()
        rows += [r for r in near if _sounds(f"{r[0]} {r[1]}", part) and r not in rows]
    return [
        Completion(name, instant_of(starts_at).astimezone(zone).date().isoformat())
        for name, _tag, starts_at in rows[:limit]
    ]


def _spelt(part: str) -> bool:
    """Whether this may be pinyin: two letters at least."""
    return len(part) > 1 and part.isascii() and part.isalpha()


def _sounds(text: str, part: str) -> bool:
    return any(word.startswith(part.lower()) for word in _words(text))


@lru_cache(maxsize=4 * _FEW)
def _words(text: str) -> tuple[str, ...]:
    from opslog.domain.people.naming.pinyin import name_words

    return tuple(name_words(text).split())


def people_like(con: sqlite3.Connection, part: str, limit: int) -> list[Completion]:
    """People found by ``part``; without one, those named in the log last."""
    if part.strip():
        ids = search.find(con, "person", part, limit)
        rows = con.execute(
            f"SELECT id, name, company FROM person WHERE id {IN_LIST}", (listed(ids),)
        ).fetchall()
        rows.sort(key=lambda row: (not row["name"].startswith(part), -row["id"]))
    else:
        rows = con.execute(
            "SELECT p.id, p.name, p.company, max(lp.id) AS last FROM log_person lp"
            " JOIN person p ON p.id = lp.person_id"
            " WHERE lp.id > (SELECT coalesce(max(id), 0) - 200 FROM log_person)"
            " GROUP BY p.id ORDER BY last DESC LIMIT ?",
            (limit,),
        ).fetchall()
    return [
        Completion(distinct_name(con, Named(row["id"], row["name"])), row["company"])
        for row in rows
        if row["name"]
    ]


def _like(text: str) -> str:
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, "\\" + sign)
    return text
