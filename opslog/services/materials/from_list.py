"""What a list says of requests: columns of it fill what nobody wrote of a request yet."""

from __future__ import annotations

import json

from opslog.domain.base.text import storable
from opslog.domain.imports.cells import clean, without_apostrophe
from opslog.domain.materials.requests import FILE, PAPER
from opslog.domain.rosters.extras import REQUESTS
from opslog.services.book.book import Book
from opslog.services.imports.taking import Beside, Taken
from opslog.store.materials import requests as store

_MEDIA = {PAPER: ("纸", "paper", "print", "hard"), FILE: ("电子", "pdf", "file", "digital")}


def take(book: Book, taken: Taken) -> int:
    """How many requests it says something of, where the event is a release of materials. What was
    typed or said before stays."""
    if not store.is_materials(book.con, taken.event_id):
        return 0
    known = {one.card_id: one for one in store.requests(book.con, book.clock, taken.event_id)}
    found: dict[int, dict[str, object]] = {}
    for met in taken.met:
        cells = json.loads(met.cells)
        for said, at in taken.extras.request:
            text = storable(clean(without_apostrophe(cells[at]))) if at < len(cells) else ""
            text = _medium(text) if said == "medium" else text
            one = known.get(met.card_id)
            if text and one is not None and not getattr(one, said):
                found.setdefault(met.card_id, {}).setdefault(said, text)
    for card_id, values in found.items():
        store.write(book.con, card_id, taken.event_id, values)
    return len(found)


def _medium(text: str) -> str:
    """Paper or file; '' where a cell says neither or both."""
    folded = text.casefold()
    meant = [code for code, words in _MEDIA.items() if any(word in folded for word in words)]
    return meant[0] if len(meant) == 1 else ""


TAKES = Beside(REQUESTS, take)
