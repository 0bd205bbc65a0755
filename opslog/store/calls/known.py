"""What is known already of the people on a list, from elsewhere."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from opslog.domain.base.clock import instant_of
from opslog.store.calls.conditions import only
from opslog.store.db.listed import IN_LIST, listed


def people_known(con: sqlite3.Connection, keys: Collection[str]) -> dict[str, int]:
    """Company key → people known of it; the companies asked for."""
    rows = con.execute(
        "SELECT company_key, count(*) FROM person_counted"
        f" WHERE company_key {IN_LIST} GROUP BY company_key",
        (listed(key for key in keys if key),),
    )
    return dict(rows.fetchall())


def tags(
    con: sqlite3.Connection, roster_id: int, person_id: int | None = None
) -> dict[int, list[str]]:
    """Person → their tags, of the people on a list."""
    found: dict[int, list[str]] = defaultdict(list)
    which, wanted = only("c.person_id", person_id)
    for row in con.execute(
        "SELECT t.person_id, t.tag FROM card c JOIN person_tag t ON t.person_id=c.person_id"
        f" WHERE c.roster_id=?{which} ORDER BY t.id",
        (roster_id, *wanted),
    ):
        found[row["person_id"]].append(row["tag"])
    return found


def last_contact(
    con: sqlite3.Connection,
    roster_id: int,
    answered: Sequence[str],
    person_id: int | None = None,
) -> dict[int, datetime]:
    """Person → when they last answered (one of these outcomes) or stood in a typed log line."""
    which, wanted = only("mine.person_id", person_id)
    rows = con.execute(
        "SELECT person_id, max(at) FROM ("
        " SELECT mine.person_id, t.at FROM card mine JOIN card o ON o.person_id=mine.person_id"
        f" JOIN touch t ON t.card_id=o.id AND t.outcome {IN_LIST}"
        f" WHERE mine.roster_id=?{which}"
        " UNION ALL SELECT mine.person_id, l.at FROM card mine"
        " JOIN log_person lp ON lp.person_id=mine.person_id"
        " JOIN log l ON l.id=lp.log_id AND l.source='typed'"
        f" WHERE mine.roster_id=?{which}) GROUP BY person_id",
        (listed(answered), roster_id, *wanted, roster_id, *wanted),
    )
    return {row[0]: instant_of(row[1]) for row in rows}


@dataclass(frozen=True, slots=True)
class Past:
    """What other lists know of a person; the newest attempt there, if any."""

    lists: int
    attended: int
    calls: int
    event: str = ""
    purpose: str = ""
    lane: str = ""
    outcome: str = ""
    at: datetime | None = None


def past(con: sqlite3.Connection, roster_id: int, person_id: int | None = None) -> dict[int, Past]:
    """Person → what happened on lists other than this one; only those with something."""
    found: dict[int, Past] = {}
    which, wanted = only("mine.person_id", person_id)
    for row in con.execute(
        "SELECT mine.person_id, count(DISTINCT o.id) AS lists,"
        " count(DISTINCT CASE WHEN o.attended THEN o.id END) AS attended,"
        " count(t.id) AS calls, max(t.id) AS newest"
        " FROM card mine JOIN card o ON o.person_id=mine.person_id AND o.roster_id<>mine.roster_id"
        " LEFT JOIN touch t ON t.card_id=o.id"
        f" WHERE mine.roster_id=?{which} GROUP BY mine.person_id",
        (roster_id, *wanted),
    ).fetchall():
        base = (row["lists"], row["attended"], row["calls"])
        if row["newest"] is None:
            found[row["person_id"]] = Past(*base)
            continue
        last = con.execute(
            "SELECT t.*, e.name FROM touch t JOIN card c ON c.id=t.card_id"
            " JOIN roster r ON r.id=c.roster_id JOIN event e ON e.id=r.event_id WHERE t.id=?",
            (row["newest"],),
        ).fetchone()
        found[row["person_id"]] = Past(
            *base,
            last["name"],
            last["purpose"],
            last["lane"],
            last["outcome"],
            instant_of(last["at"]),
        )
    return found
