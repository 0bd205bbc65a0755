"""What tables are made of, and those of the file itself.

sqlmodel is the one source of the schema: it creates the database, and ``check`` and ``restore``
look at each record by its models. Each area has its own ``tables.py``; ``store/schema`` has all.
What runs at start or at a key press is SQL over the same tables elsewhere in ``store``;
``tests/store/schema/test_lanes.py`` holds the two against each other.

Instants are aware datetimes in Python and ``2026-11-22T02:30:00Z`` in the file; days are
``2026-11-22``. Ids are never used twice (AUTOINCREMENT), so that the journal can name a row.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, Index, String, TypeDecorator, UniqueConstraint
from sqlmodel import Field, SQLModel


class Instant(TypeDecorator[datetime]):
    """A moment, kept as UTC text that sorts; a naive datetime is refused."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Row(SQLModel):
    """What every journalled table has: a number that is never given out again."""

    __table_args__: Any = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)


def args(*extra: Any) -> tuple[Any, ...]:
    """``__table_args__`` of a journalled table: constraints and indexes of its own."""
    return (*extra, {"sqlite_autoincrement": True})


class OwnFile(Row, table=True):
    """What the operator wrote: rules, keys, plans … The file beside the database mirrors it."""

    __tablename__ = "own_file"
    __table_args__ = args(UniqueConstraint("name"))

    name: str  # as the file beside the database is called: rules.toml, playbooks/salon.toml
    text: str
    version: int = 1
    at: datetime = Field(sa_type=Instant)


# What the journal does not cover: its own tables, settings, the record of migrations.


class Change(SQLModel, table=True):
    """One verb, as a person would name it. ``state``: done, undone, dropped (not redoable),
    final (can't be undone)."""

    __table_args__ = args(Index("change_state", "state", "session"))

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Instant)
    session: str
    label: str  # the English message id
    args: str  # JSON: its arguments
    state: str = "done"
    undone_order: int | None = None


class ChangeRow(SQLModel, table=True):
    """A row a change touched: ``op`` I U D, and the other side of it (see store.journal)."""

    __tablename__ = "change_row"
    __table_args__ = (Index("change_row_row", "tbl", "row_id"), {"sqlite_with_rowid": False})

    change_id: int = Field(primary_key=True, foreign_key="change.id")
    tbl: str = Field(primary_key=True)
    row_id: int = Field(primary_key=True)
    op: str
    image: str | None = None


class ChangeRange(SQLModel, table=True):
    """Rows a bulk change inserted: ids ``low`` to ``high`` of one table."""

    __tablename__ = "change_range"
    __table_args__ = ({"sqlite_with_rowid": False},)

    change_id: int = Field(primary_key=True, foreign_key="change.id")
    tbl: str = Field(primary_key=True)
    low: int
    high: int


class JournalNow(SQLModel, table=True):
    """One row: the change being written, which the triggers read.

    ``fresh``: people above this id are not in the search index yet (a bulk change puts them
    there at its end, in a third of the time); NULL where the index is kept row by row.
    """

    __tablename__ = "journal_now"

    id: int = Field(default=1, primary_key=True)
    change_id: int | None = None
    bulk: bool = False
    fresh: int | None = None


class Setting(SQLModel, table=True):
    key: str = Field(primary_key=True)
    value: str


class Migration(SQLModel, table=True):
    number: int = Field(primary_key=True)
    name: str
    at: datetime = Field(sa_type=Instant)


class FileIdentity(SQLModel, table=True):
    """One row: who this file is, whatever it is called and wherever it lies."""

    __tablename__ = "file_identity"

    id: str = Field(primary_key=True)  # 32 hex digits, random
    secret: str  # 64 hex digits: the key of the fingerprints in ``erased``
    last_token: str = ""  # what was noted outside when the file was last open: tells an older copy


class Draft(SQLModel, table=True):
    """What was typed in one place of the screens and not entered when the window ended.

    ``person_id``: whom it is about, so that erasing takes it along; no foreign key, for it outlives
    an import that is undone.
    """

    id: int | None = Field(default=None, primary_key=True)
    place: str = Field(unique=True)
    text: str  # JSON: the question, and what was typed by the names of its fields
    at: datetime = Field(sa_type=Instant)
    person_id: int | None = None


class Copy(SQLModel, table=True):
    """A copy that went out of this file: where somebody who is erased later may still stand."""

    path: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)
    kind: str  # backup, export, parcel …
    held: str = ""  # JSON: table -> ids or [low, high] of ids that it holds
    sha: str = ""  # SHA-256 of the file as it was written, '' not known
