"""When somebody came, by a file of who came: the first time they joined or signed in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from opslog.domain.base.clock import instant_text
from opslog.domain.imports.cells import moment, without_apostrophe
from opslog.services.book.book import Book
from opslog.services.imports.taking import Met
from opslog.store.events import basics
from opslog.store.rosters import writing as store

_AROUND = timedelta(days=1)  # of the event: any other moment is a misread date


def take(book: Book, event_id: int, columns: Sequence[int], met: Sequence[Met]) -> None:
    """Note it on the cards of those who came; the earliest moment of all files stays."""
    event = basics.of(book.con, event_id)
    assert event is not None  # its list has just come in
    opens, closes = event.starts_at - _AROUND, event.ends_at + _AROUND
    read: dict[str, datetime | None] = {}
    found: dict[int, datetime] = {}
    for one in met:
        cells = json.loads(one.cells)
        for at in columns:
            text = without_apostrophe(cells[at]) if at < len(cells) else ""
            if text not in read:
                read[text] = _within(book, text, opens, closes)
            when = read[text]
            if when is not None:
                found[one.card_id] = min(when, found.get(one.card_id, when))
    store.put_arrivals(book.con, {card: instant_text(when) for card, when in found.items()})


def _within(book: Book, text: str, opens: datetime, closes: datetime) -> datetime | None:
    """The moment a cell names, whichever way round it writes its day."""
    if not text.strip():
        return None
    read = (moment(text, book.clock.zone, month_first) for month_first in (None, True, False))
    return next((when for when in read if when and opens <= when.astimezone(UTC) <= closes), None)
