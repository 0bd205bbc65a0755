"""What an exported file is called."""

from __future__ import annotations

from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book

NAMES = {
    "log": N_("log"),
    "plan": N_("plan"),
    "calendar": N_("calendar"),
    "roster": N_("roster"),
    "calls": N_("calls"),
    "people": N_("people"),
}


def title(what: str, event: str = "") -> Msg:
    """What a file is called inside."""
    if not event:
        return msg(NAMES[what])
    return msg(N_("{what} of {event}"), what=msg(NAMES[what]), event=event)


def event_name(book: Book, event_id: int | None) -> str:
    """The name of an event, '' for none."""
    row = book.con.execute("SELECT name FROM event WHERE id=?", (event_id,)).fetchone()
    return "" if row is None else str(row["name"])
