"""What the pages of a plain copy say, read in their order; everything is a pass over a table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

# Where something that was done with a person leaves a row with their number.
_DONE_WITH = ("card", "touch", "log_person", "follow_up", "past_contact", "handover", "answer")

_TOLD = (
    *("p.company", "p.title", "p.phone", "p.phones", "p.email", "p.emails", "p.city"),
    *("p.industry", "t.tags", "o.own"),
)
_AND = " || ".join(f"coalesce(' · ' || nullif({one}, ''), '')" for one in _TOLD)


def people(con: sqlite3.Connection) -> sqlite3.Cursor:
    """Everybody who is shown, in the order of their numbers: number, name, all else that is known
    of them in one text, note."""
    return con.execute(
        "WITH tagged AS MATERIALIZED (SELECT person_id, group_concat('#' || tag, ' ') AS tags"
        " FROM (SELECT * FROM person_tag ORDER BY person_id, id) GROUP BY person_id),"
        " owned AS MATERIALIZED (SELECT v.person_id, group_concat(f.name || ': ' || v.value, ' · ')"
        " AS own FROM field_value v JOIN field f ON f.id=v.field_id"
        " WHERE v.person_id IS NOT NULL GROUP BY v.person_id)"
        f" SELECT p.id, coalesce(nullif(p.name, ''), '#' || p.id), substr({_AND}, 4), p.note"
        " FROM person_shown p LEFT JOIN tagged t ON t.person_id=p.id"
        " LEFT JOIN owned o ON o.person_id=p.id ORDER BY p.id"
    )


def done_with(con: sqlite3.Connection) -> frozenset[int]:
    """With whom something was done that their time line tells."""
    asked = " UNION ".join(f"SELECT person_id FROM {table}" for table in _DONE_WITH)
    return frozenset(row[0] for row in con.execute(asked))


def events(con: sqlite3.Connection) -> list[sqlite3.Row]:
    """In order of time; ``targets`` as a JSON object, ``listed``: how many signed up."""
    return con.execute(
        "SELECT e.*, (SELECT json_group_object(measure, value) FROM target"
        " WHERE event_id=e.id) AS targets, (SELECT count(*) FROM card c JOIN signup r"
        " ON r.id=c.roster_id WHERE r.event_id=e.id) AS listed FROM event e ORDER BY starts_at, id"
    ).fetchall()


def follow_ups(con: sqlite3.Connection) -> Iterable[Any]:
    """What is still to be followed up, in order of time."""
    return con.execute(
        "SELECT f.due_at, f.timed, f.text, f.note, e.name AS event, p.name AS person"
        " FROM follow_up f LEFT JOIN event e ON e.id=f.event_id"
        " LEFT JOIN person_shown p ON p.id=f.person_id WHERE f.done_at IS NULL"
        " ORDER BY f.due_at, f.id"
    )
