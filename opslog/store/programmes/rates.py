"""What came of messages, counted over the rows themselves: nothing of it is kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from opslog.store.db.listed import listed

# A message is answered by what comes in before the next one, and so is somebody new from it.
_SENT = (
    "WITH message AS (SELECT s.step, s.content_id, s.text<>'' AS own, s.at, s.opened_at,"
    " e.programme, e.person_id, s.touch_id, t.lane,"
    " coalesce(lead(s.at) OVER (PARTITION BY e.person_id, e.programme ORDER BY s.at, s.id), '~')"
    " AS until FROM enrolment e JOIN sending s ON s.enrolment_id=e.id AND s.state='sent'"
    " LEFT JOIN touch t ON t.id=s.touch_id WHERE {which})"
)
ANSWERED = (
    "EXISTS (SELECT 1 FROM touch r WHERE r.person_id=m.person_id AND r.direction='in'"
    " AND r.at>=m.at AND r.at<m.until)"
)
_NEW = (
    "(EXISTS (SELECT 1 FROM touch r WHERE r.person_id=m.person_id AND r.at>=m.at AND r.at<m.until"
    " AND r.outcome IN (SELECT value FROM json_each(:joined)))"
    " OR EXISTS (SELECT 1 FROM handover h WHERE h.person_id=m.person_id AND (SELECT min(s.at)"
    " FROM handover_state s WHERE s.handover_id=h.id)>=m.at AND (SELECT min(s.at)"
    " FROM handover_state s WHERE s.handover_id=h.id)<m.until))"
)


class Row(NamedTuple):
    """Messages of one step, by their words (``content_id`` None: those of the file; ``own``: typed
    for somebody) and the lane they went."""

    step: str
    content_id: int | None
    label: str  # of the piece
    version: int
    own: bool
    lane: str
    sent: int
    opened: int
    replied: int
    new: int


class OfEvent(NamedTuple):
    """Messages of one programme to those who came by an event."""

    programme: str
    sent: int
    replied: int
    new: int


def rows(con: sqlite3.Connection, programme: str, joined: Iterable[str]) -> list[Row]:
    """Of one programme; ``joined``: the outcomes that say that somebody came on WeCom."""
    found = con.execute(
        f"{_SENT.format(which='e.programme=:programme')} SELECT m.step, m.content_id,"
        " coalesce(c.label, '') AS label,"
        " coalesce(c.version, 1) AS version, m.own, coalesce(m.lane, '') AS lane, count(*) AS sent,"
        f" count(m.opened_at) AS opened, sum({ANSWERED}) AS replied, sum({_NEW}) AS new"
        " FROM message m LEFT JOIN content c ON c.id=m.content_id GROUP BY 1, 2, 5, 6",
        {"programme": programme, "joined": listed(joined)},
    )
    return [Row(*row)._replace(own=bool(row["own"])) for row in found]


_OF_EVENT = _SENT.format(which="e.from_event_id=:event")
_WHICH = {"sent": "1", "replied": ANSWERED, "new": _NEW}


def of_event(con: sqlite3.Connection, event_id: int, joined: Iterable[str]) -> list[OfEvent]:
    """By programme what became of the messages to those who came by an event."""
    found = con.execute(
        f"{_OF_EVENT} SELECT m.programme, count(*), sum({ANSWERED}), sum({_NEW}) FROM message m"
        " GROUP BY 1 ORDER BY 2 DESC, 1",
        {"event": event_id, "joined": listed(joined)},
    )
    return [OfEvent(*row) for row in found]


def touches_of_event(
    con: sqlite3.Connection, event_id: int, joined: Iterable[str], programme: str, which: str
) -> list[int]:
    """The messages themselves: all ``sent``, those ``replied`` to, those with somebody ``new``."""
    found = con.execute(
        f"{_OF_EVENT} SELECT m.touch_id FROM message m WHERE m.programme=:programme"
        f" AND {_WHICH[which]} AND m.touch_id IS NOT NULL",
        {"event": event_id, "joined": listed(joined), "programme": programme},
    )
    return [row[0] for row in found]
