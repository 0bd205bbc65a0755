"""What stands in the way of taking a change back: changes made after it that build on it.

Taken back in their order, newest first, changes never stand in each other's way. An older one
may only go where nothing later would notice: where no later change touched one of its rows, hung
rows on what it made, deleted what its own rows hang on, or used a value it would bring back.
What later changes have deleted or altered meanwhile counts too, since undo may bring that back.
"""

from __future__ import annotations

import sqlite3

from opslog.store.db.journalled import columns, quoted, tables

_LATER = "y.change_id > ?1 AND c.state IN ('done', 'final')"


def obstacles(con: sqlite3.Connection, change_id: int) -> list[int]:
    """Later changes that build on this one, oldest first."""
    newer = con.execute(
        "SELECT 1 FROM change WHERE id > ? AND state IN ('done', 'final') LIMIT 1", (change_id,)
    ).fetchone()
    if newer is None:
        return []
    found = _on_same_rows(con, change_id)
    for child in tables(con):
        for key in con.execute(f"PRAGMA foreign_key_list({quoted(child)})").fetchall():
            found |= _hung_on(con, change_id, child, key["from"], key["table"])
            found |= _parents_gone(con, change_id, child, key["from"], key["table"])
        for index in con.execute(f"PRAGMA index_list({quoted(child)})").fetchall():
            if index["unique"]:
                found |= _same_value(con, change_id, child, index["name"])
    return sorted(found)


def _on_same_rows(con: sqlite3.Connection, change_id: int) -> set[int]:
    rows = con.execute(
        "SELECT DISTINCT y.change_id FROM change_row x JOIN change_row y"
        " ON y.tbl=x.tbl AND y.row_id=x.row_id JOIN change c ON c.id=y.change_id"
        f" WHERE x.change_id=?1 AND {_LATER}"
        " UNION SELECT y.change_id FROM change_range x JOIN change_row y"
        " ON y.tbl=x.tbl AND y.row_id BETWEEN x.low AND x.high JOIN change c ON c.id=y.change_id"
        f" WHERE x.change_id=?1 AND {_LATER}",
        (change_id,),
    )
    return {row[0] for row in rows}


def _hung_on(
    con: sqlite3.Connection, change_id: int, child: str, column: str, parent: str
) -> set[int]:
    """Those with rows of ``child`` that point, or pointed, at rows this change inserted."""
    parents = [
        (row["low"], row["high"])
        for row in con.execute(
            "SELECT low, high FROM change_range WHERE change_id=? AND tbl=?"
            # Numbers that follow each other as one span: an import may have made 100,000.
            " UNION ALL SELECT min(row_id), max(row_id) FROM"
            " (SELECT row_id, row_id - row_number() OVER (ORDER BY row_id) AS span"
            " FROM change_row WHERE change_id=? AND tbl=? AND op='I') GROUP BY span",
            (change_id, parent, change_id, parent),
        )
    ]
    found: set[int] = set()
    for low, high in parents:
        ids = f"SELECT id FROM {quoted(child)} WHERE {quoted(column)} BETWEEN ?3 AND ?4"
        found |= {
            row[0]
            for row in con.execute(
                "SELECT DISTINCT y.change_id FROM change_row y JOIN change c ON c.id=y.change_id"
                f" WHERE y.tbl=?2 AND y.row_id IN ({ids}) AND {_LATER}"
                " UNION SELECT y.change_id FROM change_range y JOIN change c ON c.id=y.change_id"
                f" WHERE y.tbl=?2 AND {_LATER} AND EXISTS ({ids} AND id BETWEEN y.low AND y.high)"
                " UNION SELECT y.change_id FROM change c JOIN change_row y"
                f" ON y.change_id=c.id AND y.tbl=?2 WHERE {_LATER} AND y.image IS NOT NULL"
                f" AND json_extract(y.image, '$.{column}') BETWEEN ?3 AND ?4",
                (change_id, child, low, high),
            )
        }
    return found


def _parents_gone(
    con: sqlite3.Connection, change_id: int, child: str, column: str, parent: str
) -> set[int]:
    """Those that deleted what rows of ``child`` which this change would bring back hang on."""
    rows = con.execute(
        "SELECT DISTINCT y.change_id FROM change_row x JOIN change_row y"
        f" ON y.tbl=?3 AND y.row_id=json_extract(x.image, '$.{column}') AND y.op='D'"
        " JOIN change c ON c.id=y.change_id"
        f" WHERE x.change_id=?1 AND x.tbl=?2 AND x.image IS NOT NULL AND {_LATER}",
        (change_id, child, parent),
    )
    return {row[0] for row in rows}


def _same_value(con: sqlite3.Connection, change_id: int, table: str, index: str) -> set[int]:
    """Those whose rows have, or had, a value that only one row may have and that this change
    would bring back."""
    names = [row["name"] for row in con.execute(f"PRAGMA index_info({quoted(index)})")]
    if not set(names) <= set(columns(con, table)):  # of an expression
        return set()
    mine = ", ".join(f"json_extract(image, '$.{name}') AS {quoted(name)}" for name in names)
    here = " AND ".join(f"t.{quoted(name)}=m.{quoted(name)}" for name in names)
    once = " AND ".join(f"json_extract(y.image, '$.{name}')=m.{quoted(name)}" for name in names)
    rows = con.execute(
        f"WITH m AS MATERIALIZED (SELECT {mine} FROM change_row"
        " WHERE change_id=?1 AND tbl=?2 AND image IS NOT NULL)"
        f" SELECT y.change_id FROM m CROSS JOIN {quoted(table)} t ON {here} JOIN change_row y"
        f" ON y.tbl=?2 AND y.row_id=t.id JOIN change c ON c.id=y.change_id WHERE {_LATER}"
        f" UNION SELECT y.change_id FROM m CROSS JOIN {quoted(table)} t ON {here}"
        " JOIN change_range y ON y.tbl=?2 AND t.id BETWEEN y.low AND y.high"
        f" JOIN change c ON c.id=y.change_id WHERE {_LATER}"
        " UNION SELECT y.change_id FROM change c JOIN change_row y"
        f" ON y.change_id=c.id AND y.tbl=?2 JOIN m ON {once} WHERE {_LATER}",
        (change_id, table),
    )
    return {row[0] for row in rows}
