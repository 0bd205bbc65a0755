"""Databases of each released schema, kept as SQL: ``python -m tests.store.dumps`` writes the
one of the present schema, which stays in ``fixtures/`` for ever once it was released.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from opslog.domain.base.clock import Clock
from opslog.locale import msg
from opslog.services.book import history
from opslog.services.book.book import open_book
from opslog.services.daybook import auto_lines
from opslog.store.db import create, journal, search

FIXTURES = Path(__file__).with_name("fixtures")
BORN = "INSERT INTO migration"  # where the schema ends and the rows begin


def fixture(number: int) -> Path:
    return FIXTURES / f"schema_{number}.sql"


def load(number: int, path: Path) -> None:
    """Make the database of schema ``number`` at ``path``."""
    with closing(sqlite3.connect(path, isolation_level=None)) as con:
        con.executescript(fixture(number).read_text(encoding="utf-8"))


def dump(con: sqlite3.Connection) -> str:
    """The schema's statements, then the rows, in an order that can be read back."""
    text = [create.SCHEMA_FILE.read_text(encoding="utf-8")]
    names = ["migration", "setting", *journal.tables(con), "change", "change_row", "change_range"]
    for name in [*names, "sqlite_sequence"]:
        for row in con.execute(f'SELECT * FROM "{name}"'):
            columns = ", ".join(f'"{column}"' for column in row.keys())  # noqa: SIM118 - a Row iterates over its values
            quoted = con.execute("SELECT " + ", ".join(["quote(?)"] * len(row)), tuple(row))
            if name == "sqlite_sequence":
                text.append(f"DELETE FROM sqlite_sequence WHERE name='{row['name']}';\n")
            text.append(
                f'INSERT INTO "{name}"({columns}) VALUES ({", ".join(quoted.fetchone())});\n'
            )
    return "".join(text)


def make(path: Path) -> None:
    """A small history: rows made, changed, deleted, one change undone, one done in bulk."""
    at = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    book = open_book(path, clock=Clock(lambda: at), session="fixture")
    put = "INSERT INTO person(name, company, phone, search, created_at) VALUES (?,?,?,?,?)"
    with book.change(msg("Imported {n} rows", n=3), bulk=True):
        for number, name in enumerate(("王志刚", "李娜", "Anna [/red]")):
            values = (name, "云岭科技", f"+8613800138{number:03}", search.index_text(name))
            book.con.execute(put, (*values, "2026-11-23T01:00:00Z"))
        auto_lines.write(book, msg("Imported {n} rows", n=3), source="import", person_ids=[1])
    with book.change(msg("Changed: {event}", event="王志刚")):
        book.con.execute("UPDATE person SET title='总经理', wecom=1 WHERE id=1")
    with book.change(msg("Deleted: {text}", text="李娜")):
        book.con.execute("DELETE FROM person WHERE id=2")
    with book.change(msg("Logged: {text}", text="回访")):
        auto_lines.write(book, msg("回访"), source="call")
    history.undo(book)
    book.set_setting("language", "zh_CN")
    fixture(create.SCHEMA_VERSION).write_text(dump(book.con), encoding="utf-8", newline="\n")
    book.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder) / "opslog.db")
