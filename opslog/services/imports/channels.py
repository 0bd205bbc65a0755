"""By which channel the people of a list signed up: a column of it becomes channels of the event."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qsl, urlsplit

from opslog.domain.base.text import storable
from opslog.domain.events.channels import Channel, kind_of, meant, of_stop
from opslog.domain.imports.cells import clean, without_apostrophe
from opslog.domain.rosters.extras import CHANNELS
from opslog.services.book.book import Book
from opslog.services.imports.taking import Beside, Taken
from opslog.store.db import journal
from opslog.store.events import channels as store
from opslog.store.rosters.rosters import stop_of

_BETWEEN = re.compile(r"[┋|;；、，,\n]")  # of several that were ticked the first counts
_IN_LINKS = ("utm_source", "channel", "source", "from", "code")
_LONGEST = 40  # characters: what is longer is a remark
_MOST = 50  # channels that one list may bring: a column with more holds something else


def take(book: Book, taken: Taken) -> int:
    """How many cards say by which channel, which said it of none before. A channel the event has
    not is made; what was typed or said before stays."""
    unsaid = store.unsaid(book.con, taken.roster_id)
    cards: dict[str, list[int]] = {}
    for met in taken.met if unsaid else ():
        cells = json.loads(met.cells)
        cell = cells[taken.extras.channel] if taken.extras.channel < len(cells) else ""
        if met.card_id in unsaid and (words := _words(cell)):
            cards.setdefault(words, []).append(met.card_id)
            unsaid.discard(met.card_id)  # the first row of a person counts
    stop_id = stop_of(book.con, taken.roster_id)
    known = of_stop(store.of(book.con, taken.event_id), stop_id)
    makes = sum(meant(words, known) is None for words in cards) <= _MOST
    said = 0
    for words, ids in cards.items():
        one = meant(words, known)
        if one is None and makes:
            made = Channel(0, words, kind_of(words)[0], stop_id=stop_id)
            one = made._replace(id=store.insert(book.con, taken.event_id, made))
            known.append(one)
        if one is not None:
            store.assign(book.con, one.id, [id for id in ids if id < taken.first_card])
            with journal.of_new_rows(book.con):
                store.assign(book.con, one.id, [id for id in ids if id >= taken.first_card])
            said += len(ids)
    return said


def _words(cell: str) -> str:
    """What a cell calls its channel; '' where it says none."""
    text = clean(without_apostrophe(cell))
    if text.startswith(("http://", "https://")):
        asked = dict(parse_qsl(urlsplit(text).query))
        text = next((asked[name] for name in _IN_LINKS if asked.get(name)), "")
    if not kind_of(text)[1]:
        text = clean(_BETWEEN.split(text, 1)[0])
    return storable(text) if len(text) <= _LONGEST and any(map(str.isalnum, text)) else ""


TAKES = Beside(CHANNELS, take)
