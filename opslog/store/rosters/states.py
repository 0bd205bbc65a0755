"""How far the rosters are, as SQL; apart from the rest of screening, since each start asks."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.rosters.rosters import SIGNUP, WAITING, WITHDRAWN
from opslog.domain.rosters.state import RosterState
from opslog.store.db.listed import IN_LIST, listed, of_list
from opslog.store.rosters.problems import OPEN

# The newest round of each roster asked for, what holds in it and before it. ``{which}`` narrows
# the rosters: Today asks only for those whose work is not over. CROSS JOIN keeps the order of
# the tables: from those rosters to their entries in the ledger, not through all of it.
_STATES = """
WITH wanted AS (SELECT r.id, (SELECT max(number) FROM round WHERE roster_id=r.id) AS number
                FROM roster r {which}),
holds AS (SELECT n.roster_id, n.number, d.card_id, d.verdict, max(d.id) AS id
          FROM wanted w CROSS JOIN round n ON n.roster_id=w.id
          CROSS JOIN decision d ON d.round_id=n.id GROUP BY n.id, d.card_id),
before AS (SELECT h.roster_id, h.card_id, h.verdict, max(h.id)
           FROM holds h JOIN wanted w ON w.id=h.roster_id
           WHERE h.verdict<>'undecided' AND h.number < w.number GROUP BY h.roster_id, h.card_id),
gone AS (SELECT roster_id, card_id FROM before WHERE verdict='drop'
         UNION SELECT w.id, c.id FROM person p CROSS JOIN card c ON c.person_id=p.id
         CROSS JOIN wanted w ON w.id=c.roster_id WHERE p.erased_at IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.roster_id=w.id AND h.number=w.number
                         AND h.card_id=c.id AND h.verdict IN ('keep', 'drop'))),
present AS (SELECT h.roster_id, sum(h.verdict='keep') AS kept, sum(h.verdict='drop') AS dropped,
                   sum(h.verdict='park') AS parked
            FROM holds h JOIN wanted w ON w.id=h.roster_id AND w.number=h.number
            WHERE NOT EXISTS (SELECT 1 FROM gone g
                              WHERE g.roster_id=h.roster_id AND g.card_id=h.card_id)
            GROUP BY h.roster_id)
SELECT r.id AS roster_id, r.name, r.kind, r.made_from, r.event_id, e.name AS event,
  e.starts_at, e.ends_at, e.cancelled_at,
  (SELECT count(*) FROM card WHERE roster_id=r.id) AS cards,
  (SELECT count(*) FROM roster_row WHERE roster_id=r.id AND result<>'also') AS lines,
  (SELECT count(*) FROM roster_row INDEXED BY roster_row_open
   WHERE roster_id=r.id AND {to_look_at}) AS problems,
  (SELECT max(imported_at) FROM roster_file WHERE roster_id=r.id) AS imported_at,
  n.id AS round_id, n.number, n.opened_at, n.closed_at,
  coalesce(p.kept, 0) AS kept, coalesce(p.dropped, 0) AS dropped, coalesce(p.parked, 0) AS parked,
  (SELECT count(*) FROM gone g WHERE g.roster_id=r.id) AS gone,
  (SELECT count(*) FROM person p CROSS JOIN card c ON c.person_id=p.id CROSS JOIN holds h
   ON h.roster_id=r.id AND h.number=n.number AND h.card_id=c.id AND h.verdict='keep'
   WHERE p.erased_at IS NOT NULL AND c.roster_id=r.id) AS kept_and_erased
FROM wanted w CROSS JOIN roster r ON r.id=w.id JOIN occasion e ON e.roster_id=r.id
LEFT JOIN round n ON n.roster_id=r.id AND n.number=w.number
LEFT JOIN present p ON p.roster_id=r.id
ORDER BY e.starts_at DESC, r.id DESC
"""
_EVERY = ""
_THESE = f"WHERE r.id {IN_LIST}"
_NOT_OVER = (
    "WHERE EXISTS (SELECT 1 FROM round WHERE roster_id=r.id AND closed_at IS NULL)"
    " OR (r.kind='signup'"
    " AND NOT EXISTS (SELECT 1 FROM round WHERE roster_id=r.id AND number >= 2))"
)


def states(con: sqlite3.Connection, only: Collection[int] | None = None) -> list[RosterState]:
    """Every roster with its newest round, the latest event first; or these alone."""
    which, values = (_EVERY, ()) if only is None else (_THESE, (listed(only),))
    rows = con.execute(_STATES.format(which=which, to_look_at=OPEN), values)
    apart = _apart(con, order(con) if only is None else only)
    return [_state(row, apart) for row in rows]


def not_over(con: sqlite3.Connection) -> list[RosterState]:
    """Sign-up lists whose second screening is not closed, and every list with an open round; it
    is not counted who waits or withdrew."""
    rows = con.execute(_STATES.format(which=_NOT_OVER, to_look_at=OPEN))
    return [_state(row, {}) for row in rows]


def order(con: sqlite3.Connection) -> list[int]:
    """Every roster, the latest event first."""
    rows = con.execute("SELECT roster_id FROM occasion ORDER BY starts_at DESC, roster_id DESC")
    return [row[0] for row in rows]


def of_people(con: sqlite3.Connection) -> list[int]:
    """The lists that were made of people, the newest first."""
    rows = con.execute("SELECT id FROM roster WHERE kind<>'signup' ORDER BY id DESC")
    return [row[0] for row in rows]


def _apart(con: sqlite3.Connection, lists: Collection[int]) -> dict[tuple[int, str], int]:
    """How many of a list (by its id) stand in a state other than coming."""
    rows = con.execute(
        "SELECT roster_id, state, count(*) FROM card"
        f" WHERE state<>'coming' AND roster_id {IN_LIST} GROUP BY 1, 2",
        (listed(lists),),
    )
    return {(row[0], row[1]): row[2] for row in rows}


def instant(text: str | None) -> datetime | None:
    return None if text is None else instant_of(text)


def _state(row: sqlite3.Row, apart: Mapping[tuple[int, str], int]) -> RosterState:
    live = row["cards"] - row["gone"]
    not_begun = row["number"] is None
    return RosterState(
        roster_id=row["roster_id"],
        roster=row["name"],
        event_id=row["event_id"],
        event=row["event"],
        starts_at=instant_of(row["starts_at"]),
        ends_at=instant_of(row["ends_at"]),
        cancelled=row["cancelled_at"] is not None,
        rows=row["lines"] if row["kind"] == SIGNUP else row["cards"],
        cards=row["cards"],
        problems=row["problems"],
        imported_at=instant(row["imported_at"]),
        round_id=row["round_id"],
        number=row["number"],
        opened_at=instant(row["opened_at"]),
        closed_at=instant(row["closed_at"]),
        left=0 if not_begun else live - row["kept"] - row["dropped"],
        kept=row["kept"],
        dropped=row["dropped"],
        parked=row["parked"],
        out=row["gone"] + row["dropped"] + row["kept_and_erased"],
        waiting=apart.get((row["roster_id"], WAITING), 0),
        withdrawn=apart.get((row["roster_id"], WITHDRAWN), 0),
        kind=row["kind"],
        made_from=row["made_from"],
    )


def came_since(
    con: sqlite3.Connection, roster_id: int, at: datetime, only: Iterable[int] | None = None
) -> set[int]:
    """The cards of a list that came onto it after an instant, in a file or by hand; or at the
    door. ``only`` of these cards."""
    which, wanted = of_list(roster_id, only)
    rows = con.execute(
        f"SELECT c.id FROM card c WHERE {which} AND (c.way='door' OR coalesce("
        "(SELECT min(f.imported_at) FROM roster_row r JOIN roster_file f ON f.id=r.file_id"
        " WHERE r.card_id=c.id),"
        " c.signed_up_at, '') > ?)",
        [*wanted, instant_text(at)],
    )
    return {row["id"] for row in rows}
