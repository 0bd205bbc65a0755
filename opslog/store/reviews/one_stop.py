"""What a review counts of an event, of one stop of it alone.

A review asks some thirty questions of a dozen tables. While it is made of a stop, temporary tables
with the same names stand before those of the file on this connection: they hold the rows of the
stop, so that each question is asked as ever. The file is read, never written.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from opslog.store.rosters.rosters import SIGNUP_VIEW

_PEOPLE = "person_id IN (SELECT person_id FROM temp.card)"
# What of a channel is of its own stop, where it is one: typed in of the whole it says nothing here.
_TYPED = ("cents", "reach", "clicks", "signups")
# In the order they are filled; each may ask the ones before. The file's own are named in full.
_TABLES = {
    "roster": "event_id=:event AND kind='signup' AND (stop_id IS NULL OR stop_id=:stop)",
    "card": "roster_id IN (SELECT id FROM temp.roster) AND coalesce(stop_id,"
    " (SELECT stop_id FROM temp.roster r WHERE r.id=roster_id))=:stop",
    "round": "roster_id IN (SELECT id FROM temp.roster)",
    "decision": "card_id IN (SELECT id FROM temp.card)",
    "touch": f"event_id=:event AND CASE WHEN card_id IS NULL THEN {_PEOPLE}"
    " ELSE card_id IN (SELECT id FROM temp.card) END",
    "handover": "event_id=:event AND card_id IN (SELECT id FROM temp.card)",
    "answer": f"event_id=:event AND {_PEOPLE}",
    "enrolment": f"from_event_id=:event AND {_PEOPLE}",
    "channel": "event_id=:event AND (stop_id IS NULL OR stop_id=:stop)",
    "stop": "id=:stop",
    # The whole and the stop are promoted by the same plan.
    "step_shown": "plan_id=(SELECT id FROM main.plan WHERE event_id=:event)"
    " AND (stop_id IS NULL OR stop_id=:stop)",
    # Of the whole alone: nothing says which part of it is of a stop.
    "cost": "0",
    "figure": "0",
    "log": "0",
}
_NAME = re.compile(r"INDEX (?=\w+ ON )")


@contextmanager
def only(con: sqlite3.Connection, event_id: int, stop_id: int) -> Iterator[None]:
    """Inside, what is read of the event on this connection is of its stop."""
    begun: list[str] = []
    try:
        for table, which in _TABLES.items():
            con.execute(
                f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} WHERE {which}",
                {"event": event_id, "stop": stop_id},
            )
            begun.insert(0, f"DROP TABLE temp.{table}")
            _index(con, table)
        nothing = ", ".join(f"{name}=NULL" for name in _TYPED)
        con.execute(f"UPDATE temp.channel SET {nothing} WHERE stop_id IS NULL")
        con.execute(SIGNUP_VIEW.replace("CREATE VIEW", "CREATE TEMP VIEW"))
        begun.insert(0, "DROP VIEW temp.signup")
        yield
    finally:
        for statement in begun:
            con.execute(statement)


def _index(con: sqlite3.Connection, table: str) -> None:
    """The indexes that statements name, under their names, and that of the rows' own numbers."""
    rows = con.execute(
        "SELECT sql FROM main.sqlite_schema WHERE type='index' AND tbl_name=? AND sql IS NOT NULL",
        (table,),
    ).fetchall()
    for (sql,) in rows:
        con.execute(_NAME.sub("INDEX temp.", sql))
    con.execute(f"CREATE INDEX temp.{table}_of_stop ON {table} (id)")
