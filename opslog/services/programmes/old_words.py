"""The words of messages that want a look, as one line of Today; read for the first screen at a
start, so it imports little."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from opslog.domain.base.due import Due
from opslog.domain.base.sentences import labelled, listed
from opslog.locale import N_, msg
from opslog.services.book.book import Book, Change
from opslog.services.book.contributions import DueKind
from opslog.store.programmes import contents as store

KIND = "content"
YEAR = timedelta(days=365)  # "revise often at the start, then once a year"
_NAMED = 4


def due(book: Book) -> list[Due]:
    """At most one: what is old, or names what is no longer so."""
    if not store.begun(book.con):
        return []
    from opslog.domain.programmes.contents import said
    from opslog.services.programmes import contents

    found = contents.old(book)
    if not found:
        return []
    names = listed(
        [*(said(one.label) for one, _why in found[:_NAMED]), *["…"][: len(found) > _NAMED]]
    )
    title = msg(N_("Revise the words of {pieces}"), pieces=names)
    first, why = found[0]
    return [
        Due(
            kind=KIND,
            ref=first.id,
            title=str(title),
            due=book.clock.at(book.today()),
            detail=labelled(said(first.label), why),
            label=title,
        )
    ]


def _done(book: Book, _ref: int) -> Change:
    """They are right as they are: looked at again in a year."""
    return _again(book, book.today() + YEAR)


def _put_off(book: Book, _ref: int, until: datetime, _timed: bool = False) -> Change:
    return _again(book, until.astimezone(book.clock.zone).date())


def _again(book: Book, on: date) -> Change:
    from opslog.services.programmes import contents

    return contents.look_again(book, [one.id for one, _why in contents.old(book)], on)


KINDS = {KIND: DueKind(done=_done, move=_put_off, snooze=_put_off, by_label=True)}
