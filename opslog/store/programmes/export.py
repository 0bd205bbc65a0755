"""Messages and people in programmes, with who they are, for tables."""

from __future__ import annotations

import sqlite3

from opslog.store.programmes.rates import ANSWERED

_PERSON = "p.name, p.company, p.title, p.phone"


def sendings(con: sqlite3.Connection, event_id: int | None, begin: str, end: str) -> sqlite3.Cursor:
    """What became of each step, oldest first; of people who came by an event, between two instants
    ('' none)."""
    return con.execute(
        "WITH message AS (SELECT s.*, e.person_id, e.programme, e.from_event_id,"
        " coalesce(lead(s.at) OVER (PARTITION BY e.person_id, e.programme, s.state"
        " ORDER BY s.at, s.id), '~') AS until"
        " FROM sending s JOIN enrolment e ON e.id=s.enrolment_id)"
        " SELECT m.id, m.person_id, m.programme, m.step, m.state, m.due_on, m.at, m.opened_at,"
        f" m.text, {_PERSON}, coalesce(c.label, '') AS label,"
        " coalesce(c.version, m.content_version) AS version, t.lane,"
        f" m.state='sent' AND {ANSWERED} AS replied FROM message m"
        " JOIN person p ON p.id=m.person_id LEFT JOIN content c ON c.id=m.content_id"
        " LEFT JOIN touch t ON t.id=m.touch_id WHERE (:event IS NULL OR m.from_event_id=:event)"
        " AND m.at>=:begin AND (:end='' OR m.at<:end) ORDER BY m.at, m.id",
        {"event": event_id, "begin": begin, "end": end},
    )


def enrolments(
    con: sqlite3.Connection, event_id: int | None, begin: str, end: str
) -> sqlite3.Cursor:
    """Who is or was in a programme, oldest first; those who came by an event and entered between
    two instants ('' none)."""
    return con.execute(
        "SELECT e.id, e.person_id, e.programme, e.state, e.left_why, e.started_on, e.entered_at,"
        f" e.next_step, e.next_on, e.state_at, {_PERSON}, coalesce(v.name, '') AS event,"
        " (SELECT count(*) FROM sending s WHERE s.enrolment_id=e.id AND s.state='sent') AS sent"
        " FROM enrolment e JOIN person p ON p.id=e.person_id"
        " LEFT JOIN event v ON v.id=e.from_event_id"
        " WHERE (:event IS NULL OR e.from_event_id=:event) AND e.entered_at>=:begin"
        " AND (:end='' OR e.entered_at<:end) ORDER BY e.id",
        {"event": event_id, "begin": begin, "end": end},
    )
