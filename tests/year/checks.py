"""What must hold of a year, counted from the rows themselves and not by what the product asks.

The caps are those of the mode that ships (as WeCom allows), as DOMAIN has them: not twice on one
working day; one message a day and as many a month as it has days; three dials without an answer a
day, six a week. What was promised, what somebody signed up to be reminded of, what came in and
what answers it is never held back.
"""

from __future__ import annotations

import sqlite3
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
FREE = ("reminder", "add")  # purposes that are never held back


class Touch(NamedTuple):
    """A call or message, with the local day it was made on."""

    id: int
    person_id: int
    at: datetime
    day: date
    purpose: str
    lane: str
    counts: bool
    out: bool
    free: bool  # it keeps a promise of an earlier one, or answers who wrote


def touches(con: sqlite3.Connection) -> list[Touch]:
    """Every call once, oldest first; of one for several purposes the first."""
    found = []
    promises: dict[int, str] = {}
    came_in: set[int] = set()  # who wrote or called, and was not answered yet
    for row in con.execute("SELECT * FROM touch ORDER BY at, id"):
        at = datetime.fromisoformat(row["at"])
        promised = promises.pop(row["person_id"], "")
        asked = row["person_id"] in came_in
        free = asked or (bool(promised) and promised <= row["at"])
        (came_in.add if row["direction"] == "in" else came_in.discard)(row["person_id"])
        if row["promised"]:
            promises[row["person_id"]] = row["next_at"]
        if row["call_id"] is None:
            found.append(
                Touch(
                    *(row["id"], row["person_id"], at, at.astimezone(ZONE).date()),
                    *(row["purpose"], row["lane"], bool(row["counts"])),
                    *(row["direction"] == "out", free),
                )
            )
    return found


def held(before: list[Touch], day: date, lane: str, is_workday: Callable[[date], bool]) -> str:
    """What stands against one more touch on ``day`` after these; '' nothing."""
    counting = [one for one in before if one.counts]
    if is_workday(day) and any(one.day == day for one in counting):
        return "twice on one working day"
    if lane == "wecom":
        written = [one for one in counting if one.lane == "wecom"]
        if any(one.day == day for one in written):
            return "two messages a day"
        month = [one for one in written if (one.day.year, one.day.month) == (day.year, day.month)]
        if len(month) >= monthrange(day.year, day.month)[1]:
            return "more messages than the month has days"
    if lane == "phone":
        dials = [one for one in before if not one.counts and one.lane == "phone"]
        for most, days in ((3, 1), (6, 7)):
            if sum(one.day > day - timedelta(days=days) for one in dials) >= most:
                return f"more than {most} dials without an answer in {days} days"
    return ""


def caps(con: sqlite3.Connection, is_workday: Callable[[date], bool]) -> Iterator[str]:
    """Every touch that went out although something stood against it."""
    before: defaultdict[int, list[Touch]] = defaultdict(list)
    for one in touches(con):
        if one.out and one.purpose not in FREE and not one.free:
            why = held(before[one.person_id], one.day, one.lane, is_workday)
            if why:
                yield f"touch {one.id} of person {one.person_id} on {one.day}: {why}"
        before[one.person_id].append(one)


def not_called(con: sqlite3.Connection) -> Iterator[str]:
    """Every touch that went out to somebody after they asked for none."""
    yield from (
        f"touch {row['id']} at {row['at']}: person {row['person_id']} asked for none {row['since']}"
        for row in con.execute(
            "SELECT t.id, t.at, t.person_id, s.since FROM touch t JOIN person p ON p.id=t.person_id"
            " JOIN suppressed s ON (s.kind='phone' AND s.value=p.phone AND p.phone<>'')"
            " OR (s.kind='person' AND s.value=CAST(p.id AS TEXT))"
            " WHERE t.direction='out' AND t.at > s.since AND t.call_id IS NULL"
            " AND (s.scope='call' AND t.lane='phone' OR s.scope='write' AND t.lane='wecom')"
        )
    )


def sent_twice(con: sqlite3.Connection) -> Iterator[str]:
    """Every step of a programme that somebody got a second time."""
    yield from (
        f"person {row[0]} got {row[1]} {row[2]} {row[3]} times"
        for row in con.execute(
            "SELECT e.person_id, e.programme, s.step, count(*) FROM sending s"
            " JOIN enrolment e ON e.id=s.enrolment_id WHERE s.state='sent'"
            " GROUP BY e.id, s.step HAVING count(*) > 1"
        )
    )


def by_day(con: sqlite3.Connection, lane: str) -> Counter[date]:
    """Calls or messages that went out, by local day."""
    return Counter(one.day for one in touches(con) if one.out and one.lane == lane)
