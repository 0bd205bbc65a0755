"""Records of a plain copy back into a database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from opslog.locale import N_, Msg, msg
from opslog.store.damage.forms import Form, forms
from opslog.store.db.connection import APPLICATION_ID
from opslog.store.db.journalled import quoted
from opslog.store.plain.lines import Table, tables
from opslog.store.schema.create import SCHEMA_VERSION
from opslog.store.schema.migrations import statements

_AT_ONCE = 1_000  # records
_BEFORE_RECORDS = ("CREATE TABLE", "CREATE UNIQUE INDEX")

Record = tuple[int, Mapping[str, Any]]  # with the line it stands on
Records = Callable[[str], Iterable[Record]]  # of a table


class BadRecord(Exception):
    """A record that can't be taken in: of a table, on a line, under a key ('' the whole of it)."""

    def __init__(self, table: str, line: int, key: str, why: Msg | str) -> None:
        super().__init__(table, line, key, why)
        self.table, self.line, self.key, self.why = table, line, key, why


def fill(
    con: sqlite3.Connection,
    schema: str,
    version: int,
    last_ids: Mapping[str, int],
    records: Records,
) -> None:
    """Make an empty database what a plain copy of schema ``version`` says.

    Raises BadRecord, sqlite3.Error for a ``schema`` that makes nothing, and what ``records``
    raises.
    """
    made = statements(schema)
    first = [one for one in made if one.lstrip().upper().startswith(_BEFORE_RECORDS)]
    con.execute("PRAGMA foreign_keys=OFF")  # all are there at the end only; looked at then
    con.execute("BEGIN IMMEDIATE")
    with _only_here(con):
        for statement in first:
            con.execute(statement)
        checked = forms() if version == SCHEMA_VERSION else {}
        for table in tables(con):
            _put(con, table, checked.get(table.name), records(table.name))
        for statement in made:
            if statement not in first:
                con.execute(statement)
    con.execute("DELETE FROM sqlite_sequence")
    con.executemany("INSERT INTO sqlite_sequence(name, seq) VALUES (?,?)", last_ids.items())
    for index in _indexes(con):
        con.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
    con.execute(f"PRAGMA application_id={APPLICATION_ID}")
    con.execute(f"PRAGMA user_version={version}")
    _look_at_references(con, records)
    con.execute("COMMIT")
    con.execute("PRAGMA foreign_keys=ON")


def _look_at_references(con: sqlite3.Connection, records: Records) -> None:
    """Raises BadRecord for the first record that leads to one that is not there."""
    broken = con.execute("PRAGMA foreign_key_check").fetchone()
    if broken is None:
        return
    table, _row, owner, number = broken
    key, theirs = con.execute(
        'SELECT "from", "to" FROM pragma_foreign_key_list(?) WHERE id=?', (table, number)
    ).fetchone()
    value = con.execute(
        f"SELECT {quoted(key)} FROM {quoted(table)} WHERE {quoted(key)} NOT IN"
        f" (SELECT {quoted(theirs)} FROM {quoted(owner)})"
    ).fetchone()[0]
    line = next(line for line, record in records(table) if record[key] == value)
    why = msg(N_("there is no {table} {id}"), table=owner, id=value)
    raise BadRecord(table, line, key, why)


def _indexes(con: sqlite3.Connection) -> list[str]:
    rows = con.execute("SELECT name FROM pragma_table_list WHERE schema='main' AND type='virtual'")
    return [quoted(name) for (name,) in rows]


@contextmanager
def _only_here(con: sqlite3.Connection) -> Iterator[None]:
    """What a copy says can make tables in this database, and reach no other file."""

    def may(action: int, *_of: object) -> int:
        return sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_ATTACH else sqlite3.SQLITE_OK

    con.set_authorizer(may)
    try:
        yield
    finally:
        con.set_authorizer(None)


def _put(
    con: sqlite3.Connection, table: Table, form: Form | None, records: Iterable[Record]
) -> None:
    names = [name for name, _kind in table.columns]
    into = (
        f"INSERT INTO {quoted(table.name)}({', '.join(map(quoted, names))})"
        f" VALUES ({', '.join('?' * len(names))})"
    )
    some: list[tuple[int, Sequence[Any]]] = []
    for line, record in records:
        some.append((line, _values(table, form, line, record)))
        if len(some) == _AT_ONCE:
            _insert(con, table.name, into, some)
            some.clear()
    _insert(con, table.name, into, some)


def _values(table: Table, form: Form | None, line: int, record: Mapping[str, Any]) -> Sequence[Any]:
    """The values of a record in the table's order; BadRecord where one is not what it may be."""
    kinds = dict(table.columns)
    for name in kinds:
        if name not in record:
            raise BadRecord(table.name, line, name, msg(N_("is missing")))
    for name, value in record.items():
        if name not in kinds:
            raise BadRecord(table.name, line, name, msg(N_("is no key of these records")))
        if isinstance(value, list | dict):
            raise BadRecord(table.name, line, name, msg(N_("is more than one value")))
        if isinstance(value, bool) and kinds[name] != "BOOLEAN":
            raise BadRecord(table.name, line, name, msg(N_("is neither text nor a number")))
    if form is not None:
        row = tuple(_as_bytes(record[name]) for name in form.columns)
        for place, wrong in form.flaws(row):
            raise BadRecord(table.name, line, form.columns[place], msg(wrong))
    return [record[name] for name in kinds]


def _as_bytes(value: object) -> object:
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value


def _insert(
    con: sqlite3.Connection, table: str, into: str, some: Sequence[tuple[int, Sequence[Any]]]
) -> None:
    con.execute("SAVEPOINT some")
    try:
        con.executemany(into, [values for _line, values in some])
    except (sqlite3.IntegrityError, OverflowError, UnicodeError):
        con.execute("ROLLBACK TO some")
        for line, values in some:
            try:
                con.execute(into, values)
            except (sqlite3.IntegrityError, OverflowError, UnicodeError) as error:
                raise BadRecord(table, line, "", str(error)) from error
    con.execute("RELEASE some")
