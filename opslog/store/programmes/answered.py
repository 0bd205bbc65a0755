"""Who wrote back, and waits for an answer."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from opslog.domain.base.clock import instant_of

WAITS = timedelta(days=30)  # so long somebody who wrote is shown


def waiting(con: sqlite3.Connection, since: str) -> list[sqlite3.Row]:
    """People of programmes whose newest message came in since an instant and was not answered, the
    newest first; ``id`` is their newest enrolment, ``note`` the newest words of those that wait."""
    return con.execute(
        "SELECT e.id, t.person_id, p.name, t.at, coalesce((SELECT i.note FROM touch i"
        "  WHERE i.person_id=t.person_id AND i.direction='in' AND i.lane<>'phone' AND i.note<>''"
        "  AND NOT EXISTS (SELECT 1 FROM touch b WHERE b.person_id=i.person_id"
        "   AND b.direction='out' AND b.counts AND (b.at, b.id)>(i.at, i.id)"
        "   AND (b.at, b.id)<(t.at, t.id))"
        "  ORDER BY i.at DESC, i.id DESC LIMIT 1), '') AS note FROM touch t INDEXED BY touch_in"
        " CROSS JOIN person_shown p ON p.id=t.person_id CROSS JOIN enrolment e ON e.id="
        "  (SELECT max(id) FROM enrolment WHERE person_id=t.person_id)"
        " WHERE t.direction='in' AND t.at>=? AND t.lane<>'phone'"
        " AND NOT EXISTS (SELECT 1 FROM touch o WHERE o.person_id=t.person_id"
        "  AND (o.at, o.id)>(t.at, t.id) AND (o.direction='in' OR o.counts))"
        " ORDER BY t.at DESC, t.id DESC",
        (since,),
    ).fetchall()


def of_person(con: sqlite3.Connection, person_id: int) -> list[datetime]:
    """When they wrote or rang."""
    rows = con.execute(
        "SELECT at FROM touch WHERE person_id=? AND direction='in' ORDER BY at", (person_id,)
    )
    return [instant_of(row[0]) for row in rows]
