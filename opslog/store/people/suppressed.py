"""Numbers and addresses that are not to be used: one table says it for everybody who has them.

Kinds: ``phone``, ``email``, and ``person``, whose value is the number of their row: that holds
where somebody has no number yet, or gets another one. When whose it was is erased, a keyed mark
stays in place of the number (``hide``), and bars it again as soon as somebody has it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable

from opslog.domain.base.clock import instant_of
from opslog.domain.people.card import CALL, MAIL, SCOPES, Barred
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.people import erased
from opslog.store.people.erased import HIDDEN

WRONG = "wrong"


def _each(text: str) -> str:
    """Rows of json_each of what stands in a column with one space between."""
    return f"""json_each('[' || replace(json_quote({text}), ' ', '","') || ']')"""


def barred(alias: str, scope: str = CALL) -> str:
    """A condition: the person of this alias, or a number (for mail: an address), is suppressed.

    Look-ups by index throughout: CROSS JOIN goes from the few numbers of somebody to the rows, not
    through every number of years.
    """
    kind, one, more = (
        ("email", "email", "emails") if scope == MAIL else ("phone", "phone", "phones")
    )
    one, more = f"{alias}.{one}", f"{alias}.{more}"
    held = f"SELECT 1 FROM suppressed s WHERE s.scope='{scope}' AND s.kind="
    return (
        f"(EXISTS ({held}'person' AND s.value=CAST({alias}.id AS TEXT))"
        f" OR EXISTS ({held}'{kind}' AND s.value={one})"
        f" OR ({more}<>'' AND EXISTS (SELECT 1 FROM {_each(more)} j CROSS JOIN suppressed s"
        f" ON s.kind='{kind}' AND s.value=j.value AND s.scope='{scope}')))"
    )


# What bars the people of a JSON list of ids: their rows, numbers and addresses.
_THEIRS = f"""asked AS (SELECT * FROM person WHERE id IN (SELECT value FROM json_each(?))),
  theirs(kind, value) AS (SELECT 'person', CAST(id AS TEXT) FROM asked
  UNION SELECT 'phone', j.value FROM asked, {_each("phone || char(32) || phones")} j
  UNION SELECT 'email', j.value FROM asked, {_each("email || char(32) || emails")} j)"""
_THEIRS_1 = _THEIRS.replace("json_each(?)", "json_each(?1)")
_OF_PEOPLE = f"(kind, value) IN (WITH {_THEIRS} SELECT kind, value FROM theirs WHERE value<>'')"


def of_person(con: sqlite3.Connection, person_id: int, scope: str = CALL) -> Barred | None:
    """Since when and by whom, where a person is barred: the earliest that holds of them."""
    kind = "email" if scope == MAIL else "phone"
    row = con.execute(
        f"SELECT since, \"by\", why FROM suppressed WHERE scope=? AND kind IN ('person', ?)"
        f" AND {_OF_PEOPLE} ORDER BY since, id",
        (scope, kind, _json([person_id])),
    ).fetchone()
    return None if row is None else Barred(instant_of(row["since"]), row["by"], row["why"], scope)


def among(con: sqlite3.Connection, people: Iterable[int], scope: str = CALL) -> set[int]:
    """Which of some people are barred."""
    rows = con.execute(
        f"SELECT p.id FROM person p WHERE p.id {IN_LIST} AND {barred('p', scope)}",
        (listed(people),),
    )
    return {row[0] for row in rows}


def bars(con: sqlite3.Connection, person_id: int) -> tuple[Barred, ...]:
    """All that bars a person, one a scope."""
    found = (of_person(con, person_id, scope) for scope in SCOPES)
    return tuple(one for one in found if one is not None)


def put(
    con: sqlite3.Connection,
    person_ids: Collection[int],
    scope: str,
    since: str,
    by: str,
    why: str = "",
) -> None:
    """Bar people with every number (for mail: every address) of theirs; what is barred stays.

    A row that stands already is written once more as it is: so this change rests on it too, and
    the one that made it can't be undone alone while somebody else's word holds as well.
    """
    con.execute(
        f"WITH {_THEIRS_1} UPDATE suppressed SET scope=scope WHERE scope=?2"
        " AND (kind, value) IN (SELECT kind, value FROM theirs WHERE value<>'')",
        (_json(person_ids), scope),
    )
    con.execute(
        f'WITH {_THEIRS_1} INSERT INTO suppressed(kind, value, scope, since, "by", why)'
        " SELECT kind, value, ?2, ?3, ?4, ?5 FROM theirs WHERE value<>'' AND kind<>?6"
        " AND NOT EXISTS (SELECT 1 FROM suppressed s WHERE s.kind=theirs.kind"
        "  AND s.value=theirs.value AND s.scope=?2)",
        (_json(person_ids), scope, since, by, why, "phone" if scope == MAIL else "email"),
    )


def lift(con: sqlite3.Connection, person_id: int, scope: str = CALL) -> None:
    """Take the bar off a person and their numbers (for mail: addresses), and off the rows of
    whoever shares one."""
    one, more = ("email", "emails") if scope == MAIL else ("phone", "phones")
    others = con.execute(
        f"""SELECT q.id FROM person q WHERE q.id=?1 OR (q.{one}<>'' AND q.{one} IN (SELECT j.value
        FROM person p, {_each(f"p.{one} || char(32) || p.{more}")} j WHERE p.id=?1))""",
        (person_id,),
    ).fetchall()
    con.execute(
        f"DELETE FROM suppressed WHERE scope=? AND kind='person' AND {_OF_PEOPLE}",
        (scope, _json(row["id"] for row in others)),
    )
    con.execute(
        f"DELETE FROM suppressed WHERE scope=? AND {_OF_PEOPLE}", (scope, _json([person_id]))
    )
    con.executemany(
        "DELETE FROM suppressed WHERE scope=? AND kind=? AND value=?",
        [(scope, kind, mark) for kind, _value, mark in _marks_of(con, [person_id])],
    )


def hide(con: sqlite3.Connection, kind: str, values: Iterable[str]) -> None:
    """Put marks in the place of numbers or addresses, also where undo would bring them back."""
    secret = erased.marks(con)
    for value in values:
        mark = HIDDEN + secret.mark(kind, value)
        con.execute(
            "UPDATE OR IGNORE suppressed SET value=? WHERE kind=? AND value=?", (mark, kind, value)
        )
        con.execute("DELETE FROM suppressed WHERE kind=? AND value=?", (kind, value))
        con.execute(
            "UPDATE change_row SET image=json_set(image, '$.value', ?) WHERE tbl='suppressed'"
            " AND json_extract(image, '$.kind')=? AND json_extract(image, '$.value')=?",
            (mark, kind, value),
        )


def bar_again(con: sqlite3.Connection, person_ids: Iterable[int]) -> None:
    """What was barred when somebody was erased is barred by the number as soon as somebody has it
    again. Inside the change that brought it."""
    marked: dict[tuple[str, str], list[sqlite3.Row]] = {}
    for row in con.execute("SELECT * FROM suppressed WHERE value LIKE ?", (f"{HIDDEN}%",)):
        marked.setdefault((row["kind"], row["value"]), []).append(row)
    if not marked:
        return
    for kind, value, mark in _marks_of(con, person_ids):
        for row in marked.get((kind, mark), ()):
            con.execute(
                'INSERT OR IGNORE INTO suppressed(kind, value, scope, since, "by", why)'
                " VALUES (?,?,?,?,?,?)",
                (kind, value, row["scope"], row["since"], row["by"], row["why"]),
            )


def _marks_of(con: sqlite3.Connection, person_ids: Iterable[int]) -> list[tuple[str, str, str]]:
    """Kind, value and mark of each number and address of people."""
    secret = erased.marks(con)
    theirs = con.execute(
        f"WITH {_THEIRS} SELECT kind, value FROM theirs WHERE value<>''", (_json(person_ids),)
    )
    return [(row[0], row[1], HIDDEN + secret.mark(row[0], row[1])) for row in theirs]


def put_wrong(con: sqlite3.Connection, number: str, since: str, by: str) -> None:
    """A number is not theirs: it is not offered again, whoever has it."""
    con.execute(  # as in ``put``: said twice, it can't be undone by taking back one of the two
        "UPDATE suppressed SET scope=scope WHERE kind='phone' AND value=? AND scope=?",
        (number, WRONG),
    )
    con.execute(
        'INSERT INTO suppressed(kind, value, scope, since, "by")'
        " SELECT 'phone', ?1, ?2, ?3, ?4 WHERE NOT EXISTS"
        " (SELECT 1 FROM suppressed WHERE kind='phone' AND value=?1 AND scope=?2)",
        (number, WRONG, since, by),
    )


class WrongNumbers:
    """The numbers found to be wrong, each looked up when it is asked for: after years they are far
    more than a list has."""

    def __init__(self, con: sqlite3.Connection) -> None:
        self._con, self._known = con, dict[str, bool]()

    def __contains__(self, number: object) -> bool:
        value = str(number)
        if value not in self._known:
            row = self._con.execute(
                "SELECT 1 FROM suppressed WHERE kind='phone' AND value=? AND scope=?",
                (value, WRONG),
            ).fetchone()
            self._known[value] = row is not None
        return self._known[value]


def told_wrong(con: sqlite3.Connection) -> frozenset[str]:
    """When a number was found to be wrong, as text: in one cell, for years of them are read for
    each list."""
    cell = con.execute(
        "SELECT json_group_array(DISTINCT since) FROM suppressed WHERE scope=?", (WRONG,)
    ).fetchone()[0]
    return frozenset(json.loads(cell))


def move(con: sqlite3.Connection, keep: int, other: int) -> None:
    """What bars one row of a person bars the row it becomes part of; numbers go by themselves."""
    con.execute(
        'INSERT INTO suppressed(kind, value, scope, since, "by", why)'
        ' SELECT kind, CAST(?1 AS TEXT), scope, since, "by", why FROM suppressed t'
        " WHERE kind='person' AND value=CAST(?2 AS TEXT) AND NOT EXISTS (SELECT 1 FROM suppressed s"
        " WHERE s.kind='person' AND s.value=CAST(?1 AS TEXT) AND s.scope=t.scope)",
        (keep, other),
    )


def _json(ids: Iterable[int]) -> str:
    return json.dumps(list(ids))
