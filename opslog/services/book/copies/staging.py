"""What a backup or a plain copy says, as a database aside that may take the place of the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from opslog.domain.base import foreign
from opslog.domain.base.clock import Clock, instant_text
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, msg
from opslog.services.book.copies import plain
from opslog.store.db import backup as copies
from opslog.store.db import connection
from opslog.store.schema import health, migrations
from opslog.store.schema.create import SCHEMA_VERSION


def look_at(path: Path, source: Path) -> None:
    """Raises Refused where ``source`` is nothing that could become the database at ``path``."""
    if source.is_dir():
        plain.look_at(source)
        return
    if not source.is_file():
        raise Refused(
            msg(
                N_("There is no file {path}; opslog where names the folder of the backups"),
                path=source,
            )
        )
    if path.exists() and source.samefile(path):
        raise Refused(msg(N_("{path} is the database itself, no backup of it"), path=path))


def stage(source: Path, staged: Path, named: Path, clock: Clock) -> None:
    """A verified copy of ``source`` in today's schema, to be what ``named`` is. Raises Refused."""
    found = plain.build(source, staged) if source.is_dir() else _copied(source, staged, named)
    with closing(connection.connect(staged)) as con:
        if found < SCHEMA_VERSION:
            migrations.migrate(con, found, instant_text(clock.now()))
        flaws = health.schema_flaws(con) or health.record_flaws(con, 1)
        connection.put_into_one_file(con)
    if flaws:
        raise plain.damaged(source, flaws[0])


def _copied(source: Path, staged: Path, named: Path) -> int:
    try:
        with closing(copies.open_read_only(source)) as con:
            found = _version(con, source)
            copies.write_copy(con, staged, named)
            return found
    except Refused as refusal:  # what can't be read of a copy is no fault of the file it was to be
        cause = refusal.__cause__
        if getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT:
            raise plain.damaged(source, str(cause)) from cause
        raise
    except sqlite3.OperationalError as error:
        raise Refused(
            msg(
                N_("{path} can't be read ({reason}); choose another backup"),
                path=source,
                reason=foreign.reason(error),
            )
        ) from error
    except sqlite3.DatabaseError as error:
        raise _no_backup(source) from error


def _version(con: sqlite3.Connection, source: Path) -> int:
    found, application, objects = (
        int(con.execute(question).fetchone()[0])
        for question in (
            "PRAGMA user_version",
            "PRAGMA application_id",
            "SELECT count(*) FROM sqlite_schema",
        )
    )
    if application != connection.APPLICATION_ID or not objects:
        raise _no_backup(source)
    if found > SCHEMA_VERSION:
        raise plain.newer(source, found)
    return found


def _no_backup(source: Path) -> Refused:
    return Refused(msg(N_("{path} is no opslog database; choose another backup"), path=source))
