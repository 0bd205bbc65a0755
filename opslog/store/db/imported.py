"""Which list a change took in."""

from __future__ import annotations

import sqlite3


def standing(con: sqlite3.Connection, change_id: int) -> int:
    """The number of the file, which was not withdrawn since; 0 where it took none in."""
    row = con.execute(
        "SELECT f.id FROM change_range x JOIN roster_file f ON f.id BETWEEN x.low AND x.high"
        " WHERE x.change_id=?1 AND x.tbl='roster_file' AND f.withdrawn_at IS NULL"
        " UNION SELECT f.id FROM change_row x JOIN roster_file f ON f.id=x.row_id"
        " WHERE x.change_id=?1 AND x.tbl='roster_file' AND x.op='I' AND f.withdrawn_at IS NULL"
        " ORDER BY 1 LIMIT 1",
        (change_id,),
    ).fetchone()
    return 0 if row is None else int(row[0])
