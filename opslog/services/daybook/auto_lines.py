"""Lines the log writes by itself, so that it tells the day without typing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from opslog.domain.base.clock import instant_text
from opslog.domain.base.labels import pack
from opslog.locale import LANGUAGES, Msg
from opslog.services.book.book import Book
from opslog.store.db import search


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
    now = instant_text(book.now())
    line = str(text).replace("\0", "␀")
    both = {text.render(language).replace("\0", "␀") for language in LANGUAGES}
    cursor = book.con.execute(
        "INSERT INTO log(at, text, event_id, minutes, flagged, source, search, created_at,"
        " label, args) VALUES (?,?,?,?,?,?,?,?,?,?)",
        (
            now if at is None else instant_text(at),
            line,
            event_id,
            minutes,
            flagged,
            source,
            search.index_text(*sorted(both)),
            now,
            text.id,
            pack(text).replace("\\u0000", "␀"),
        ),
    )
    log_id = cursor.lastrowid
    assert log_id is not None
    for person_id in person_ids:
        book.con.execute(
            "INSERT INTO log_person(log_id, person_id, name)"
            " SELECT ?, id, name FROM person WHERE id=?",
            (log_id, person_id),
        )
    return log_id
