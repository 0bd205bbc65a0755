"""Lines the log writes by itself, so that it tells the day without typing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from opslog.domain.base.labels import pack
from opslog.locale import LANGUAGES, Msg
from opslog.services.book.book import Book
from opslog.store.daybook import auto_lines as store


def write(
    book: Book,
    text: Msg,
    *,
    source: str,
    event_id: int | None = None,
    person_ids: Sequence[int] = (),
    at: datetime | None = None,
    minutes: int | None = None,
    flagged: bool = False,
) -> int:
    """Add an automatic line inside the change in hand; its id.

    ``source``: event, step, call, round or import. It is shown in the language spoken then (see
    labels.spoken), and found by the words of both.
    """
    now = book.now()
    both = {text.render(language).replace("\0", "␀") for language in LANGUAGES}
    return store.insert(
        book.con,
        at=now if at is None else at,
        text=str(text).replace("\0", "␀"),
        event_id=event_id,
        minutes=minutes,
        flagged=flagged,
        source=source,
        words=sorted(both),
        label=text.id,
        args=pack(text).replace("\\u0000", "␀"),
        person_ids=person_ids,
        now=now,
    )
