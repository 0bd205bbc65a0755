"""What a list said before, and this one says otherwise: renewed where nobody typed it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from opslog.domain.imports.cells import clean, without_apostrophe
from opslog.domain.imports.report import Filled, RosterLine
from opslog.domain.people.card import FIELDS
from opslog.domain.people.naming.names import company_key, fold
from opslog.services.book.book import Book
from opslog.store.people import card as people_store
from opslog.store.rosters import renewing as store
from opslog.store.twins import pairs

Otherwise = Mapping[tuple[int, str], Filled]  # by person and field


def untyped(book: Book, otherwise: Otherwise, file_id: int = 0) -> dict[tuple[int, str], Filled]:
    """Those where what stands there came by another file than this, and was not typed since."""
    ids = {id for id, _field in otherwise}
    if not ids:
        return {}
    typed = store.typed(book.con, ids, {name: FIELDS[name] for _id, name in otherwise})
    said: dict[int, set[str]] = {}
    for person_id, cells in store.cells(book.con, ids, file_id):
        known = said.setdefault(person_id, set())
        known.update(fold(clean(without_apostrophe(cell))) for cell in json.loads(cells))
    return {
        key: told
        for key, told in otherwise.items()
        if key not in typed and fold(told.old) in said.get(key[0], ())
    }


def renew(book: Book, otherwise: Otherwise, file_id: int) -> int:
    """Put what the file says; how many values that were. Inside the change of the import."""
    new: dict[int, dict[str, object]] = {}
    for (id, name), told in untyped(book, otherwise, file_id).items():
        new.setdefault(id, {})[name] = told.new
    for id, values in new.items():
        if "company" in values:
            key = company_key(str(values["company"]))
            values["company_key"] = pairs.folded(book.con, [key]).get(key, key)
        people_store.update(book.con, id, values)
    people_store.reindex(book.con, list(new))
    return sum(len(values.keys() - {"company_key"}) for values in new.values())


def shown(lines: Iterable[RosterLine], renewed: Iterable[Filled]) -> tuple[RosterLine, ...]:
    """The lines of a dry run with what they renew among what they fill."""
    known = set(map(id, renewed))
    return tuple(
        replace(
            one,
            filled=(*one.filled, *(told for told in one.differs if id(told) in known)),
            differs=tuple(told for told in one.differs if id(told) not in known),
        )
        if one.differs
        else one
        for one in lines
    )
