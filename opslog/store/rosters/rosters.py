"""Rosters, read: which there are, what each line said, and what was decided about it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from opslog.domain.base import damaged
from opslog.domain.base.clock import instant_of
from opslog.domain.rosters.rosters import DUPLICATE, NEW, PROBLEM, UNCHANGED, UPDATED, RosterFile
from opslog.store.rosters.occasions import once
from opslog.store.rosters.sections import Section, sections_of

# The list of an event, for whoever asks who signed up; a call list may be of an event too.
SIGNUP_VIEW = "CREATE VIEW signup AS SELECT * FROM roster WHERE kind='signup'"
# What each list is about, as schema 8 has it, which knows no stops (see occasions).
OCCASION_VIEW = (
    "CREATE VIEW occasion AS SELECT r.id AS roster_id, r.kind AS list, r.event_id,"
    " CASE r.kind WHEN 'signup' THEN e.name ELSE r.name END AS name, e.name AS event,"
    " coalesce(e.kind, '') AS kind, coalesce(e.starts_at, r.created_at) AS starts_at,"
    " coalesce(e.ends_at, r.created_at) AS ends_at, coalesce(e.place, '') AS place,"
    " e.cancelled_at FROM roster r LEFT JOIN event e ON e.id=r.event_id"
)

_CLASSES = (NEW, UPDATED, UNCHANGED, DUPLICATE, PROBLEM)


def of_event(con: sqlite3.Connection, event_id: int, stop_id: int | None = None) -> int:
    """The sign-up list of an event, or of a stop of it; 0 where it has none yet."""
    row = con.execute(
        "SELECT id FROM signup WHERE event_id=? AND stop_id IS ?", (event_id, stop_id)
    ).fetchone()
    return 0 if row is None else int(row[0])


def all_of_event(con: sqlite3.Connection, event_id: int) -> list[int]:
    """The sign-up lists of an event: its own, or those of its stops."""
    rows = con.execute("SELECT id FROM signup WHERE event_id=?", (event_id,))
    return [row[0] for row in rows]


def event_of(con: sqlite3.Connection, roster_id: int) -> int | None:
    """The event a list is of; None of a list of people that is of none."""
    row = con.execute("SELECT event_id FROM roster WHERE id=?", (roster_id,)).fetchone()
    return None if row is None else row[0]


def stop_of(con: sqlite3.Connection, roster_id: int) -> int | None:
    """The stop whose list it is; None of any other."""
    row = con.execute("SELECT stop_id FROM roster WHERE id=?", (roster_id,)).fetchone()
    return None if row is None else row[0]


def card_of(con: sqlite3.Connection, person_id: int, event_id: int) -> int | None:
    """Somebody's card on the list of an event, of several stops the first; None on no list."""
    row = con.execute(
        "SELECT c.id FROM card c JOIN signup s ON s.id=c.roster_id"
        " LEFT JOIN stop t ON t.id=coalesce(c.stop_id, s.stop_id)"
        f" WHERE c.person_id=? AND s.event_id=? AND {once()}"
        " ORDER BY coalesce(t.state, '')='dropped', t.starts_at, c.id",
        (person_id, event_id),
    ).fetchone()
    return None if row is None else int(row[0])


def newest_file(con: sqlite3.Connection, roster_id: int, columns: Sequence[str]) -> int:
    """The newest file of a roster with these headings, or of any; 0 where there is none."""
    row = con.execute(
        "SELECT id FROM roster_file WHERE roster_id=? AND withdrawn_at IS NULL"
        " ORDER BY columns=? DESC, id DESC LIMIT 1",
        (roster_id, json.dumps(columns, ensure_ascii=False)),
    ).fetchone()
    return 0 if row is None else int(row[0])


def names(con: sqlite3.Connection) -> list[tuple[int, str, str, str | None]]:
    """Every roster: its number, its name, what it is about, and when that was cancelled."""
    rows = con.execute(
        "SELECT r.id, r.name, o.name, o.cancelled_at FROM roster r JOIN occasion o"
        " ON o.roster_id=r.id ORDER BY o.starts_at DESC, r.id DESC"
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def file_contents(con: sqlite3.Connection, file_id: int) -> tuple[dict[str, int], list[Section]]:
    """How many rows of a file are of which class, and the lists that it holds."""
    row = con.execute(
        f"SELECT {', '.join(_CLASSES)}, columns, mapping, sections FROM roster_file WHERE id=?",
        (file_id,),
    ).fetchone()
    if row is None:
        return {}, []
    return {name: row[name] for name in _CLASSES}, sections_of(row)


def files(con: sqlite3.Connection, roster_id: int) -> list[RosterFile]:
    """The files a roster came in, the first one first."""
    rows = con.execute(
        "SELECT id, file, sheet, encoding, header_row, columns, read, imported_at, kind, profile,"
        " withdrawn_at FROM roster_file WHERE roster_id=? ORDER BY id",
        (roster_id,),
    )
    return [
        RosterFile(
            row["id"],
            row["file"],
            row["sheet"],
            row["encoding"],
            row["header_row"],
            tuple(damaged.listed(row["columns"])),
            row["read"],
            instant_of(row["imported_at"]),
            row["kind"],
            row["profile"],
            instant_of(row["withdrawn_at"]) if row["withdrawn_at"] else None,
        )
        for row in rows
    ]


def called_on(which: str) -> str:
    """What to call the person of another card ``o``, of which this holds; NULL where none is."""
    return (
        "(SELECT coalesce(nullif(x.name, ''), nullif(x.company, ''), x.phone) FROM card o"
        f" JOIN person x ON x.id=o.person_id WHERE {which} LIMIT 1)"
    )
