"""When people were added on WeCom, as its list of customers tells: that they accepted then, for the
programme of new contacts and whoever is to be asked. No step of the operator's day: no log line.
"""

from __future__ import annotations

import json
from datetime import datetime

from opslog.domain.calls.outcomes import ADD, WECOM
from opslog.domain.calls.retries import Attempt
from opslog.domain.imports.cells import moment, without_apostrophe
from opslog.domain.rosters.extras import ADDED
from opslog.services.book.book import Book
from opslog.services.imports.taking import Beside, Taken
from opslog.store.calls import adding as store
from opslog.store.calls import touches

ACCEPTED = "accepted"


def take(book: Book, taken: Taken) -> int:
    """How many people it was told of for the first time; the earliest moment of each."""
    zone, now = book.clock.zone, book.now()
    added: dict[int, datetime] = {}
    for one in taken.met:
        cells = json.loads(one.cells)
        for at in taken.extras.added:
            cell = without_apostrophe(cells[at]) if at < len(cells) else ""
            when = moment(cell, zone)
            if when is not None and when <= now:
                added[one.person_id] = min(when, added.get(one.person_id, when))
    asked = store.asked(book.con, added)
    known = {id for id, some in asked.items() if any(one.outcome == ACCEPTED for one in some)}
    new = {id: when for id, when in added.items() if id not in known}
    for person_id, when in new.items():
        attempt = Attempt(0, 0, ADD, WECOM, ACCEPTED, "", "", when)
        event_id = taken.event_id
        touches.add_touch(book.con, attempt, person_id, counts=False, event_id=event_id)
    return len(new)


TAKES = Beside(ADDED, take)
