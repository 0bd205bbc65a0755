"""The log's rows. Instants go in and come out as the file keeps them only inside this module."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.base.labels import spoken
from opslog.domain.daybook.lines import DayCount, LogFilter, LogLine, Named
from opslog.store.daybook import days, follow_ups
from opslog.store.daybook.follow_ups import named
from opslog.store.db import search
from opslog.store.db.listed import IN_LIST, listed

# -- writing -------------------------------------------------------------------


def insert_line(
    con: sqlite3.Connection,
    *,
    at: datetime,
    text: str,
    event: Named | None,
    minutes: int | None,
    flagged: bool,
    tags: Sequence[str],
    people: Sequence[Named],
    now: datetime,
) -> int:
    cursor = con.execute(
        "INSERT INTO log(at, text, event_id, minutes, flagged, source, search, created_at)"
        " VALUES (?,?,?,?,?,'typed',?,?)",
        (
            instant_text(at),
            text,
            event.id if event else None,
            minutes,
            flagged,
            _indexed(text, tags, event, people),
            instant_text(now),
        ),
    )
    log_id = cursor.lastrowid
    assert log_id is not None
    _add_tags(con, log_id, tags)
    _add_people(con, log_id, people)
    return log_id


def update_line(
    con: sqlite3.Connection,
    before: LogLine,
    *,
    at: datetime,
    text: str,
    event: Named | None,
    minutes: int | None,
    flagged: bool,
    tags: Sequence[str],
    people: Sequence[Named],
) -> None:
    """Write what differs from ``before``, so that the journal holds no more than that."""
    values: dict[str, object] = {
        "at": instant_text(at),
        "text": text,
        "event_id": event.id if event else None,
        "minutes": minutes,
        "flagged": int(flagged),
        "search": _indexed(text, tags, event, people),
    }
    if text == before.text:  # opslog's own words stay in either language
        del values["text"]
    else:
        values |= {"label": "", "args": ""}
    row = con.execute("SELECT * FROM log WHERE id=?", (before.id,)).fetchone()
    changed = {name: value for name, value in values.items() if row[name] != value}
    if changed:
        columns = ", ".join(f"{name}=?" for name in changed)
        con.execute(f"UPDATE log SET {columns} WHERE id=?", (*changed.values(), before.id))
    if tuple(tags) != before.tags:
        con.execute("DELETE FROM log_tag WHERE log_id=?", (before.id,))
        _add_tags(con, before.id, tags)
    if tuple(people) != before.people:
        con.execute("DELETE FROM log_person WHERE log_id=?", (before.id,))
        _add_people(con, before.id, people)


def delete_line(con: sqlite3.Connection, log_id: int) -> None:
    for table in ("follow_up", "log_tag", "log_person"):
        con.execute(f"DELETE FROM {table} WHERE log_id=?", (log_id,))
    con.execute("DELETE FROM log WHERE id=?", (log_id,))


def set_flagged(con: sqlite3.Connection, log_ids: Iterable[int], flagged: bool) -> None:
    con.executemany(
        "UPDATE log SET flagged=? WHERE id=?", [(flagged, log_id) for log_id in log_ids]
    )


def _indexed(text: str, tags: Sequence[str], event: Named | None, people: Sequence[Named]) -> str:
    """A line is found by its words, its tags, and the names in it."""
    names = [person.name for person in people]
    return search.index_text(text, *tags, event.name if event else "", *names)


def _add_tags(con: sqlite3.Connection, log_id: int, tags: Sequence[str]) -> None:
    con.executemany("INSERT INTO log_tag(log_id, tag) VALUES (?,?)", [(log_id, t) for t in tags])


def _add_people(con: sqlite3.Connection, log_id: int, people: Sequence[Named]) -> None:
    con.executemany(
        "INSERT INTO log_person(log_id, person_id, name) VALUES (?,?,?)",
        [(log_id, person.id, person.name) for person in people],
    )


# -- lines -----------------------------------------------------------------------


def where(wanted: LogFilter) -> tuple[str, list[object]]:
    """The condition of a filter, over ``log AS l``, and its values."""
    terms, values = ["1"], list[object]()
    if wanted.find.strip():
        expression = search.match_expression(wanted.find)
        if expression:
            newest = " ORDER BY rowid DESC LIMIT ?" if wanted.most else ""
            terms.append(f"l.id IN (SELECT rowid FROM log_fts WHERE log_fts MATCH ?{newest})")
            values += [expression, wanted.most] if wanted.most else [expression]
        else:  # only signs, which the index does not hold
            terms.append("instr(l.text, ?) > 0")
            values.append(wanted.find.strip())
    if wanted.tag:
        terms.append("l.id IN (SELECT log_id FROM log_tag WHERE tag = ? COLLATE NOCASE)")
        values.append(wanted.tag)
    if wanted.flagged:
        terms.append("l.flagged")
    return " AND ".join(terms), values


def day_counts(con: sqlite3.Connection, zone: ZoneInfo, wanted: LogFilter) -> list[DayCount]:
    """The local days that have lines, newest first."""
    condition, values = where(wanted)
    offset = _fixed_offset(con, zone)
    if offset == days.AHEAD and not wanted:
        rows = con.execute("SELECT day, lines FROM log_day ORDER BY day DESC")
        return [DayCount(date.fromisoformat(day), number) for day, number in rows]
    if offset is not None:  # SQLite itself can tell the day, in a quarter of the time
        rows = con.execute(
            f"SELECT date(l.at, ?) AS day, count(*) AS n FROM log l WHERE {condition}"
            " GROUP BY day ORDER BY day DESC",
            [f"{offset:+d} minutes", *values],
        )
        return [DayCount(date.fromisoformat(day), number) for day, number in rows]
    counts: dict[date, int] = defaultdict(int)
    rows = con.execute(
        f"SELECT substr(l.at, 1, 16) AS minute, count(*) AS n FROM log l WHERE {condition}"
        " GROUP BY minute",
        values,
    )
    for minute, number in rows:
        counts[instant_of(f"{minute}:00Z").astimezone(zone).date()] += number
    return [DayCount(day, counts[day]) for day in sorted(counts, reverse=True)]


def _fixed_offset(con: sqlite3.Connection, zone: ZoneInfo) -> int | None:
    """Minutes the zone is east of UTC; None where its clocks changed while the log was written."""
    first, last = con.execute(  # asked for apart, each is one step in the index
        "SELECT (SELECT min(at) FROM log), (SELECT max(at) FROM log)"
    ).fetchone()
    if first is None:
        return 0
    years = range(instant_of(first).year - 1, instant_of(last).year + 2)
    moments = [datetime(year, month, 1, tzinfo=zone) for year in years for month in range(1, 13)]
    offsets = {moment.utcoffset() for moment in moments}
    only = offsets.pop() if len(offsets) == 1 else None
    return None if only is None else only // timedelta(minutes=1)


def line_ids(
    con: sqlite3.Connection,
    start: datetime | None,
    end: datetime | None,
    wanted: LogFilter,
    *,
    newest_first: bool = False,
    limit: int = -1,
    offset: int = 0,
) -> list[int]:
    """Ids of the lines from ``start`` to before ``end``, in order of time."""
    condition, values = where(wanted)
    if start:
        condition += " AND l.at >= ?"
        values.append(instant_text(start))
    if end:
        condition += " AND l.at < ?"
        values.append(instant_text(end))
    order = "l.at DESC, l.id DESC" if newest_first else "l.at, l.id"
    rows = con.execute(
        f"SELECT l.id FROM log l WHERE {condition} ORDER BY {order} LIMIT ? OFFSET ?",
        [*values, limit, offset],
    )
    return [row[0] for row in rows]


def newer_in_day(
    con: sqlite3.Connection, log_id: int, end: datetime, wanted: LogFilter
) -> int | None:
    """How many lines that fit stand between line ``log_id`` and ``end``; None: it does not fit."""
    condition, values = where(wanted)
    if not con.execute(
        f"SELECT 1 FROM log l WHERE l.id = ? AND {condition}", [log_id, *values]
    ).fetchone():
        return None
    row = con.execute(
        f"SELECT count(*) FROM log l, log one WHERE one.id = ? AND l.at < ?"
        f" AND l.at >= one.at AND (l.at, l.id) > (one.at, one.id) AND {condition}",
        [log_id, instant_text(end), *values],
    ).fetchone()
    return int(row[0])


def moment_of(con: sqlite3.Connection, log_id: int) -> datetime | None:
    row = con.execute("SELECT at FROM log WHERE id=?", (log_id,)).fetchone()
    return instant_of(row[0]) if row else None


def lines(con: sqlite3.Connection, ids: Sequence[int]) -> list[LogLine]:
    """The lines with these ids, in the order asked; ids that are gone are left out."""
    found: dict[int, LogLine] = {}
    wanted = [listed(ids)]
    tags, people = _tags(con, ids), _people(con, ids)
    asked = follow_ups.of_lines(con, ids)
    rows = con.execute(
        "SELECT l.*, e.name AS event FROM log l LEFT JOIN event e ON e.id = l.event_id"
        f" WHERE l.id {IN_LIST}",
        wanted,
    )
    for row in rows:
        found[row["id"]] = LogLine(
            id=row["id"],
            at=instant_of(row["at"]),
            text=spoken(row["text"], row["label"], row["args"]),
            tags=tuple(tags[row["id"]]),
            event=named(row["event_id"], row["event"]),
            people=tuple(people[row["id"]]),
            minutes=row["minutes"],
            flagged=bool(row["flagged"]),
            source=row["source"],
            follow_ups=tuple(asked.get(row["id"], ())),
        )
    return [found[number] for number in ids if number in found]


def _tags(con: sqlite3.Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = con.execute(
        f"SELECT log_id, tag FROM log_tag WHERE log_id {IN_LIST} ORDER BY id", [listed(ids)]
    )
    for log_id, tag in rows:
        found[log_id].append(tag)
    return found


def _people(con: sqlite3.Connection, ids: Sequence[int]) -> dict[int, list[Named]]:
    found: dict[int, list[Named]] = defaultdict(list)
    rows = con.execute(
        f"SELECT log_id, person_id, name FROM log_person WHERE log_id {IN_LIST} ORDER BY id",
        [listed(ids)],
    )
    for log_id, person_id, name in rows:
        found[log_id].append(Named(person_id, name))
    return found
