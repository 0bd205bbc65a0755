"""Two rows of one person become one: plain statements, which the journal takes back as a whole.

No table is named here: what moves, and what becomes of each value, is declared with the columns.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from opslog.store.db.declaration import (
    Tables,
    Values,
    follows,
    leading_to,
    move,
    owned_by,
    same,
)
from opslog.store.db.journalled import quoted
from opslog.store.people import card as person_card
from opslog.store.people import suppressed


def merge(con: sqlite3.Connection, tables: Tables, keep: int, other: int) -> None:
    """All that ``other`` has goes to ``keep``; ``other`` stays as a row that points there.

    Nothing of ``keep`` is overwritten: blanks are filled, further numbers, addresses, tags and
    words of the note added. Where both are on one list their cards become one, with the rows,
    the ledger and the calls of both.
    """
    _join(con, tables, "person", _row(con, "person", keep), _row(con, "person", other))
    suppressed.move(con, keep, other)
    con.execute("UPDATE person SET merged_into=? WHERE id=?", (keep, other))
    person_card.reindex(con, [keep])


def fold(con: sqlite3.Connection, tables: Tables, company_key: str, to_key: str) -> None:
    """What belongs to a company itself goes to the one that it is another spelling of."""
    _hand_over(con, tables, "company", {"key": to_key}, {"key": company_key})


def _join(con: sqlite3.Connection, tables: Tables, table: str, kept: Values, gone: Values) -> None:
    """All that ``gone`` owns and says goes to ``kept``; the row itself is the caller's."""
    values = {
        name: column.merge(kept, gone, name)
        for name, column in tables[table].items()
        if column.merge is not move
    }
    changed = {name: value for name, value in values.items() if value != kept[name]}
    if changed:
        sets = ", ".join(f"{quoted(name)}=?" for name in changed)
        con.execute(f"UPDATE {table} SET {sets} WHERE id=?", (*changed.values(), kept["id"]))
    taken = [name for name, value in changed.items() if value == gone[name]]
    _follow(con, tables, table, kept, gone, taken)
    _hand_over(con, tables, table, kept, gone)


def _follow(
    con: sqlite3.Connection,
    tables: Tables,
    owner: str,
    kept: Values,
    gone: Values,
    taken: list[str],
) -> None:
    """Of rows about single columns only those stay whose value did: of ``taken`` columns the
    ones of ``gone``, of the others the ones of ``kept``."""
    for table, reference, key in owned_by(tables, owner):
        for name, column in tables[table].items():
            if column.merge is not follows:
                continue
            for row in _rows(con, table, reference, gone[key]):
                if row[name] not in taken:
                    con.execute(f"DELETE FROM {table} WHERE id=?", (row["id"],))
            for row in _rows(con, table, reference, kept[key]):
                if row[name] in taken:
                    con.execute(f"DELETE FROM {table} WHERE id=?", (row["id"],))


def _hand_over(
    con: sqlite3.Connection, tables: Tables, owner: str, kept: Values, gone: Values
) -> None:
    for table, reference, key in owned_by(tables, owner):
        columns = tables[table]
        if columns[reference].merge is not move:
            continue
        alike = [name for name, column in columns.items() if column.merge is same]
        if alike:
            mine = {
                tuple(row[n] for n in alike): row for row in _rows(con, table, reference, kept[key])
            }
            for row in _rows(con, table, reference, gone[key]):
                if twin := mine.get(tuple(row[n] for n in alike)):
                    _join(con, tables, table, twin, row)
                    con.execute(f"DELETE FROM {table} WHERE id=?", (row["id"],))
        _lead(con, table, reference, kept[key], gone[key])
    for table, reference, key in leading_to(tables, owner):
        _lead(con, table, reference, kept[key], gone[key])


def _lead(con: sqlite3.Connection, table: str, reference: str, to: object, gone: object) -> None:
    con.execute(f"UPDATE {table} SET {reference}=? WHERE {reference}=?", (to, gone))


def _rows(con: sqlite3.Connection, table: str, column: str, value: object) -> list[dict[str, Any]]:
    rows = con.execute(f"SELECT * FROM {table} WHERE {column}=? ORDER BY id", (value,))
    return [dict(row) for row in rows.fetchall()]


def _row(con: sqlite3.Connection, table: str, key: int) -> dict[str, Any]:
    return _rows(con, table, "id", key)[0]
