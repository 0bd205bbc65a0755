"""A plain copy, a folder of records, made a database again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from opslog.domain.base import foreign
from opslog.domain.base.refusal import Refused
from opslog.exchange.plain import folder as plain
from opslog.locale import N_, msg
from opslog.store.db import backup as copies
from opslog.store.db import connection
from opslog.store.plain import records
from opslog.store.plain.records import BadRecord
from opslog.store.schema.create import SCHEMA_VERSION


def build(source: Path, target: Path) -> int:
    """Make the database at ``target`` what the copy in the folder ``source`` says; the version of
    its schema.

    Raises Refused for the first record that can't be taken in, with file, line, key and why; for
    files that are not what was written; and for a copy of a newer opslog.
    """
    said = plain.about(source)
    if said.schema > SCHEMA_VERSION:
        raise newer(source, said.schema)
    schema = plain.schema(source)
    connection.prepare_file(target)
    with closing(connection.connect(target)) as con:
        try:
            records.fill(
                con,
                schema,
                said.schema,
                said.last_ids,
                lambda table: plain.records(source, table),
            )
        except BadRecord as bad:
            raise _refused(bad) from bad
        except (sqlite3.Error, sqlite3.Warning) as error:
            denied = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_AUTH
            if isinstance(error, sqlite3.Error) and connection.is_of_the_file(error) and not denied:
                raise
            text = N_("{file} can't be followed ({reason}); take another copy")
            raise Refused(msg(text, file=plain.SCHEMA, reason=foreign.reason(error))) from error
        flaws = copies.integrity(con)
        connection.put_into_one_file(con)
    if flaws:
        raise damaged(source, flaws[0])
    plain.check(source, said)
    return said.schema


def look_at(source: Path) -> None:
    """Raises Refused where the folder is no plain copy."""
    plain.about(source)


def newer(source: Path, found: int) -> Refused:
    text = N_(
        "{path} was written by a newer opslog (schema {found}, this one knows {known});"
        " install the newer version to open it"
    )
    return Refused(msg(text, path=source, found=found, known=SCHEMA_VERSION))


def damaged(source: Path, flaw: str) -> Refused:
    text = N_("{path} is damaged ({reason}); choose another backup")
    return Refused(msg(text, path=source, reason=flaw))


def _refused(bad: BadRecord) -> Refused:
    file = f"{plain.RECORDS}/{bad.table}.jsonl"
    if not bad.key:
        text = N_("{file}, line {line}: the record can't be taken in ({why}); nothing was changed")
        return Refused(msg(text, file=file, line=bad.line, why=bad.why))
    text = N_("{file}, line {line}, “{key}”: {why}; nothing was changed")
    return Refused(msg(text, file=file, line=bad.line, key=bad.key, why=bad.why))
