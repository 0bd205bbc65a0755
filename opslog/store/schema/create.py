"""The schema as SQL, made from the tables of sqlmodel.

``python -m opslog.store.schema.create`` writes ``schema.sql`` anew; a test says when that was
forgotten. A new database is made from that file, so that the first log line ever written does
not wait half a second for sqlmodel.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from opslog.store.db import journalled, person_index, search
from opslog.store.db.connection import APPLICATION_ID

if TYPE_CHECKING:
    from sqlalchemy import Column

SCHEMA_FILE = Path(__file__).with_name("schema.sql")
SCHEMA_VERSION = 15
# Who this file is, and by what secret it tells that somebody was erased from it.
NEW_IDENTITY = (
    "INSERT INTO file_identity(id, secret)"
    " VALUES (lower(hex(randomblob(16))), lower(hex(randomblob(32))))"
)


def schema_sql() -> str:
    """Every statement that makes an empty database of this version."""
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable

    from opslog.store.calls.proving import proofs, requested, settled
    from opslog.store.daybook import days
    from opslog.store.programmes import merged
    from opslog.store.rosters import occasions
    from opslog.store.rosters.rosters import SIGNUP_VIEW
    from opslog.store.schema.tables import SORTED

    dialect = sqlite.dialect()
    statements: list[str] = []
    for table in SORTED:
        for column in table.columns:
            _give_default(column)
    for table in SORTED:
        create = str(CreateTable(table).compile(dialect=dialect))
        statements.append("\n".join(line.rstrip() for line in create.strip().splitlines()))
        for index in sorted(table.indexes, key=lambda i: str(i.name)):
            statements.append(str(CreateIndex(index).compile(dialect=dialect)).strip())
    for name in ("event", "log"):
        statements += search.index_sql(name)
    statements += [
        *person_index.sql(),
        *person_index.VIEWS,
        SIGNUP_VIEW,
        occasions.OF_LISTS,
        *days.sql(),
        *settled.sql(),
        *proofs.sql(),
        *requested.sql(),
        *merged.sql(),
        settled.OF_STOP,
        proofs.OF_STOP,
    ]
    for table in SORTED:
        if table.name not in journalled.NOT_JOURNALLED:
            statements += journalled.trigger_sql(table.name, [c.name for c in table.columns])
    statements += [
        "INSERT INTO journal_now(id, change_id, bulk) VALUES (1, NULL, 0)",
        NEW_IDENTITY,
        f"PRAGMA application_id={APPLICATION_ID}",
        f"PRAGMA user_version={SCHEMA_VERSION}",
    ]
    return "-- Written by: python -m opslog.store.schema.create\n" + "".join(
        statement + ";\n" for statement in statements
    )


def _give_default(column: Column[Any]) -> None:
    """Let plain SQL leave out what the model has a default for."""
    from sqlalchemy import DefaultClause, text

    value = getattr(column.default, "arg", None)
    if isinstance(value, bool | int | float):
        column.server_default = DefaultClause(text(str(int(value))))
    elif isinstance(value, str):
        column.server_default = DefaultClause(text("'" + value.replace("'", "''") + "'"))


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_sql(), encoding="utf-8", newline="\n")
