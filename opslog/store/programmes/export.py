"""Every message of programmes as a row, for a file."""

from __future__ import annotations

import sqlite3

Row = sqlite3.Row


def messages(con: sqlite3.Connection, begin: str, end: str) -> sqlite3.Cursor:
    """What became of each step between two instants ('' without an end), the oldest first;
    ``answered_at``: when they first wrote or rang before the next message."""
    return con.execute(
        "SELECT s.*, e.programme, e.person_id, p.name, p.company, p.title, p.phone, t.lane,"
        " c.label, CASE s.state WHEN 'sent' THEN (SELECT min(r.at) FROM touch r"
        "  WHERE r.person_id=e.person_id AND r.direction='in' AND r.at>=s.at AND NOT EXISTS"
        "  (SELECT 1 FROM sending n WHERE n.enrolment_id=s.enrolment_id AND n.state='sent'"
        "   AND n.at>s.at AND n.at<=r.at)) END AS answered_at"
        " FROM sending s JOIN enrolment e ON e.id=s.enrolment_id"
        " JOIN person_shown p ON p.id=e.person_id LEFT JOIN touch t ON t.id=s.touch_id"
        " LEFT JOIN content c ON c.id=s.content_id"
        " WHERE s.at>=? AND (?='' OR s.at<?) ORDER BY s.at, s.id",
        (begin, end, end),
    )
