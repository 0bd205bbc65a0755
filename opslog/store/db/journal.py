"""The journal: what each change did to which rows, so that it can be undone and redone.

Triggers, one set a table, note the net effect of a change on each row it touched:

``I``  the row was not there before. Undo keeps it as ``image`` and deletes it; redo inserts it.
``U``  the row was there. ``image`` is how it was; undo swaps image and row, redo swaps again.
``D``  the row is gone. ``image`` is how it was; undo inserts it, redo deletes it.

So undo and redo are a few set-wise statements a table, whatever the order of the writes was,
with foreign keys checked at the end. Bulk changes note inserted rows as ranges of ids, which
become ``I`` rows when they are first undone. Replay runs with ``journal_now`` empty and so
writes no journal of its own, while the search index is kept true.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from opslog.store.db import person_index

NOT_JOURNALLED = frozenset(
    {
        *("change", "change_row", "change_range", "journal_now", "setting", "migration"),
        *("likeness", "person_block", "file_identity", "draft", "copy", "erased"),
    }
)


def columns(con: sqlite3.Connection, table: str) -> list[str]:
    return [row["name"] for row in con.execute(f"PRAGMA table_info({_q(table)})")]


def tables(con: sqlite3.Connection) -> list[str]:
    """The journalled tables: all but the journal's own, and what belongs to the search index."""
    rows = con.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    virtual = [row["name"] for row in rows if row["sql"].upper().startswith("CREATE VIRTUAL")]
    return sorted(
        row["name"]
        for row in rows
        if row["name"] not in NOT_JOURNALLED
        and not any(row["name"] == v or row["name"].startswith(v + "_") for v in virtual)
    )


def trigger_sql(table: str, names: Iterable[str]) -> list[str]:
    """The three triggers of one table."""
    old = ", ".join(f"'{name}', OLD.{_q(name)}" for name in names)
    now = "(SELECT change_id FROM journal_now)"
    at_row = f"change_id={now} AND tbl='{table}' AND row_id="
    return [
        f"""CREATE TRIGGER journal_{table}_insert AFTER INSERT ON {_q(table)}
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE {at_row}NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT {now}, '{table}', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE {at_row}NEW.id);
END""",
        f"""CREATE TRIGGER journal_{table}_update AFTER UPDATE ON {_q(table)}
WHEN {now} IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT {now}, '{table}', OLD.id, 'U', json_object({old})
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE {at_row}OLD.id);
END""",
        f"""CREATE TRIGGER journal_{table}_delete AFTER DELETE ON {_q(table)}
WHEN {now} IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT {now}, '{table}', OLD.id, 'X', json_object({old})
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE {at_row}OLD.id);
  DELETE FROM change_row WHERE {at_row}OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE {at_row}OLD.id AND op IN ('U', 'X');
END""",
    ]


def complete_images(con: sqlite3.Connection) -> None:
    """Give the images kept so far the columns that a migration has just added.

    Undo of an older change would else leave them empty, where they may not be.
    """
    for table in tables(con):
        added = [
            f"'$.{row['name']}', {row['dflt_value']}"
            for row in con.execute(f"PRAGMA table_info({_q(table)})")
            if row["dflt_value"] is not None
        ]
        if added:  # json_insert leaves what is there
            con.execute(
                f"UPDATE change_row SET image=json_insert(image, {', '.join(added)})"
                " WHERE tbl=? AND image IS NOT NULL",
                (table,),
            )


def begin(
    con: sqlite3.Connection, *, at: str, session: str, label: str, args: str, bulk: bool
) -> int:
    """Open the transaction of a change and tell the triggers its number."""
    con.execute("BEGIN IMMEDIATE")
    cursor = con.execute(
        "INSERT INTO change(at, session, label, args, state) VALUES (?,?,?,?,'done')",
        (at, session, label, args),
    )
    change_id = cursor.lastrowid
    assert change_id is not None
    con.execute("UPDATE journal_now SET change_id=?, bulk=?", (change_id, bulk))
    if bulk:
        person_index.put_off(con)
    return change_id


def sequences(con: sqlite3.Connection) -> dict[str, int]:
    """The highest id each table ever gave out."""
    return {row["name"]: row["seq"] for row in con.execute("SELECT name, seq FROM sqlite_sequence")}


def finish(
    con: sqlite3.Connection, change_id: int, before: dict[str, int] | None
) -> dict[str, set[int]] | None:
    """Commit a change; None, with everything rolled back, where it touched no row.

    ``before`` is ``sequences()`` from the start of a bulk change. Returns table -> ids touched
    (an empty set for a range).
    """
    touched: dict[str, set[int]] = {}
    for row in con.execute("SELECT tbl, row_id FROM change_row WHERE change_id=?", (change_id,)):
        touched.setdefault(row["tbl"], set()).add(row["row_id"])
    if before is not None:
        person_index.catch_up(con)
        for table, high in sequences(con).items():
            low = before.get(table, 0) + 1
            if high >= low and table not in NOT_JOURNALLED:
                con.execute(
                    "INSERT INTO change_range(change_id, tbl, low, high) VALUES (?,?,?,?)",
                    (change_id, table, low, high),
                )
                touched.setdefault(table, set())
    if not touched:
        con.execute("ROLLBACK")
        return None
    con.execute("UPDATE journal_now SET change_id=NULL, bulk=0")
    con.execute("UPDATE change SET state='dropped', undone_order=NULL WHERE state='undone'")
    con.execute("COMMIT")
    return touched


def undo(con: sqlite3.Connection, change_id: int) -> dict[str, set[int]]:
    """Take a change back; the caller holds the transaction and has looked for obstacles."""
    con.execute("PRAGMA defer_foreign_keys=ON")
    _unroll_ranges(con, change_id)
    touched = _touched(con, change_id)
    for table in touched:
        names = columns(con, table)
        _swap(con, change_id, table, names)
        con.execute(
            f"UPDATE change_row SET image=(SELECT {_image(names)} FROM {_q(table)} t"
            " WHERE t.id=change_row.row_id) WHERE change_id=? AND tbl=? AND op='I'",
            (change_id, table),
        )
        _delete(con, change_id, table, "I")
        _insert(con, change_id, table, names, "D")
    con.execute(
        "UPDATE change SET state='undone',"
        " undone_order=(SELECT coalesce(max(undone_order), 0) + 1 FROM change WHERE state='undone')"
        " WHERE id=?",
        (change_id,),
    )
    return touched


def redo(con: sqlite3.Connection, change_id: int) -> dict[str, set[int]]:
    """Do an undone change again; the caller holds the transaction."""
    con.execute("PRAGMA defer_foreign_keys=ON")
    touched = _touched(con, change_id)
    for table in touched:
        names = columns(con, table)
        _swap(con, change_id, table, names)
        _insert(con, change_id, table, names, "I")
        con.execute(
            "UPDATE change_row SET image=NULL WHERE change_id=? AND tbl=? AND op='I'",
            (change_id, table),
        )
        _delete(con, change_id, table, "D")
    con.execute("UPDATE change SET state='done', undone_order=NULL WHERE id=?", (change_id,))
    return touched


def newest(con: sqlite3.Connection, session: str) -> int | None:
    """The change ``u`` takes back: the newest of this session, else the newest of all."""
    row = con.execute(
        "SELECT coalesce((SELECT max(id) FROM change WHERE state='done' AND session=?),"
        " (SELECT max(id) FROM change WHERE state='done')) AS id",
        (session,),
    ).fetchone()
    return None if row["id"] is None else int(row["id"])


def next_redo(con: sqlite3.Connection) -> int | None:
    row = con.execute(
        "SELECT id FROM change WHERE state='undone' ORDER BY undone_order DESC LIMIT 1"
    ).fetchone()
    return None if row is None else int(row["id"])


def obstacles(con: sqlite3.Connection, change_id: int) -> list[int]:
    """Later changes that worked on the same rows, or hung rows of their own on them."""
    later = {
        row["change_id"]
        for row in con.execute(
            "SELECT DISTINCT y.change_id FROM change_row x JOIN change_row y"
            " ON y.tbl=x.tbl AND y.row_id=x.row_id AND y.change_id > x.change_id"
            " JOIN change c ON c.id=y.change_id AND c.state='done' WHERE x.change_id=?"
            " UNION SELECT y.change_id FROM change_range x JOIN change_row y"
            " ON y.tbl=x.tbl AND y.row_id BETWEEN x.low AND x.high AND y.change_id > x.change_id"
            " JOIN change c ON c.id=y.change_id AND c.state='done' WHERE x.change_id=?",
            (change_id, change_id),
        )
    }
    for child in tables(con):
        for key in con.execute(f"PRAGMA foreign_key_list({_q(child)})").fetchall():
            later |= _hung_on(con, change_id, child, key["from"], key["table"])
    return sorted(later)


def _hung_on(
    con: sqlite3.Connection, change_id: int, child: str, column: str, parent: str
) -> set[int]:
    """Later changes that inserted rows of ``child`` pointing at rows this change inserted."""
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
        ids = f"SELECT id FROM {_q(child)} WHERE {_q(column)} BETWEEN ? AND ?"
        found |= {
            row["change_id"]
            for row in con.execute(
                "SELECT DISTINCT r.change_id FROM change_row r JOIN change c ON c.id=r.change_id"
                f" WHERE r.tbl=? AND r.row_id IN ({ids}) AND r.change_id > ? AND c.state='done'"
                " UNION SELECT g.change_id FROM change_range g JOIN change c ON c.id=g.change_id"
                " WHERE g.tbl=? AND g.change_id > ? AND c.state='done'"
                f" AND EXISTS ({ids} AND id BETWEEN g.low AND g.high)",
                (child, low, high, change_id, child, change_id, low, high),
            )
        }
    return found


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _image(names: Iterable[str]) -> str:
    return "json_object(" + ", ".join(f"'{name}', t.{_q(name)}" for name in names) + ")"


def _touched(con: sqlite3.Connection, change_id: int) -> dict[str, set[int]]:
    touched: dict[str, set[int]] = {}
    for row in con.execute("SELECT tbl, row_id FROM change_row WHERE change_id=?", (change_id,)):
        touched.setdefault(row["tbl"], set()).add(row["row_id"])
    return touched


def _unroll_ranges(con: sqlite3.Connection, change_id: int) -> None:
    for row in con.execute(
        "SELECT tbl, low, high FROM change_range WHERE change_id=?", (change_id,)
    ).fetchall():
        con.execute(
            "INSERT INTO change_row(change_id, tbl, row_id, op)"
            f" SELECT ?, ?, id, 'I' FROM {_q(row['tbl'])} WHERE id BETWEEN ? AND ?"
            " ON CONFLICT DO UPDATE SET op='I'",
            (change_id, row["tbl"], row["low"], row["high"]),
        )
    con.execute("DELETE FROM change_range WHERE change_id=?", (change_id,))


def _swap(con: sqlite3.Connection, change_id: int, table: str, names: list[str]) -> None:
    mine = "SELECT row_id FROM change_row WHERE change_id=? AND tbl=? AND op='U'"
    if con.execute(mine + " LIMIT 1", (change_id, table)).fetchone() is None:
        return
    con.execute("CREATE TEMP TABLE swap(id INTEGER PRIMARY KEY, image TEXT)")
    con.execute(
        f"INSERT INTO temp.swap SELECT t.id, {_image(names)} FROM {_q(table)} t"
        f" WHERE t.id IN ({mine})",
        (change_id, table),
    )
    sets = ", ".join(f"{_q(n)}=json_extract(r.image, '$.{n}')" for n in names if n != "id")
    con.execute(
        f"UPDATE {_q(table)} SET {sets} FROM change_row r"
        f" WHERE r.change_id=? AND r.tbl=? AND r.op='U' AND r.row_id={_q(table)}.id",
        (change_id, table),
    )
    con.execute(
        "UPDATE change_row SET image=s.image FROM temp.swap s"
        " WHERE change_id=? AND tbl=? AND op='U' AND row_id=s.id",
        (change_id, table),
    )
    con.execute("DROP TABLE temp.swap")


_MINE = "id IN (SELECT row_id FROM change_row WHERE change_id=? AND tbl=? AND op=?)"


def _delete(con: sqlite3.Connection, change_id: int, table: str, op: str) -> None:
    mine = (change_id, table, op)
    with _indexed(con, table, mine):
        con.execute(f"DELETE FROM {_q(table)} WHERE {_MINE}", mine)


@contextmanager
def _indexed(con: sqlite3.Connection, table: str, mine: tuple[int, str, str]) -> Iterator[None]:
    """People come and go in the search index all at once, other rows by their triggers."""
    if table != "person":
        yield
        return
    with person_index.moving(con, _MINE, mine):
        yield


def _insert(con: sqlite3.Connection, change_id: int, table: str, names: list[str], op: str) -> None:
    values = ", ".join(f"json_extract(image, '$.{name}')" for name in names)
    mine = (change_id, table, op)
    with _indexed(con, table, mine):
        con.execute(
            f"INSERT INTO {_q(table)}({', '.join(map(_q, names))}) SELECT {values}"
            " FROM change_row WHERE change_id=? AND tbl=? AND op=? ORDER BY row_id",
            mine,
        )
