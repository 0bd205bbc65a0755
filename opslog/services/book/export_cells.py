"""How what the file holds stands in an exported table.

Columns are headed in the language spoken. JSON gets codes, instants with offset and E.164;
everything else gets what a person reads.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from opslog.domain.base import damaged
from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.people.masking import masked
from opslog.domain.people.phones import display
from opslog.exchange.writing.cells import Cell, Named
from opslog.exchange.writing.tables import Column, Several
from opslog.locale import _
from opslog.services.book.book import Book
from opslog.services.book.contributions import Scope

T = TypeVar("T")


def between(book: Book, scope: Scope) -> tuple[str, str]:
    """The instants a scope's days begin at and end before, '' where they have no end."""
    after = scope.until and scope.until + timedelta(days=1)
    begin, end = (instant_text(book.clock.at(day)) if day else "" for day in (scope.since, after))
    return begin, end


def in_days(book: Book, scope: Scope, at: datetime | None) -> bool:
    """Whether an instant is in the days of a scope; what has none is in no days."""
    if not (scope.since or scope.until):
        return True
    if at is None:
        return False
    day = at.astimezone(book.clock.zone).date()
    return (scope.since is None or scope.since <= day) and (
        scope.until is None or day <= scope.until
    )


def chosen(
    rows: Iterable[T], keys: Sequence[Hashable] | None, key: Callable[[T], Hashable]
) -> Iterable[T]:
    """All rows, or those of these keys in their order."""
    if keys is None:
        return rows
    found = {key(row): row for row in rows}
    return [found[one] for one in keys if one in found]


def columns(*pairs: tuple[str, str]) -> list[Column]:
    return [Column(key, _(heading)) for key, heading in pairs]


def named(code: str, labels: dict[str, str]) -> Named:
    """A code with its label; one nobody knows (from another version) labels itself."""
    return Named(code, _(labels[code]) if code in labels else code)


def texts(array: str) -> tuple[str, ...]:
    return tuple(damaged.listed(array))


def yes_no(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def moment(book: Book, text: str | None) -> datetime | None:
    """An instant of the file on the operator's own clock."""
    return None if text is None else instant_of(text).astimezone(book.clock.zone)


def phone(e164: str) -> Named:
    return Named(e164, display(e164) if e164 else "")


def phones(e164s: str) -> Several:
    """Further numbers, as they are kept: one space between."""
    return Several(e164s, ", ".join(map(display, e164s.split())))


def masked_cell(cell: Cell) -> Cell:
    """The cell with telephone numbers half hidden, for programs as for people."""
    if isinstance(cell, str):
        return masked(cell)
    if isinstance(cell, tuple):
        return tuple(map(masked, cell))
    if isinstance(cell, Named):
        code = masked(cell.code) if isinstance(cell.code, str) else cell.code
        return replace(cell, code=code, label=masked(cell.label))
    return cell
