"""From schema 5 to 6: who is not to be called stands by numbers alone, and no longer by people."""

from __future__ import annotations

import sqlite3

from opslog.domain.people.card import CALL
from opslog.store.people import suppressed

_OF_IMAGE = "json_extract(r.image, '$.do_not_call')"
# The change that marked a person: before it they were not marked, and no later one says so.
_MARKED = f"""SELECT p.id, max(r.change_id) FROM person p LEFT JOIN change_row r
  ON r.tbl='person' AND r.row_id=p.id AND r.op='U' AND {_OF_IMAGE}=0
  AND r.change_id IN (SELECT id FROM change WHERE state='done')
  WHERE p.do_not_call AND p.erased_at IS NULL GROUP BY p.id ORDER BY 2, 1"""


def run(con: sqlite3.Connection) -> None:
    """Each mark becomes rows of numbers, which the change that made it takes back when undone."""
    for person_id, change_id in con.execute(_MARKED).fetchall():
        since = con.execute(
            "SELECT coalesce((SELECT at FROM change WHERE id=?), max(at)) FROM migration",
            (change_id,),
        ).fetchone()[0]
        last = con.execute("SELECT coalesce(max(id), 0) FROM suppressed").fetchone()[0]
        suppressed.put(con, [person_id], CALL, since, "upgrade")
        if change_id is not None:
            con.execute(
                "INSERT INTO change_row(change_id, tbl, row_id, op)"
                " SELECT ?, 'suppressed', id, 'I' FROM suppressed WHERE id>?",
                (change_id, last),
            )
    con.execute("ALTER TABLE person DROP COLUMN do_not_call")
    con.execute(
        "UPDATE change_row SET image=json_remove(image, '$.do_not_call')"
        " WHERE tbl='person' AND image IS NOT NULL"
    )
