"""Lists made of people, as rows; and of whom lists are made."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from opslog.domain.screening.reasons import INVALID
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.people.met import PRESENT
from opslog.store.people.suppressed import barred as is_barred


def put(
    con: sqlite3.Connection, values: dict[str, object], people: Iterable[int], at: str
) -> tuple[int, int]:
    """A list with a card for each of these people in their order, nobody twice: who was merged
    into somebody counts as them, who was erased is left out. Its id, and how many they are."""
    roster_id = con.execute(
        f"INSERT INTO roster(created_at, {', '.join(values)}) VALUES (?{', ?' * len(values)})",
        (at, *values.values()),
    ).lastrowid
    assert roster_id is not None
    return roster_id, add(con, roster_id, people)


def add(con: sqlite3.Connection, roster_id: int, people: Iterable[int]) -> int:
    """Put more people on a list; how many were not on it."""
    return con.execute(
        "INSERT INTO card(roster_id, person_id, way) SELECT ?1, p.id, 'hand' FROM"
        " (SELECT coalesce(w.merged_into, w.id) AS id, min(j.key) AS place FROM json_each(?2) j"
        " JOIN person w ON w.id=j.value GROUP BY 1) f JOIN person_shown p ON p.id=f.id"
        " WHERE NOT EXISTS (SELECT 1 FROM card c WHERE c.roster_id=?1 AND c.person_id=p.id)"
        " ORDER BY f.place",
        (roster_id, listed(people)),
    ).rowcount


def barred(con: sqlite3.Connection, people: Iterable[int]) -> int:
    """How many of these people asked not to be called."""
    row = con.execute(
        f"SELECT count(*) FROM person_shown p WHERE p.id {IN_LIST} AND {is_barred('p')}",
        (listed(people),),
    ).fetchone()
    return int(row[0])


def invalid_elsewhere(con: sqlite3.Connection, roster_id: int) -> dict[int, str]:
    """Of a list made of people: who was found on another list to be nobody to call (a colleague, a
    competitor …), with that verdict. Of a list of sign-ups nobody: it has its own rounds."""
    wanted = ", ".join(f"'drop {reason}'" for reason in INVALID)
    rows = con.execute(
        f"SELECT c.person_id, {PRESENT} AS verdict FROM roster r"
        " JOIN card mine ON mine.roster_id=r.id"
        " JOIN card c ON c.person_id=mine.person_id AND c.roster_id<>r.id"
        f" WHERE r.id=? AND r.kind<>'signup' AND verdict IN ({wanted})",
        (roster_id,),
    )
    return dict(rows.fetchall())


def names(con: sqlite3.Connection) -> set[str]:
    """What lists made of people are called."""
    return {row[0] for row in con.execute("SELECT name FROM roster WHERE kind<>'signup'")}


def call_list(con: sqlite3.Connection, roster_id: int) -> sqlite3.Row | None:
    """A list of people as it was made; None where there is none of that number."""
    row: sqlite3.Row | None = con.execute(
        "SELECT name, purpose, track, opens_on, closes_on, event_id FROM roster"
        " WHERE id=? AND kind<>'signup'",
        (roster_id,),
    ).fetchone()
    return row


def change(con: sqlite3.Connection, roster_id: int, values: dict[str, object]) -> None:
    """Other values in these columns of a list."""
    con.execute(
        f"UPDATE roster SET {', '.join(f'{name}=?' for name in values)} WHERE id=?",
        (*values.values(), roster_id),
    )


def worked_on(con: sqlite3.Connection, roster_id: int) -> tuple[int, int, int, int]:
    """Of a list: its people, those of them whom nobody called for it, the calls, the verdicts."""
    row = con.execute(
        "SELECT count(*), coalesce(sum(calls=0), 0), coalesce(sum(calls), 0),"
        " coalesce(sum(verdicts), 0) FROM (SELECT"
        " (SELECT count(*) FROM touch t WHERE t.card_id=c.id) AS calls,"
        " (SELECT count(*) FROM decision d WHERE d.card_id=c.id) AS verdicts"
        " FROM card c WHERE c.roster_id=?)",
        (roster_id,),
    ).fetchone()
    return row[0], row[1], row[2], row[3]


def remove(con: sqlite3.Connection, roster_id: int) -> None:
    """A list that nobody worked on, with its cards and rounds."""
    for table in ("card", "round"):
        con.execute(f"DELETE FROM {table} WHERE roster_id=?", (roster_id,))
    con.execute("DELETE FROM roster WHERE id=?", (roster_id,))


def audience(con: sqlite3.Connection, event_id: int) -> tuple[int, int]:
    """How many an event is for, and how many of them signed up and did not withdraw."""
    row = con.execute(
        "SELECT count(*), sum(EXISTS (SELECT 1 FROM signup s JOIN card k ON k.roster_id=s.id"
        " WHERE s.event_id=?1 AND k.person_id=w.person_id AND k.state<>'withdrawn'))"
        " FROM (SELECT DISTINCT c.person_id FROM roster r JOIN card c ON c.roster_id=r.id"
        "  WHERE r.kind='audience' AND r.event_id=?1) w",
        (event_id,),
    ).fetchone()
    return row[0], row[1] or 0
