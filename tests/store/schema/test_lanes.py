"""One schema, two lanes: plain SQL and sqlmodel say the same of the same tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Float, Integer, Table
from sqlalchemy.engine import Engine
from sqlmodel import Session, SQLModel, create_engine, select
from sqlmodel.sql.sqltypes import AutoString

from opslog.domain.base.clock import instant_text
from opslog.services.book.book import Book
from opslog.store.db import journalled, search
from opslog.store.db.tables import Instant, Row
from opslog.store.people.tables import Person
from opslog.store.schema import create, health
from opslog.store.schema.tables import MODELS, SORTED

ODD = "王志刚 [/red] 'x' \"y\" 𬱖"
MOMENT = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
# From the start, or kept by triggers.
FILLED = {
    *("journal_now", "call_promise", "call_settled", "log_day"),
    *("step_proven", "step_doubt"),
}


@pytest.fixture
def book(book: Book) -> Book:
    """Without even the record of its making, so that each table can be given its first row."""
    book.con.execute("DELETE FROM migration")
    book.con.execute("DELETE FROM file_identity")
    return book


@pytest.fixture
def engine(book: Book) -> Iterator[Engine]:
    """sqlmodel's own way into the file of ``book``."""
    made = create_engine(f"sqlite:///{book.path}")
    yield made
    made.dispose()


def as_python(column: Column[Any], key: int) -> Any:
    """A value for a column: as it would be in an ordinary row number ``key``."""
    number = isinstance(column.type, Integer)
    if number and (column.foreign_keys or (column.primary_key and column.name != "block")):
        return key
    if isinstance(column.type, Instant):
        return MOMENT
    for kind, value in ((Boolean, True), (Integer, 7), (Float, 2.5), (AutoString, ODD)):
        if isinstance(column.type, kind):
            return value
    raise TypeError(f"{column}: {column.type!r}")


def as_stored(value: Any) -> Any:
    return instant_text(value) if isinstance(value, datetime) else value


def full_row(table: Table, key: int) -> dict[str, Any]:
    row = {column.name: as_python(column, key) for column in table.columns}
    if table.name == "field_value":  # of a person or of a company, never of both
        row["company_key"] = None
    if table.name == "plan":  # of an event or of a routine
        row["routine_id"] = None
    return row


def least_row(table: Table, key: int) -> dict[str, Any]:
    """Only what has neither a default nor may be empty."""
    return {
        column.name: as_python(column, key)
        for column in table.columns
        if column.primary_key
        or (not column.nullable and column.default is None)
        or (table.name, column.name) in (("field_value", "person_id"), ("plan", "event_id"))
    }


def insert(con: sqlite3.Connection, table: Table, row: dict[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" for _ in row)
    con.execute(
        f'INSERT INTO "{table.name}"({names}) VALUES ({marks})',
        [as_stored(value) for value in row.values()],
    )


def read(con: sqlite3.Connection, table: Table) -> list[dict[str, Any]]:
    order = ", ".join(column.name for column in table.primary_key)
    return [dict(row) for row in con.execute(f'SELECT * FROM "{table.name}" ORDER BY {order}')]


def described(con: sqlite3.Connection) -> dict[str, object]:
    """Tables, columns, keys and indexes of a database, without its triggers."""
    found: dict[str, object] = {}
    for table in SORTED:
        name = table.name
        found[name] = [tuple(row) for row in con.execute(f'PRAGMA table_xinfo("{name}")')]
        found[f"{name} keys"] = sorted(
            tuple(row)[2:5] for row in con.execute(f'PRAGMA foreign_key_list("{name}")')
        )
        indexes = con.execute(f'PRAGMA index_list("{name}")').fetchall()
        found[f"{name} indexes"] = sorted(
            (
                index["name"],
                index["unique"],
                [row["name"] for row in con.execute(f'PRAGMA index_info("{index["name"]}")')],
            )
            for index in indexes
        )
    return found


def test_the_schema_file_is_what_the_tables_make() -> None:
    assert create.SCHEMA_FILE.read_text(encoding="utf-8") == create.schema_sql(), (
        "tables changed: write schema.sql anew with python -m opslog.store.schema.create"
    )


def test_sqlmodel_alone_would_make_the_same_tables(book: Book, tmp_path: Path) -> None:
    create.schema_sql()  # gives the models' defaults to the tables
    own = create_engine(f"sqlite:///{tmp_path / 'own.db'}")
    SQLModel.metadata.create_all(own)
    own.dispose()
    with sqlite3.connect(tmp_path / "own.db") as con:
        con.row_factory = sqlite3.Row
        assert described(con) == described(book.con)
    con.close()


def test_the_two_agree_on_what_is_journalled() -> None:
    assert set(MODELS) == {table.name for table in SORTED}
    not_rows = {name for name, model in MODELS.items() if not issubclass(model, Row)}
    assert not_rows == journalled.NOT_JOURNALLED


def test_what_sql_writes_sqlmodel_reads_and_validates(book: Book, engine: Engine) -> None:
    for table in SORTED:
        if table.name not in FILLED:
            insert(book.con, table, full_row(table, 1))
    with Session(engine) as session:
        for table in SORTED:
            model = MODELS[table.name]
            if table.name in FILLED:
                continue
            (row,) = session.exec(select(model)).all()
            expected = full_row(table, 1)
            assert row.model_dump() == expected, table.name
            assert model.model_validate(row.model_dump()).model_dump() == expected, table.name
    assert health.record_flaws(book.con) == []


def test_what_sql_leaves_out_is_what_the_model_would_have_filled_in(
    book: Book, engine: Engine
) -> None:
    for table in SORTED:
        if table.name not in FILLED:
            insert(book.con, table, least_row(table, 1))
    with Session(engine) as session:
        for table in SORTED:
            if table.name not in FILLED:
                # A trigger counts people too.
                row = session.exec(select(MODELS[table.name])).all()[-1]
                made = MODELS[table.name].model_validate(least_row(table, 1))
                assert row.model_dump() == made.model_dump(), table.name


def test_what_sqlmodel_writes_sql_reads(book: Book, engine: Engine) -> None:
    with Session(engine) as session:
        for table in SORTED:
            if table.name not in FILLED:
                session.add(MODELS[table.name].model_validate(full_row(table, 1)))
                session.flush()
        session.commit()
    for table in SORTED:
        if table.name not in FILLED:
            expected = {name: as_stored(value) for name, value in full_row(table, 1).items()}
            assert read(book.con, table) == [expected], table.name


def test_the_search_index_follows_what_sqlmodel_writes(book: Book, engine: Engine) -> None:
    with Session(engine) as session:
        person = Person(name="王志刚", search=search.index_text("王志刚"), created_at=MOMENT)
        session.add(person)
        session.commit()
        assert search.find(book.con, "person", "志刚") == [person.id]
        session.delete(person)
        session.commit()
    assert search.find(book.con, "person", "志刚") == []
    assert search.check(book.con) == []


def test_an_instant_without_a_zone_is_refused_at_the_edge() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Instant().process_bind_param(datetime(2026, 11, 23), None)  # type: ignore[arg-type]  # dialects don't matter to it
