"""The tags of a list, put on its people. None is taken off."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator, Sequence

from opslog.domain.base.text import storable
from opslog.domain.rosters.extras import TAGS, Extras
from opslog.services.book.book import Book
from opslog.services.imports.taking import Beside, Met, Taken
from opslog.store.people import card as people_store

_BETWEEN = re.compile(r"[,，、;；|\n]")


def take(book: Book, taken: Taken) -> int:
    """How many people got a tag they had not. A cell that says a person's tags says nothing new."""
    said = _said(taken.extras, taken.met)
    before = {person.id: person.tags for person in people_store.many(book.con, list(said))}
    changed = []
    for id, cells in said.items():
        known = before.get(id, ())
        new = [tag for tag in _tags(c for c in cells if c != ", ".join(known)) if tag not in known]
        for tag in new:
            people_store.put_tag(book.con, id, tag)
        changed += [id] if new else []
    people_store.reindex(book.con, changed)
    return len(changed)


def put_again(
    book: Book, extras: Extras, met: Sequence[Met], gone: Container[tuple[int, str]]
) -> None:
    """Of the tags a withdrawal took off (person, tag) put those on that this list says too."""
    for id, cells in _said(extras, met).items():
        for tag in _tags(cells):
            if (id, tag) in gone:
                people_store.put_tag(book.con, id, tag)


def _said(extras: Extras, met: Sequence[Met]) -> dict[int, list[str]]:
    """Person → the cells with their tags."""
    said: dict[int, list[str]] = {}
    for one in met:
        cells = json.loads(one.cells)
        for at in extras.tags:
            if at < len(cells) and cells[at].strip():
                said.setdefault(one.person_id, []).append(cells[at].strip())
    return said


def _tags(cells: Iterable[str]) -> Iterator[str]:
    """The tags that cells say, each once."""
    parts = (_plain(part) for cell in cells for part in _BETWEEN.split(cell))
    return iter(dict.fromkeys(tag for tag in parts if tag))


def _plain(tag: str) -> str:
    return storable(" ".join(tag.split())).lstrip("#")


TAKES = Beside(TAGS, take)
