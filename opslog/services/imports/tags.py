"""The tags of a list, put on its people. None is taken off."""

from __future__ import annotations

import json
import re

from opslog.domain.base.text import storable
from opslog.domain.rosters.extras import TAGS
from opslog.services.book.book import Book
from opslog.services.imports.taking import Beside, Taken
from opslog.store.people import card as people_store
from opslog.store.rosters import since

_BETWEEN = re.compile(r"[,，、;；|\n]")


def take(book: Book, taken: Taken) -> int:
    """How many people got a tag they had not. A cell that says a person's tags says nothing new."""
    said: dict[int, list[str]] = {}
    for one in taken.met:
        cells = json.loads(one.cells)
        for at in taken.extras.tags:
            if at < len(cells) and cells[at].strip():
                said.setdefault(one.person_id, []).append(cells[at].strip())
    before = {person.id: person.tags for person in people_store.many(book.con, list(said))}
    changed, same = [], []
    for id, cells in said.items():
        known = before.get(id, ())
        parts = [tag for cell in cells if cell != ", ".join(known) for tag in _BETWEEN.split(cell)]
        new = [tag for tag in dict.fromkeys(map(_plain, parts)) if tag and tag not in known]
        for tag in new:
            people_store.put_tag(book.con, id, tag)
        changed += [id] if new else []
        every = {_plain(tag) for cell in cells for tag in _BETWEEN.split(cell)}
        same += [(id, tag) for tag in known if tag in every]
    if taken.kept and not taken.extras.own:
        since.rest_on_tags(book.con, same)
    people_store.reindex(book.con, changed)
    return len(changed)


def _plain(tag: str) -> str:
    return storable(" ".join(tag.split())).lstrip("#")


TAKES = Beside(TAGS, take)
