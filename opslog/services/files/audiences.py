"""Whoever may be written to by one channel, for another program to write to."""

from __future__ import annotations

from collections.abc import Iterator
from sqlite3 import Row

from opslog.exchange.writing.tables import Table
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book
from opslog.services.book.contributions import Export, Scope
from opslog.services.book.export_cells import columns, texts
from opslog.services.calls import outsiders
from opslog.services.people.export import PERSON, people, person_cells
from opslog.store.rosters import rosters

# Channel -> how somebody is reached by it, and the bar that leaves them out.
_CHANNELS = {
    "mailing": (("email", "emails"), "do_not_mail", N_("Left out, asked for no e-mail: {n}")),
    "messages": (("phone", "phones"), "do_not_write", N_("Left out, asked for no messages: {n}")),
}
_NO_WAY = {
    "mailing": N_("Left out, no e-mail: {n}"),
    "messages": N_("Left out, no phone and not on WeCom: {n}"),
}


def _reached(what: str, row: Row) -> bool:
    fields, _barred, _text = _CHANNELS[what]
    return any(row[name] for name in fields) or (what == "messages" and bool(row["wecom"]))


def _whoever(book: Book, scope: Scope) -> Iterator[tuple[Row, Msg | None]]:
    """Those of a scope, and why they are left out for what they are."""
    roster_id = scope.roster_id
    if roster_id is None and scope.event_id is not None:
        roster_id = rosters.of_event(book.con, scope.event_id) or None
    among = (
        scope.people if scope.keys is None else [one for one in scope.keys if isinstance(one, int)]
    )
    outside = outsiders.Outsiders(book, roster_id, among)
    for row in people(book, scope):
        yield row, outside.why(row["id"], outsiders.subject_of(row))


def _audience(what: str) -> Export:
    _fields, barred, said = _CHANNELS[what]

    def table(book: Book, scope: Scope) -> Table:
        heads = columns(*PERSON, ("events", N_("Events")))
        rows = (
            (*person_cells(row), texts(row["events"]))
            for row, outside in _whoever(book, scope)
            if outside is None and _reached(what, row) and not row[barred]
        )
        return Table("", heads, rows)

    def of_whom(book: Book, scope: Scope) -> Iterator[Msg]:
        some = list(_whoever(book, scope))
        yield from outsiders.said([why for _row, why in some if why is not None])
        rest = [row for row, why in some if why is None]
        asked = sum(bool(row[barred]) for row in rest)
        none = sum(not row[barred] and not _reached(what, row) for row in rest)
        for number, text in ((asked, said), (none, _NO_WAY[what])):
            if number:
                yield msg(text, n=number)

    label = N_("people to e-mail") if what == "mailing" else N_("people to message")
    return Export(label, table, left_out=of_whom, listed=True)


EXPORTS = {what: _audience(what) for what in _CHANNELS}
