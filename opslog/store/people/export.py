"""People as they leave in files, a row at a time; tags and events are JSON arrays."""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable, Sequence

from opslog.domain.people.card import MAIL, WRITE
from opslog.store.db.listed import listed
from opslog.store.people import suppressed
from opslog.store.people.fields import OF_PERSON

# The columns of a person, wherever somebody stands in a table.
PERSON = (
    "person.name, person.company, person.title, person.phone, person.email, person.city,"
    " person.industry, person.wecom, person.phones, person.emails,"
    " (SELECT json_group_array(tag) FROM"
    "  (SELECT tag FROM person_tag WHERE person_id=person.id ORDER BY tag)) AS tags"
    f", {OF_PERSON} AS own"
)


# Who is on the list of an event; of all of them where none is named.
_OF_EVENT = (
    "(?1 IS NULL OR EXISTS (SELECT 1 FROM card JOIN signup AS roster ON roster.id=card.roster_id"
    " WHERE card.person_id=person.id AND roster.event_id=?1))"
)


def _among(ids: Sequence[Hashable] | None) -> str:
    if ids is None:
        return "person_shown AS person"
    return "json_each(?2) AS among CROSS JOIN person_shown AS person ON person.id=among.value"


def people(
    con: sqlite3.Connection, event_id: int | None, ids: Sequence[Hashable] | None = None
) -> sqlite3.Cursor:
    """Everybody, or those on the list of one event, the newest first as on People; or those of
    these ``ids`` in their order. Nobody twice, and none who was erased."""
    return con.execute(
        f"SELECT person.id, person.note,"
        f" {suppressed.barred('person')} AS do_not_call,"
        f" {suppressed.barred('person', WRITE)} AS do_not_write,"
        f" {suppressed.barred('person', MAIL)} AS do_not_mail, {PERSON},"
        " (SELECT json_group_array(name) FROM (SELECT event.name FROM card"
        "   JOIN signup AS roster ON roster.id=card.roster_id"
        "   JOIN event ON event.id=roster.event_id"
        "   WHERE card.person_id=person.id ORDER BY event.starts_at, event.id)) AS events"
        f" FROM {_among(ids)} WHERE {_OF_EVENT}"
        f" ORDER BY {'person.id DESC' if ids is None else 'among.key'}",
        (event_id,) if ids is None else (event_id, listed(ids)),
    )


def count(con: sqlite3.Connection, event_id: int | None, ids: Sequence[Hashable] | None) -> int:
    """How many ``people`` gives, without reading them."""
    found = con.execute(
        f"SELECT count(*) FROM {_among(ids)} WHERE {_OF_EVENT}",
        (event_id,) if ids is None else (event_id, listed(ids)),
    )
    return int(found.fetchone()[0])
