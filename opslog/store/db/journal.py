"""The journal: what each change did to which rows, so that it can be undone and redone.

Triggers, one set a table, note the net effect of a change on each row it touched:

``I``  the row was not there before. Undo keeps it as ``image`` and deletes it; redo inserts it.
``U``  the row was there. ``image`` is how it was; undo swaps image and row, redo swaps again.
``D``  the row is gone. ``image`` is how it was; undo inserts it, redo keeps it and deletes it.

So undo and redo are a few set-wise statements a table, whatever the order of the writes was,
with foreign keys checked at the end. Bulk changes note inserted rows as ranges of ids, which
become ``I`` rows when they are first undone. Replay runs with ``journal_now`` empty and so
writes no journal of its own, while the search index is kept true.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from opslog.store.db import person_index, wal
from opslog.store.db.journalled import NOT_JOURNALLED, columns, quoted

_OF_CHANGE = "id, at, session, label, args"
_PRUNED_AT_ONCE = 5_000  # rows


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


def relabel(con: sqlite3.Connection, change_id: int, label: str, args: str) -> None:
    con.execute("UPDATE change SET label=?, args=? WHERE id=?", (label, args, change_id))


def leaves_doubt(con: sqlite3.Connection) -> bool:
    """Whether triggers noted steps of plans that what was written may prove, or not any more."""
    return con.execute("SELECT 1 FROM step_doubt LIMIT 1").fetchone() is not None


@contextmanager
def of_new_rows(con: sqlite3.Connection) -> Iterator[None]:
    """While rows are altered that the bulk change in hand made: the range of their ids is noted at
    its end, and what a trigger noted of each would be thrown away."""
    (change_id,) = con.execute("SELECT change_id FROM journal_now").fetchone()
    con.execute("UPDATE journal_now SET change_id=NULL")
    yield
    con.execute("UPDATE journal_now SET change_id=?", (change_id,))


def sequences(con: sqlite3.Connection) -> dict[str, int]:
    """The highest id each table ever gave out."""
    return {row["name"]: row["seq"] for row in con.execute("SELECT name, seq FROM sqlite_sequence")}


def finish(
    con: sqlite3.Connection,
    change_id: int,
    before: dict[str, int] | None,
    ready: Callable[[], None] = lambda: None,
) -> dict[str, set[int]] | None:
    """Commit a change; None, with everything rolled back, where it touched no row.

    ``before`` is ``sequences()`` from the start of a bulk change; ``ready`` is called when all is
    done but the commit. Returns table -> ids touched (an empty set for a range).
    """
    ranges: set[str] = set()
    if before is not None:
        person_index.catch_up(con)
        ranges = _note_ranges(con, change_id, before)
    touched = _touched(con, change_id)
    for table in ranges:
        touched.setdefault(table, set())
    if not touched:
        con.execute("ROLLBACK")
        return None
    con.execute("UPDATE journal_now SET change_id=NULL, bulk=0")
    drop_undone(con)
    ready()
    con.execute("COMMIT")
    return touched


def as_it_is(con: sqlite3.Connection, change_id: int) -> tuple[list[object], list[list[object]]]:
    """A change, and the rows it touched as they now are: table, id, op and image."""
    change = con.execute(f"SELECT {_OF_CHANGE} FROM change WHERE id=?", (change_id,)).fetchone()
    rows = [
        list(row)
        for table in _touched(con, change_id)
        for row in con.execute(
            f"SELECT r.tbl, r.row_id, r.op, CASE WHEN t.id IS NOT NULL"
            f" THEN {_image(columns(con, table))} END FROM change_row r"
            f" LEFT JOIN {quoted(table)} t ON t.id=r.row_id WHERE r.change_id=? AND r.tbl=?",
            (change_id, table),
        )
    ]
    return list(change), rows


def take_in(
    con: sqlite3.Connection, change: Sequence[object], rows: Sequence[Sequence[object]]
) -> None:
    """Do a change that was done to this file and is not in this copy of it (see ``as_it_is``).

    A row it altered that is not here was written by no change (a pair that was found): it comes.
    """
    drop_undone(con)
    con.execute(f"INSERT INTO change({_OF_CHANGE}, state) VALUES (?,?,?,?,?,'undone')", change)
    con.executemany(
        "INSERT INTO change_row(change_id, tbl, row_id, op, image) VALUES (?,?,?,?,?)",
        [(change[0], *row) for row in rows],
    )
    for table in {str(row[0]) for row in rows}:
        con.execute(
            "UPDATE change_row SET op='I' WHERE change_id=? AND tbl=? AND op='U'"
            f" AND row_id NOT IN (SELECT id FROM {quoted(table)})",
            (change[0], table),
        )
    redo(con, int(str(change[0])))


def _note_ranges(con: sqlite3.Connection, change_id: int, before: dict[str, int]) -> set[str]:
    """Note what a bulk change inserted; the tables. The triggers saw none of these inserts."""
    found: set[str] = set()
    for table, high in sequences(con).items():
        if table in NOT_JOURNALLED:
            continue
        # Altered or deleted by the change that made it: before the change it was not there.
        mine = (change_id, table, before.get(table, 0) + 1, high)
        con.execute(
            "DELETE FROM change_row WHERE change_id=? AND tbl=? AND row_id BETWEEN ? AND ?", mine
        )
        # Deleted and inserted again under its old id: altered.
        con.execute(
            "UPDATE change_row SET op='U' WHERE change_id=? AND tbl=? AND op='D'"
            f" AND row_id IN (SELECT id FROM {quoted(table)})",
            (change_id, table),
        )
        row = con.execute(
            f"SELECT min(id), max(id) FROM {quoted(table)} WHERE id BETWEEN ? AND ?",
            mine[2:],
        ).fetchone()
        if row[0] is not None:
            con.execute(
                "INSERT INTO change_range(change_id, tbl, low, high) VALUES (?,?,?,?)",
                (change_id, table, *row),
            )
            found.add(table)
    return found


def drop_undone(con: sqlite3.Connection) -> None:
    """What was undone can't be redone any more: something else was done since."""
    con.execute("UPDATE change SET state='dropped', undone_order=NULL WHERE state='undone'")


def prune(con: sqlite3.Connection, before: str) -> int:
    """Forget changes from before that instant which were undone for good; their number.

    A few thousand rows at a time, each committed: whoever writes meanwhile hardly waits.
    """
    old = "SELECT id FROM change WHERE state='dropped' AND at < ?"
    for table, key in (
        ("change_row", "change_id, tbl, row_id"),
        ("change_range", "change_id, tbl"),
    ):
        some = f"SELECT {key} FROM {table} WHERE change_id IN ({old}) LIMIT {_PRUNED_AT_ONCE}"
        while _pruned(con, f"DELETE FROM {table} WHERE ({key}) IN ({some})", before):
            pass
    return _pruned(con, f"DELETE FROM change WHERE id IN ({old})", before)


def _pruned(con: sqlite3.Connection, statement: str, before: str) -> int:
    with wal.alone(con):
        return con.execute(statement, (before,)).rowcount


def undo(con: sqlite3.Connection, change_id: int) -> dict[str, set[int]]:
    """Take a change back; the caller holds the transaction and has looked for obstacles."""
    _unroll_ranges(con, change_id)
    touched = _replay(con, change_id, leaving="I", coming="D")
    con.execute(
        "UPDATE change SET state='undone',"
        " undone_order=(SELECT coalesce(max(undone_order), 0) + 1 FROM change WHERE state='undone')"
        " WHERE id=?",
        (change_id,),
    )
    return touched


def redo(con: sqlite3.Connection, change_id: int) -> dict[str, set[int]]:
    """Do an undone change again; the caller holds the transaction."""
    touched = _replay(con, change_id, leaving="D", coming="I")
    con.execute("UPDATE change SET state='done', undone_order=NULL WHERE id=?", (change_id,))
    return touched


def newest(con: sqlite3.Connection, session: str) -> int | None:
    """The change ``u`` takes back: the newest of this session, else the newest of all that
    somebody made."""
    row = con.execute(
        "SELECT coalesce((SELECT max(id) FROM change WHERE state='done' AND session=?),"
        " (SELECT max(id) FROM change WHERE state='done' AND session<>'')) AS id",
        (session,),
    ).fetchone()
    return None if row["id"] is None else int(row["id"])


def is_empty(con: sqlite3.Connection) -> bool:
    """Whether nothing was ever changed."""
    return con.execute("SELECT 1 FROM change LIMIT 1").fetchone() is None


def next_redo(con: sqlite3.Connection) -> int | None:
    row = con.execute(
        "SELECT id FROM change WHERE state='undone' ORDER BY undone_order DESC LIMIT 1"
    ).fetchone()
    return None if row is None else int(row["id"])


def _image(names: Iterable[str]) -> str:
    return "json_object(" + ", ".join(f"'{name}', t.{quoted(name)}" for name in names) + ")"


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
            f" SELECT ?, ?, id, 'I' FROM {quoted(row['tbl'])} WHERE id BETWEEN ? AND ?"
            # Changes of older versions noted rows of their own ranges as altered, too.
            " ON CONFLICT DO UPDATE SET op='I', image=NULL",
            (change_id, row["tbl"], row["low"], row["high"]),
        )
    con.execute("DELETE FROM change_range WHERE change_id=?", (change_id,))


def _replay(
    con: sqlite3.Connection, change_id: int, *, leaving: str, coming: str
) -> dict[str, set[int]]:
    """Rows of op ``leaving`` go, those of ``coming`` come, altered ones change places with their
    images; table -> ids. Foreign keys are looked at when the caller commits.

    Whatever stands in the way of an insert is deleted first: a row that comes may have a value
    that no two rows may have in common with one that goes, and two altered ones may have
    exchanged theirs. Where there is no such value, altered rows stay in their place, which is
    quicker: nobody has to look whether other rows hang on them.
    """
    con.execute("PRAGMA defer_foreign_keys=ON")
    touched = _touched(con, change_id)
    for table in touched:
        names = columns(con, table)
        here = (change_id, table)
        con.execute(
            f"UPDATE change_row SET image=(SELECT {_image(names)} FROM {quoted(table)} t"
            " WHERE t.id=change_row.row_id) WHERE change_id=? AND tbl=? AND op=?",
            (*here, leaving),
        )
        con.execute("CREATE TEMP TABLE altered(id INTEGER PRIMARY KEY, image TEXT)")
        altered = con.execute(
            f"INSERT INTO temp.altered SELECT t.id, {_image(names)} FROM {quoted(table)} t"
            " WHERE t.id IN (SELECT row_id FROM change_row WHERE change_id=? AND tbl=? AND op='U')",
            here,
        ).rowcount
        also = altered and _has_unique(con, table)
        _delete(con, change_id, table, [leaving, "U"] if also else [leaving])
        if altered and not also:
            _put_back(con, change_id, table, names)
        if table == "pair":
            _make_way(con, change_id, coming)
        _insert(con, change_id, table, names, [coming, "U"] if also else [coming])
        con.execute(
            "UPDATE change_row SET image=a.image FROM temp.altered a"
            " WHERE change_id=? AND tbl=? AND op='U' AND row_id=a.id",
            here,
        )
        con.execute(
            "UPDATE change_row SET image=NULL WHERE change_id=? AND tbl=? AND op=?",
            (*here, coming),
        )
        con.execute("DROP TABLE temp.altered")
    return touched


def _make_way(con: sqlite3.Connection, change_id: int, coming: str) -> None:
    """A pair that somebody decided takes the place of the one which the search for pairs has
    found since: what it finds is no change, and it would find it again."""
    con.execute(
        "DELETE FROM pair WHERE verdict='open' AND (kind, one, other) IN ("
        "SELECT json_extract(image, '$.kind'), json_extract(image, '$.one'),"
        " json_extract(image, '$.other')"
        " FROM change_row WHERE change_id=? AND tbl='pair' AND op=?)",
        (change_id, coming),
    )


def _has_unique(con: sqlite3.Connection, table: str) -> bool:
    """Whether something beside the id is a row's own."""
    return any(row["unique"] for row in con.execute(f"PRAGMA index_list({quoted(table)})"))


def _put_back(con: sqlite3.Connection, change_id: int, table: str, names: list[str]) -> None:
    """Altered rows become what their images say."""
    sets = ", ".join(f"{quoted(n)}=json_extract(r.image, '$.{n}')" for n in names if n != "id")
    con.execute(
        f"UPDATE {quoted(table)} SET {sets} FROM change_row r"
        f" WHERE r.change_id=? AND r.tbl=? AND r.op='U' AND r.row_id={quoted(table)}.id",
        (change_id, table),
    )


def _of_ops(change_id: int, table: str, ops: list[str]) -> tuple[str, tuple[object, ...]]:
    """The condition for rows of a change with one of these ops, and its values."""
    marks = ", ".join("?" * len(ops))
    return f"change_id=? AND tbl=? AND op IN ({marks})", (change_id, table, *ops)


def _delete(con: sqlite3.Connection, change_id: int, table: str, ops: list[str]) -> None:
    where, values = _of_ops(change_id, table, ops)
    mine = f"id IN (SELECT row_id FROM change_row WHERE {where})"
    with _indexed(con, table, mine, values):
        con.execute(f"DELETE FROM {quoted(table)} WHERE {mine}", values)


def _insert(
    con: sqlite3.Connection, change_id: int, table: str, names: list[str], ops: list[str]
) -> None:
    images = ", ".join(f"json_extract(image, '$.{name}')" for name in names)
    where, values = _of_ops(change_id, table, ops)
    with _indexed(con, table, f"id IN (SELECT row_id FROM change_row WHERE {where})", values):
        con.execute(
            f"INSERT INTO {quoted(table)}({', '.join(map(quoted, names))}) SELECT {images}"
            f" FROM change_row WHERE {where} ORDER BY row_id",
            values,
        )


@contextmanager
def _indexed(
    con: sqlite3.Connection, table: str, which: str, values: Sequence[object]
) -> Iterator[None]:
    """People come and go in the search index all at once, other rows by their triggers."""
    if table != "person":
        yield
        return
    with person_index.moving(con, which, values):
        yield
