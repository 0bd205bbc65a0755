"""Every table as lines of JSON, one record a line, made by SQLite itself: three times as quick as
Python would be, and none is ever whole in memory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from opslog.store.db.journalled import quoted

_AT_ONCE = 1_000  # records


class Table(NamedTuple):
    """``columns``: name and declared type; ``order``: its key, which every file is sorted by."""

    name: str
    columns: tuple[tuple[str, str], ...]
    order: tuple[str, ...]


def tables(con: sqlite3.Connection) -> list[Table]:
    """All that hold records; what SQLite and the search index keep for themselves is none."""
    names = con.execute(
        "SELECT name FROM pragma_table_list WHERE schema='main' AND type='table'"
        " AND name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY name"
    ).fetchall()
    return [_table(con, name) for (name,) in names]


def _table(con: sqlite3.Connection, name: str) -> Table:
    found = con.execute("SELECT name, type, pk FROM pragma_table_info(?)", (name,)).fetchall()
    keys = sorted((key, column) for column, _type, key in found if key)
    return Table(
        name, tuple((column, kind) for column, kind, _key in found), tuple(key for _, key in keys)
    )


def lines(con: sqlite3.Connection, table: Table) -> Iterator[bytes]:
    """The records as UTF-8, so many lines at a time. Raises sqlite3.Error for what is no record,
    UnicodeDecodeError for what is no text."""
    con.create_function("exact", 1, _exact, deterministic=True)
    pairs = ", ".join(f"{_text(name)}, {_value(name, kind)}" for name, kind in table.columns)
    rows = con.execute(
        f"SELECT CAST(json_object({pairs}) AS BLOB) FROM {quoted(table.name)}"
        f" ORDER BY {', '.join(map(quoted, table.order))}"
    )
    while some := rows.fetchmany(_AT_ONCE):
        chunk = b"\n".join([row[0] for row in some]) + b"\n"
        chunk.decode()
        yield chunk


def _value(name: str, kind: str) -> str:
    column = quoted(name)
    if kind == "BOOLEAN":
        truth = f"WHEN 1 THEN json('true') WHEN 0 THEN json('false') ELSE {column}"
        return f"CASE {column} {truth} END"
    return f"json(exact({column}))" if kind == "FLOAT" else column


def _exact(value: object) -> str:
    """SQLite writes 15 digits of a number with decimals; two that differ would become one."""
    return json.dumps(value).replace("Infinity", "9e999")


def _text(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def count(con: sqlite3.Connection, table: Table) -> int:
    return int(con.execute(f"SELECT count(*) FROM {quoted(table.name)}").fetchone()[0])


def last_ids(con: sqlite3.Connection) -> dict[str, int]:
    """The highest number ever given in each table: none is given twice."""
    rows = con.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
    return {str(row[0]): int(row[1]) for row in rows}


def schema_version(con: sqlite3.Connection) -> int:
    """Of whatever opslog made the file."""
    return int(con.execute("PRAGMA user_version").fetchone()[0])


def schema(con: sqlite3.Connection) -> str:
    """What makes the empty database, in an order in which it can be made."""
    rows = con.execute(
        "SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT IN"
        " (SELECT name FROM pragma_table_list WHERE type='shadow')"
        " AND name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY"
        " CASE type WHEN 'table' THEN 0 WHEN 'view' THEN 1 WHEN 'index' THEN 2 ELSE 3 END, rowid"
    ).fetchall()
    said = [sql for _name, _type, sql in rows]
    for name, _type, sql in rows:
        if sql.upper().startswith("CREATE VIRTUAL"):
            said += [
                f"INSERT INTO {name}({name}, rank) VALUES ('{key}', {value})"
                for key, value in con.execute(f"SELECT k, v FROM {quoted(f'{name}_config')}")
                if key != "version"
            ]
    return "".join(f"{statement};\n" for statement in said)
