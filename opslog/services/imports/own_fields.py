"""Columns that became fields of the operator's own: what they hold is kept of people and companies.

The first value of a person or company stays; where the operator asks for it, what a list said
before is renewed. What was typed is never touched.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from opslog.domain.base import damaged
from opslog.domain.imports.cells import clean, without_apostrophe
from opslog.domain.people.fields import COMPANY, PERSON
from opslog.domain.rosters.own_columns import OwnColumn
from opslog.services.book.book import Book
from opslog.services.imports.taking import Met
from opslog.store.people import fields

Whose = tuple[str, str, int | str]  # of person or company, the name of a field, and whose


def names(book: Book) -> list[str]:
    """What the fields of one's own are called."""
    return fields.names(book.con)


def keep(
    book: Book,
    columns: Sequence[OwnColumn],
    met: Sequence[Met],
    file_id: int,
    *,
    renew: bool,
    only: Container[Whose] | None = None,
) -> int:
    """Keep what the rows say in these columns; how many values that made. Inside a change.

    Of somebody without a company its fields are their own. ``only`` these.
    """
    keys = fields.companies_of(book.con, {one.person_id for one in met})
    rows = [(one.person_id, damaged.listed(one.cells)) for one in met]
    by = fields.source(file_id)
    kept = 0
    for column in columns:
        people: dict[int, str] = {}
        companies: dict[str, str] = {}
        for person_id, cells in rows:
            value = clean(without_apostrophe(cells[column.at])) if column.at < len(cells) else ""
            if not value:
                continue
            if column.of == COMPANY and keys[person_id]:
                companies.setdefault(keys[person_id], value)
            else:
                people.setdefault(person_id, value)
        for of, values in ((PERSON, people), (COMPANY, companies)):
            wanted = [one for one in values.items() if _wanted(only, of, column.name, one[0])]
            if wanted:
                field_id = fields.field(book.con, of, column.name)
                kept += fields.put(book.con, of, field_id, wanted, by, renew=renew)
    return kept


def _wanted(only: Container[Whose] | None, of: str, name: str, whose: int | str) -> bool:
    return only is None or (of, name, whose) in only
