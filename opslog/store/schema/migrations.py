"""The schema only moves forward: numbered steps, each one transaction with its record row."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, msg
from opslog.store.db import connection, journalled, wal
from opslog.store.schema.create import SCHEMA_FILE, SCHEMA_VERSION


class Step(NamedTuple):
    """``run`` changes tables and rows; after it triggers are laid anew and the journal's images
    get the columns added, with their defaults."""

    number: int
    name: str
    run: Callable[[sqlite3.Connection], None]


def _of(number: int) -> Callable[[sqlite3.Connection], None]:
    """A step's own module, imported when a file is upgraded and not at each start."""

    def run(con: sqlite3.Connection) -> None:
        import_module(f"opslog.store.schema.schema_{number}").run(con)

    return run


# Step 1 is the first schema; a new database gets the newest whole from schema.sql.
STEPS: list[Step] = [
    Step(2, "several numbers a person, pairs that may be one, layouts remembered", _of(2)),
    Step(3, "rows under their own headings, smaller indexes of people", _of(3)),
    Step(4, "own files in the book, money in cents", _of(4)),
    Step(5, "numbers not to be used, fields of one's own, who is coming", _of(5)),
    Step(6, "not to be called, by numbers", _of(6)),
    Step(7, "what calendars were told", _of(7)),
    Step(8, "what was half typed, and what is past costs nothing", _of(8)),
    Step(9, "what an event cost and brought, by which channels, and what was learned", _of(9)),
    Step(10, "whose a step is, what is said by it, why it is not done", _of(10)),
    Step(11, "what dates an event had, the stops of a road show", _of(11)),
    Step(12, "programmes of messages, and pieces of content", _of(12)),
    Step(13, "what was asked for of materials, where a lead came from", _of(13)),
    Step(14, "plans that hang on any day and repeat, which steps belong to", _of(14)),
    Step(15, "a list for each stop, the dates a stop had", _of(15)),
]


def version(con: sqlite3.Connection, path: Path) -> int:
    """The schema version of the open file, 0 for an empty one.

    Raises Refused for another program's database and for one from a newer opslog.
    """
    try:
        number = int(con.execute("PRAGMA user_version").fetchone()[0])
        strange = connection.of_another_program(con)
    except sqlite3.Error as error:
        raise connection.unreadable(path, error) from error
    if strange:
        raise connection.stranger(path)
    if number > SCHEMA_VERSION:
        raise Refused(
            msg(
                N_(
                    "{path} was written by a newer opslog (schema {found}, this one knows {known});"
                    " install the newer version to open it"
                ),
                path=path,
                found=number,
                known=SCHEMA_VERSION,
            )
        )
    return number


def create(con: sqlite3.Connection, at: str) -> None:
    """Fill an empty file, unless another process was quicker."""
    script = SCHEMA_FILE.read_text(encoding="utf-8")
    with wal.alone(con):
        con.execute("BEGIN IMMEDIATE")
        if con.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0:
            for statement in statements(script):
                con.execute(statement)
            con.execute(
                "INSERT INTO migration(number, name, at) VALUES (?,?,?)",
                (SCHEMA_VERSION, "created", at),
            )
        con.execute("COMMIT")


def migrate(
    con: sqlite3.Connection, found: int, at: str, steps: list[Step] | None = None
) -> list[int]:
    """Bring a database of version ``found`` up to date; the numbers of the steps taken.

    The caller has made a backup. A step that fails is rolled back whole and raises.
    """
    taken = []
    for step in STEPS if steps is None else steps:
        if step.number <= found:
            continue
        con.execute("PRAGMA foreign_keys=OFF")
        try:
            with wal.alone(con):
                con.execute("BEGIN IMMEDIATE")
                drop_triggers(con)  # they name columns that a step may take away
                step.run(con)
                lay_triggers(con)
                journalled.complete_images(con)
                broken = con.execute("PRAGMA foreign_key_check").fetchone()
                if broken is not None:
                    raise sqlite3.IntegrityError(f"migration {step.number}: {tuple(broken)}")
                con.execute(
                    "INSERT INTO migration(number, name, at) VALUES (?,?,?)",
                    (step.number, step.name, at),
                )
                con.execute(f"PRAGMA user_version={step.number}")
                con.execute("COMMIT")
        finally:
            con.execute("PRAGMA foreign_keys=ON")
        taken.append(step.number)
    return taken


def drop_triggers(con: sqlite3.Connection) -> None:
    """Take the journal's triggers away: what is done now is no change."""
    for row in con.execute(
        "SELECT name FROM sqlite_schema WHERE type='trigger' AND name GLOB 'journal_*'"
    ).fetchall():
        con.execute(f'DROP TRIGGER "{row["name"]}"')


def lay_triggers(con: sqlite3.Connection) -> None:
    """Make the journal's triggers anew from the tables as they now are."""
    for table in journalled.tables(con):
        for statement in journalled.trigger_sql(table, journalled.columns(con, table)):
            con.execute(statement)


def statements(script: str) -> list[str]:
    """Split SQL text into statements; triggers hold semicolons of their own."""
    found, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            found.append(current)
            current = ""
    return found
