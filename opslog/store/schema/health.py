"""Whether a database says what it should: schema, records, counts, settings, permissions."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

from opslog.store.calls.proving import settled
from opslog.store.daybook import days
from opslog.store.db import connection
from opslog.store.schema import migrations
from opslog.store.schema.create import SCHEMA_FILE

_BATCH = 1_000  # records looked at together


def schema_flaws(con: sqlite3.Connection) -> list[str]:
    """Tables, columns, indexes, triggers and views that this version wants and the file lacks
    (``-``), that it holds and this version never made (``+``), or that say something else
    (``≠``)."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        for statement in migrations.statements(SCHEMA_FILE.read_text(encoding="utf-8")):
            fresh.execute(statement)
        wanted, wanted_words = _objects(fresh), _words(fresh)
    found, words = _objects(con), _words(con)
    return [
        *(f"- {name}" for name in sorted(wanted - found)),
        *(f"+ {name}" for name in sorted(found - wanted)),
        *(f"≠ {name}" for name, said in words.items() if wanted_words.get(name, said) != said),
    ]


def _words(con: sqlite3.Connection) -> dict[str, str]:
    """What each object belongs to, and what indexes, triggers and views do. Tables of an older
    file were altered, not made anew: their words may differ."""
    rows = con.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {
        f"{kind} {name}": " ".join([table, *(() if kind == "table" else str(sql).split())])
        for kind, name, table, sql in rows
    }


def _objects(con: sqlite3.Connection) -> set[str]:
    """``table log``, ``log.text``, ``index log_at`` …; not what SQLite keeps for itself."""
    objects = set()
    for kind, name in con.execute("SELECT type, name FROM sqlite_schema").fetchall():
        if name.startswith("sqlite_"):
            continue
        objects.add(f"{kind} {name}")
        if kind == "table" and "_fts_" not in name:
            columns = con.execute("SELECT name, type FROM pragma_table_xinfo(?)", (name,))
            objects |= {f"{name}.{column} {kind}".strip() for column, kind in columns}
    return objects


def record_flaws(con: sqlite3.Connection, limit: int = 5) -> list[str]:
    """Records that the tables' own models refuse: ``log 12: at: …``, ``limit`` at most.

    Loads sqlmodel: for restore and check, never at a start.
    """
    from pydantic import TypeAdapter, ValidationError, create_model

    from opslog.store.schema import tables

    flaws: list[str] = []
    for table, model in tables.MODELS.items():
        # The same fields without a table: twenty times as quick, as nothing is instrumented.
        fields: dict[str, Any] = {n: (f.annotation, ...) for n, f in model.model_fields.items()}
        plain: Any = create_model(table, **fields)
        adapter: TypeAdapter[Any] = TypeAdapter(list[plain])
        listed = ", ".join(f'"{name}"' for name in fields)
        rows = con.execute(f'SELECT {listed} FROM "{table}"')
        while batch := [dict(zip(fields, row, strict=True)) for row in rows.fetchmany(_BATCH)]:
            try:
                adapter.validate_python(batch)
            except ValidationError as error:
                for found in error.errors():
                    number, *place = found["loc"]
                    key = next(iter(batch[int(number)].values()))
                    field = ".".join(str(part) for part in place)
                    flaws.append(f"{table} {key}: {field}: {found['msg']}")
                    if len(flaws) == limit:
                        return flaws
    return flaws


def count_flaws(con: sqlite3.Connection) -> list[str]:
    """Imports whose classes do not add up to the rows read: ``signups.csv (3): 60 ≠ 59``; and
    cards that are said to wait for a promised call and do not, or the other way round."""
    rows = con.execute(
        "SELECT id, file, read, new + updated + unchanged + duplicate + problem AS counted"
        " FROM roster_file WHERE read <> counted ORDER BY id"
    )
    imports = [f"{row['file']} ({row['id']}): {row['read']} ≠ {row['counted']}" for row in rows]
    return imports + days.flaws(con) + settled.flaws(con)


def pragma_flaws(con: sqlite3.Connection) -> list[str]:
    """Settings of this connection that would not survive a power cut."""
    found = {name: con.execute(f"PRAGMA {name}").fetchone()[0] for name in connection.PRAGMAS}
    return [
        f"{name}={found[name]} (≠ {value})"
        for name, value in connection.PRAGMAS.items()
        if found[name] != value
    ]


def open_to_others(path: Path) -> list[Path]:
    """The file, its log and its folder, where other users of this machine may read them.

    Windows keeps such things in access lists of the user's own folder; nothing is said there.
    """
    if os.name == "nt":
        return []
    files = [path.parent, path, *(path.with_name(path.name + e) for e in ("-wal", "-shm"))]
    return [file for file in files if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077]
