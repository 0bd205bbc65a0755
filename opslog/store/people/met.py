"""People by what happened with them: the events whose lists they are on, whether they came, what
was decided; as conditions on an id."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from opslog.store.db.listed import IN_LIST, listed

# The present verdict of card c with its reason, ``drop colleague``; NULL while there is none. The
# newest entry of a round holds, and of those the one entered last (domain: rounds.latest).
PRESENT = """(SELECT d.verdict || ' ' || d.reason FROM decision d WHERE d.card_id=c.id
  AND d.verdict<>'undecided' AND NOT EXISTS (SELECT 1 FROM decision e WHERE e.card_id=d.card_id
    AND e.round_id=d.round_id AND e.id > d.id) ORDER BY d.id DESC LIMIT 1)"""


def verdicts(
    con: sqlite3.Connection, people: Iterable[int] | None = None
) -> Iterator[tuple[int, str]]:
    """Of these people, or all, each present verdict with its reason, on whichever list."""
    among = "" if people is None else f" AND c.person_id {IN_LIST}"
    rows = con.execute(
        f"SELECT c.person_id, {PRESENT} AS verdict FROM card c"
        " WHERE EXISTS (SELECT 1 FROM decision x WHERE x.card_id=c.id) AND verdict IS NOT NULL"
        f"{among}",
        () if people is None else (listed(people),),
    )
    return ((row[0], row[1]) for row in rows)


_CARDS = "card c JOIN signup s ON s.id=c.roster_id"
_ATTENDED = "CASE c.attended WHEN 1 THEN 'came' WHEN 0 THEN 'absent' ELSE 'unmarked' END"
_VERDICT = f"coalesce(substr({PRESENT}, 1, 4), 'none')"
# Facet -> what of a sign-up it looks at.
_VALUES = {
    "event": "CAST(s.event_id AS TEXT)",
    "attendance": _ATTENDED,
    "verdict": _VERDICT,
}
AUDIENCE = "audience"
FACETS = (*_VALUES, AUDIENCE)


def condition(facet: str, value: str, event: str | None) -> tuple[str, list[object]]:
    """Those of whom a sign-up says this; of the sign-ups for one event, where that is named."""
    if facet == AUDIENCE:
        return (
            "IN (SELECT c.person_id FROM card c JOIN roster r ON r.id=c.roster_id"
            " WHERE r.kind='audience' AND r.event_id=?)",
            [int(value)],
        )
    at, wanted = _at(event)
    return (
        f"IN (SELECT c.person_id FROM {_CARDS} WHERE {_VALUES[facet]}=?{at})",
        [value, *wanted],
    )


def counts(
    con: sqlite3.Connection, among: str, values: Sequence[object], facet: str, event: str | None
) -> list[tuple[str, int]]:
    """What sign-ups say of the people that ``among`` (SQL) gives, and of how many, most first."""
    if facet == AUDIENCE:
        of = con.execute(
            f"SELECT CAST(r.event_id AS TEXT), count(DISTINCT w.id) FROM ({among}) w"
            " JOIN card c ON c.person_id=w.id JOIN roster r ON r.id=c.roster_id"
            " WHERE r.kind='audience' GROUP BY 1 ORDER BY 2 DESC, 1",
            values,
        )
        return [(row[0], row[1]) for row in of]
    at, wanted = _at(None if facet == "event" else event)
    rows = con.execute(
        f"SELECT {_VALUES[facet]}, count(DISTINCT w.id) FROM ({among}) w"
        f" JOIN card c ON c.person_id=w.id JOIN signup s ON s.id=c.roster_id WHERE true{at}"
        " GROUP BY 1 ORDER BY 2 DESC, 1",
        (*values, *wanted),
    )
    return [(row[0], row[1]) for row in rows]


def event_names(con: sqlite3.Connection) -> dict[str, str]:
    """What events are called, by their number as text."""
    rows = con.execute("SELECT id, name FROM event")
    return {str(row[0]): str(row[1]) for row in rows}


def _at(event: str | None) -> tuple[str, list[object]]:
    return ("", []) if event is None else (" AND s.event_id=?", [int(event)])
