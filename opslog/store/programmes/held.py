"""Who of a day's messages gets none, each cause looked up from its own side (CROSS JOIN keeps the
order of the tables): what it costs goes by how many replies, leads, calls … there are, not by how
many people are in programmes."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_text
from opslog.domain.leads.leads import WITH_SALES, WON
from opslog.domain.people.card import MAIL, WRITE
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.programmes.enrolments import DUE

_SALES = ", ".join(f"'{state}'" for state in WITH_SALES)


class Kept(NamedTuple):
    """An enrolment that is due, and ``by`` whom or since when the cause is."""

    id: int
    person_id: int
    slot: str
    programme: str
    next_step: str
    started_on: str
    late: bool  # due before today
    at: str

    @property
    def key(self) -> tuple[str, str, str, str, bool]:
        """Which of ``enrolments.groups`` they are among."""
        return self.slot, self.programme, self.next_step, self.started_on, bool(self.late)


_KEPT = (
    "SELECT e.id, e.person_id, e.slot, e.programme, e.next_step, e.started_on,"
    " e.next_on<:today, {at}"
)


def _found(con: sqlite3.Connection, sql: str, today: date, **values: object) -> list[Kept]:
    at = {"today": today.isoformat(), **values}
    return [Kept(*row) for row in con.execute(sql.replace("{due}", DUE), at)]


_SAYS_SO = (
    "outcome IN (SELECT value FROM json_each(:answers)) AND purpose NOT IN ('reminder', 'add')"
    " AND NOT (purpose='message' AND direction='out')"
)


def replied(
    con: sqlite3.Connection,
    today: date,
    since: datetime,
    answers: Iterable[str],
    *,
    few: bool = False,
) -> list[Kept]:
    """Who answered since they entered: wrote or rang, or an outcome says so, of no reminder;
    ``few`` are due."""
    if few:
        return _found(
            con,
            f"{_KEPT.format(at='t.at')} FROM enrolment e CROSS JOIN touch t"
            " ON t.person_id=e.person_id AND t.at>e.entered_at WHERE t.at>=:since"
            f" AND (t.direction='in' OR ({_SAYS_SO})) AND {{due}}",
            today,
            since=instant_text(since),
            answers=listed(answers),
        )
    return _found(
        con,
        "WITH reply AS (SELECT person_id, at FROM touch INDEXED BY touch_in"
        " WHERE direction='in' AND at>=:since UNION SELECT person_id, at FROM touch"
        f" INDEXED BY touch_reply WHERE {_SAYS_SO} AND at>=:since)"
        f" {_KEPT.format(at='t.at')} FROM reply t CROSS JOIN enrolment e ON e.person_id=t.person_id"
        " WHERE t.at>e.entered_at AND {due}",
        today,
        since=instant_text(since),
        answers=listed(answers),
    )


def colleagues(
    con: sqlite3.Connection, today: date, since: datetime, *, few: bool = False
) -> list[Kept]:
    """Whose colleague (of the same company) answered a message since they entered; ``few`` are
    due."""
    return _found(
        con,
        "WITH said AS MATERIALIZED (SELECT t.person_id, q.company_key, t.at FROM touch t"
        " INDEXED BY touch_in CROSS JOIN person q ON q.id=t.person_id WHERE t.direction='in'"
        " AND t.at>=:since AND t.purpose='message' AND q.company_key<>'')"
        f" {_KEPT.format(at='t.at')} FROM {_of_companies('said', few=few)}"
        " WHERE t.at>e.entered_at AND {due}",
        today,
        since=instant_text(since),
    )


def _of_companies(those: str, *, few: bool) -> str:
    """Enrolments ``e`` of colleagues of ``those`` people ``t``: where few are due from their side,
    since after years there are far more people of a company than are due."""
    if few:
        return (
            "enrolment e CROSS JOIN person p ON p.id=e.person_id CROSS JOIN"
            f" {those} t ON t.company_key=p.company_key AND t.person_id<>p.id"
        )
    return (
        f"{those} t CROSS JOIN person p ON p.company_key=t.company_key AND p.id<>t.person_id"
        " CROSS JOIN enrolment e ON e.person_id=p.id"
    )


def with_sales(
    con: sqlite3.Connection, today: date, *, colleagues: bool, few: bool = False
) -> list[Kept]:
    """Who is with sales now, or became a customer since they entered; or has such a colleague;
    ``few`` are due."""
    whose, which = "talks t CROSS JOIN enrolment e ON e.person_id=t.person_id", ""
    if colleagues:
        whose = _of_companies("talks", few=few)
        which = " AND p.company_key<>''"
    elif few:
        which = f" AND h.person_id IN (SELECT e.person_id FROM enrolment e WHERE {DUE})"
    return _found(
        con,
        "WITH talks AS MATERIALIZED (SELECT h.person_id, p.company_key, s.at, s.state"
        " FROM handover h JOIN handover_state s ON s.id=(SELECT max(id) FROM handover_state"
        "  WHERE handover_id=h.id) JOIN person p ON p.id=h.person_id"
        f" WHERE s.state IN ({_SALES}, '{WON}'){which})"
        f" {_KEPT.format(at='t.at')} FROM {whose}"
        f" WHERE (t.state<>'{WON}' OR t.at>=e.entered_at) AND {{due}}",
        today,
    )


def barred(con: sqlite3.Connection, today: date, *, mail: bool = False) -> list[Kept]:
    """Who is not to be written to, by their row or any number (for mail: address) of theirs."""
    kind, column, index = ("email", "email", "") if mail else ("phone", "phone", "reach_fts")
    more = (
        f" UNION SELECT f.rowid, s.since FROM suppressed s JOIN {index} f ON {index} MATCH"
        " '\"' || s.value || '\"' WHERE s.scope=:scope AND s.kind='phone'"
        " AND s.value NOT LIKE '%\"%'"
        if index
        else ""
    )
    return _found(
        con,
        "WITH held(person_id, at) AS (SELECT CAST(value AS INTEGER), since FROM suppressed"
        " WHERE scope=:scope AND kind='person' UNION SELECT p.id, s.since FROM suppressed s"
        f" CROSS JOIN person p ON p.{column}=s.value WHERE s.scope=:scope AND s.kind='{kind}'"
        f"{more})"
        f" {_KEPT.format(at='t.at')} FROM held t CROSS JOIN enrolment e ON e.person_id=t.person_id"
        " WHERE {due}",
        today,
        scope=MAIL if mail else WRITE,
    )


def due(con: sqlite3.Connection, today: date) -> list[Kept]:
    """Everybody who is due, for a cause that is found from their side alone."""
    nothing = _KEPT.format(at="''")
    return _found(con, f"{nothing} FROM enrolment e WHERE {{due}}", today)


def overdue(con: sqlite3.Connection, today: date, before: date) -> list[Kept]:
    """Who was due before a day, and when."""
    return _found(
        con,
        f"{_KEPT.format(at='e.next_on')} FROM enrolment e WHERE {{due}} AND e.next_on<:before",
        today,
        before=before.isoformat(),
    )


def decided_at(con: sqlite3.Connection, people: Collection[int]) -> dict[int, str]:
    """Person → when the newest verdict on them was given, of these."""
    rows = con.execute(
        "SELECT c.person_id, max(d.at) FROM card c CROSS JOIN decision d ON d.card_id=c.id"
        f" WHERE c.person_id {IN_LIST} GROUP BY 1",
        (listed(people),),
    )
    return dict(rows.fetchall())


def merged(con: sqlite3.Connection, today: date) -> list[tuple[Kept, str]]:
    """Who got which steps by a row of theirs that was merged."""
    rows = con.execute(
        f"{_KEPT.format(at='s.at')}, s.step FROM enrolment m CROSS JOIN enrolment e"
        " ON e.person_id=m.person_id AND e.programme=m.programme AND e.id<>m.id"
        " CROSS JOIN sending s ON s.enrolment_id=m.id AND s.state='sent'"
        f" WHERE m.left_why='merged' AND {DUE}",
        {"today": today.isoformat()},
    )
    return [(Kept(*row[:-1]), row[-1]) for row in rows]


def promised(con: sqlite3.Connection, today: date, since: datetime) -> list[Kept]:
    """Whom a call is promised from ``since`` on: it goes first."""
    return _found(
        con,
        f"{_KEPT.format(at='t.next_at')} FROM touch t INDEXED BY touch_next"
        " CROSS JOIN enrolment e ON e.person_id=t.person_id WHERE t.next_at>=:since"
        " AND t.promised AND NOT EXISTS (SELECT 1 FROM touch n"
        "  WHERE n.person_id=t.person_id AND (n.at, n.id)>(t.at, t.id)) AND {due}",
        today,
        since=instant_text(since),
    )


def called(con: sqlite3.Connection, today: date, since: datetime) -> list[Kept]:
    """With whom somebody spoke by phone since then."""
    return _found(
        con,
        f"{_KEPT.format(at='max(t.at)')} FROM touch t INDEXED BY touch_counted"
        " CROSS JOIN enrolment e ON e.person_id=t.person_id WHERE t.at>=:since"
        " AND t.lane='phone' AND t.counts=1 AND t.call_id IS NULL AND {due} GROUP BY e.id",
        today,
        since=instant_text(since),
    )


def put_off(con: sqlite3.Connection, today: date, now: datetime) -> list[Kept]:
    """Whom the operator put off."""
    return _found(
        con,
        f"{_KEPT.format(at='max(t.until)')} FROM not_now t CROSS JOIN enrolment e"
        " ON e.person_id=t.person_id WHERE t.until>:now AND {due} GROUP BY e.id",
        today,
        now=instant_text(now),
    )


def often(con: sqlite3.Connection, today: date, since: datetime, most: int) -> list[Kept]:
    """With whom there were ``most`` touches since then."""
    return _found(
        con,
        "WITH had AS MATERIALIZED (SELECT person_id, max(at) AS at FROM touch"
        " INDEXED BY touch_counted WHERE at>=:since"
        " AND counts=1 AND call_id IS NULL GROUP BY person_id HAVING count(*)>=:most)"
        f" {_KEPT.format(at='t.at')} FROM had t CROSS JOIN enrolment e ON e.person_id=t.person_id"
        " WHERE {due}",
        today,
        since=instant_text(since),
        most=most,
    )


def touches(
    con: sqlite3.Connection, people: Collection[int], since: datetime
) -> list[tuple[int, str, str, str, bool]]:
    """Person, moment, purpose, lane and whether it counts, each call once."""
    rows = con.execute(
        "SELECT person_id, at, purpose, lane, counts FROM touch"
        f" WHERE person_id {IN_LIST} AND at>=? AND call_id IS NULL",
        (listed(people), instant_text(since)),
    )
    return [(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows]
