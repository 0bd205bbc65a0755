"""Whether a value has the type and the form that its column wants. Loads sqlmodel."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opslog.locale import N_
from opslog.store.damage.rows import Values, shown
from opslog.store.schema.columns import DECLARED

Wrong = Callable[[Any], str]  # what is wrong with a value, a message id; '' nothing


@dataclass(frozen=True)
class Form:
    """The columns of one table, in the file's order of the models, each with its test.

    ``key``: by what its rows are gone through: ``rowid``, or its first column of whole numbers.
    ``alias``: place of the column that is another name of the rowid.
    """

    table: str
    columns: tuple[str, ...]
    tests: tuple[Wrong, ...]
    key: str
    identity: tuple[int, ...]  # places of the columns that tell one row from all others
    alias: int | None

    @property
    def numbered(self) -> bool:
        """Whether its rows have numbers of SQLite's own."""
        return self.key == "rowid"

    def key_of(self, row: Values) -> Any:
        """By which rows of two files are matched, sorting as SQLite sorts them; the key of
        reading stands first in ``row``."""
        if self.numbered:
            return row[0]
        return tuple(_sorting(row[1 + place]) for place in self.identity)

    def named(self, row: Values) -> str:
        """``log 12``, ``change_row 3 “person” 7``."""
        identity = (row[1 + place] for place in self.identity)
        return f"{self.table} {' '.join(map(shown, identity))}"

    def flaws(self, row: tuple[Any, ...]) -> Iterator[tuple[int, str]]:
        """Place of a column and what is wrong with it, for each value that is; text is bytes."""
        for place, (test, value) in enumerate(zip(self.tests, row, strict=True)):
            if wrong := test(value):
                yield place, wrong


def _sorting(value: object) -> tuple[int, Any]:
    """NULL, numbers, text, bytes."""
    if value is None:
        return 0, 0
    return (1, value) if isinstance(value, int | float) else (2, value)


def forms() -> dict[str, Form]:
    """Of every table there is."""
    from opslog.store.schema import tables

    return {table.name: _form(table) for table in tables.SORTED}


def _form(table: Any) -> Form:
    from sqlalchemy import Integer

    names = tuple(column.name for column in table.columns)
    tests = tuple(_test(table.name, column) for column in table.columns)
    identity = tuple(i for i, column in enumerate(table.columns) if column.primary_key)
    has_rowid = table.dialect_options["sqlite"]["with_rowid"]
    numbers = [i for i in identity if isinstance(table.columns[i].type, Integer)]
    alias = identity[0] if has_rowid and len(identity) == len(numbers) == 1 else None
    key = "rowid" if has_rowid else f'"{names[0]}"'
    return Form(table.name, names, tests, key, identity, alias)


def _test(table: str, column: Any) -> Wrong:
    from sqlalchemy import Boolean, Float, Integer

    from opslog.store.db.tables import Instant

    kind = column.type
    test: Wrong
    if isinstance(kind, Instant):
        test = _instant
    elif isinstance(kind, Boolean):
        test = _yes_or_no
    elif isinstance(kind, Integer):
        test = _whole_number
    elif isinstance(kind, Float):
        test = _number
    else:
        declared = DECLARED[table][column.name]
        test = _json if declared.json else _text
        if declared.codes:
            test = _one_of(declared.codes)
    nullable = bool(column.nullable)
    return lambda value: ("" if nullable else N_("empty")) if value is None else test(value)


def _text(value: Any) -> str:
    if not isinstance(value, bytes):
        return N_("not text")
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return N_("not UTF-8")
    return ""


def _one_of(codes: tuple[str, ...]) -> Wrong:
    known = frozenset(code.encode() for code in codes)
    return lambda value: (
        "" if isinstance(value, bytes) and value in known else N_("no value of this column")
    )


def _json(value: Any) -> str:
    wrong = _text(value)
    if wrong or not value:
        return wrong
    try:
        json.loads(value)
    except ValueError:
        return N_("not JSON")
    return ""


def _instant(value: Any) -> str:
    try:
        text = value.decode("ascii")
        datetime.fromisoformat(text)
    except (AttributeError, ValueError):
        return N_("no instant")
    marks = text[4:5] + text[10:11] + text[16:17] + text[19:]
    return "" if marks == "-T:Z" else N_("no instant")


def _whole_number(value: Any) -> str:
    return "" if isinstance(value, int) else N_("no whole number")


def _yes_or_no(value: Any) -> str:
    return "" if value in (0, 1) else N_("neither yes nor no")


def _number(value: Any) -> str:
    return "" if isinstance(value, int | float) else N_("no number")
