"""A history from a customer system, kept as dated entries of its people with the file as source.

They are no calls of opslog's: no outcome is known of them, so they count for no budget.
"""

from __future__ import annotations

import json

from opslog.domain.base.clock import instant_text
from opslog.domain.imports import past_contacts
from opslog.domain.imports.cells import moment, without_apostrophe
from opslog.domain.rosters.extras import HISTORY
from opslog.services.book.book import Book
from opslog.services.imports.taking import Beside, Taken
from opslog.store.rosters import past_contacts as store


def take(book: Book, taken: Taken) -> int:
    """How many people a row tells something of. What has no day of its own is of the day in the
    column of the last contact, where there is one, else of the import."""
    zone, came_in = book.clock.zone, instant_text(taken.at)
    said_before = store.known(book.con)
    told: dict[tuple[int, str, str], None] = {}
    for one in taken.met:
        cells = [*json.loads(one.cells), ""]
        day = cells[taken.extras.last_contact] if taken.extras.last_contact < len(cells) else ""
        last = moment(day, zone)
        for at in taken.extras.history:
            cell = without_apostrophe(cells[at]) if at < len(cells) else ""
            for when, text in past_contacts.entries(cell, zone):
                if when is None and (one.person_id, text) in said_before:
                    continue
                instant = when or last
                told[one.person_id, instant_text(instant) if instant else came_in, text] = None
    store.put(book.con, taken.file_id, told)
    return len({person_id for person_id, _at, _text in told})


TAKES = Beside(HISTORY, take)
