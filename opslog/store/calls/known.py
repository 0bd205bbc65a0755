"""What is known already of the people on a list, from elsewhere."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_of
from opslog.store.calls.conditions import only
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.rosters.rosters import called_on


class OfCard(NamedTuple):
    """What is known of somebody on a list beside what a ``Candidate`` says."""

    email: str
    city: str
    industry: str
    note: str
    phone: str
    phones: str
    guests: int
    guests_more: bool
    instead_of: str  # whom they stand in for, '' nobody
    replaced: bool  # whether somebody stands in for them


def of_card(con: sqlite3.Connection, card_id: int) -> OfCard:
    row = con.execute(
        "SELECT email, city, industry, note, phone, phones, guests, guests_more,"
        f" {called_on('o.id=c.instead_of')}, EXISTS (SELECT 1 FROM card o WHERE o.instead_of=c.id)"
        " FROM card c JOIN person ON person.id=c.person_id WHERE c.id=?",
        (card_id,),
    ).fetchone()
    email, city, industry, note, phone, phones, guests, more, instead_of, replaced = row
    return OfCard(
        *(email, city, industry, note, phone, phones, guests),
        guests_more=bool(more),
        instead_of=instead_of or "",
        replaced=bool(replaced),
    )


def people_known(con: sqlite3.Connection, keys: Collection[str]) -> dict[str, int]:
    """Company key → people known of it; the companies asked for."""
    rows = con.execute(
        "SELECT company_key, count(*) FROM person_counted"
        f" WHERE company_key {IN_LIST} GROUP BY company_key",
        (listed(key for key in keys if key),),
    )
    return dict(rows.fetchall())


def parts(con: sqlite3.Connection, people: Iterable[int]) -> dict[int, dict[str, str]]:
    """Person → what rules of one's own may ask for."""
    rows = con.execute(
        "SELECT id, title, company, city, industry, (SELECT group_concat(tag, ' ')"
        " FROM person_tag WHERE person_id=person_shown.id) AS tag FROM person_shown"
        f" WHERE id {IN_LIST}",
        (listed(people),),
    )
    names = ("title", "company", "city", "industry", "tag")
    return {row["id"]: {name: row[name] or "" for name in names} for row in rows}


def tags(con: sqlite3.Connection, people: Iterable[int]) -> dict[int, list[str]]:
    """Person → their tags, of these people."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in con.execute(
        f"SELECT person_id, tag FROM person_tag WHERE person_id {IN_LIST} ORDER BY id",
        (listed(people),),
    ):
        found[row["person_id"]].append(row["tag"])
    return found


def last_contact(
    con: sqlite3.Connection, people: Iterable[int], answered: Sequence[str]
) -> dict[int, datetime]:
    """Person → when they last answered (one of these outcomes) or stood in a typed log line, of
    these people.

    CROSS JOIN keeps the order of the tables: from the people to what is known of each.
    """
    rows = con.execute(
        "WITH mine AS MATERIALIZED (SELECT value AS id FROM json_each(?1))"
        " SELECT id, max(at) FROM ("
        " SELECT mine.id, t.at FROM mine CROSS JOIN touch t ON t.person_id=mine.id"
        " AND t.outcome IN (SELECT value FROM json_each(?2))"
        " UNION ALL SELECT mine.id, l.at FROM mine CROSS JOIN log_person lp"
        " ON lp.person_id=mine.id CROSS JOIN log l ON l.id=lp.log_id AND l.source='typed')"
        " GROUP BY id",
        (listed(people), listed(answered)),
    )
    return {row[0]: instant_of(row[1]) for row in rows}


def touched(
    con: sqlite3.Connection, since: str, person_id: int | None = None, call: int | None = None
) -> Iterator[tuple[int, datetime, str, str, bool]]:
    """Person, moment, purpose, lane and whether it counts, of every call and message since an
    instant, each call once; but the one that the attempt ``call`` is of."""
    which, wanted = only("person_id", person_id)
    for row in con.execute(
        "SELECT person_id, at, purpose, lane, counts FROM touch"
        f" WHERE at >= ? AND call_id IS NULL AND id IS NOT ?{which}",
        (since, call, *wanted),
    ):
        yield row[0], instant_of(row[1]), row[2], row[3], bool(row[4])


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


def on_wecom(con: sqlite3.Connection, roster_id: int, person_id: int | None = None) -> list[int]:
    """Who of a list is on WeCom."""
    which, wanted = only("c.person_id", person_id)
    rows = con.execute(
        "SELECT p.id FROM card c JOIN person p ON p.id=c.person_id"
        f" WHERE c.roster_id=?{which} AND p.wecom",
        (roster_id, *wanted),
    )
    return [row["id"] for row in rows]


def past(con: sqlite3.Connection, roster_id: int, person_id: int | None = None) -> dict[int, Past]:
    """Person → what happened elsewhere than on this list; only those with something."""
    which, wanted = only("mine.person_id", person_id)
    lists = {
        row[0]: (row[1], row[2])
        for row in con.execute(
            "SELECT mine.person_id, count(*), sum(coalesce(o.attended, 0)) FROM card mine"
            " JOIN card o ON o.person_id=mine.person_id AND o.roster_id<>mine.roster_id"
            " JOIN signup s ON s.id=o.roster_id"
            f" WHERE mine.roster_id=?{which} GROUP BY 1",
            (roster_id, *wanted),
        )
    }
    calls = {
        row["person_id"]: row
        for row in con.execute(
            "SELECT t.person_id, calls, coalesce(e.name, o.name) AS about, t.purpose, t.lane,"
            " t.outcome, t.at FROM ("
            "  SELECT count(DISTINCT coalesce(t.call_id, t.id)) AS calls, max(t.id) AS newest"
            "  FROM card mine JOIN touch t"
            "   ON t.person_id=mine.person_id AND t.card_id IS NOT mine.id"
            f"  WHERE mine.roster_id=?{which} GROUP BY mine.person_id"
            ") JOIN touch t ON t.id=newest LEFT JOIN event e ON e.id=t.event_id"
            " LEFT JOIN card c ON c.id=t.card_id LEFT JOIN occasion o ON o.roster_id=c.roster_id",
            (roster_id, *wanted),
        )
    }
    found: dict[int, Past] = {}
    for person in lists | calls:
        past = Past(*lists.get(person, (0, 0)), 0)
        if person in calls:
            _, number, event, purpose, lane, outcome, at = calls[person]
            past = replace(
                past,
                calls=number,
                event=event or "",
                purpose=purpose,
                lane=lane,
                outcome=outcome,
                at=instant_of(at),
            )
        found[person] = past
    return found
