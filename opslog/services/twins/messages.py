"""What becomes of messages where two people become one, and how it is said."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.base.sentences import in_turn
from opslog.domain.people.card import WRITE
from opslog.domain.programmes.merging import ACTIVE, Place, spent, yielding
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.store.people import suppressed
from opslog.store.programmes import merged as store


def before(book: Book, keep: int, other: int) -> list[Place]:
    """What ends before ``other`` is part of ``keep``. The places of both that ran."""
    kept, coming = store.places(book.con, keep), store.places(book.con, other)
    lost = yielding(kept, coming)
    lost += spent(kept, [one for one in coming if one not in lost])
    lost += spent(coming, kept)
    store.end(book.con, lost)
    return [one for one in (*kept, *coming) if one.runs]


def said(book: Book, label: Msg, keep: int, ran: Sequence[Place]) -> Msg:
    """What was done, with what goes on of the places that ``ran``, what waits, and what ends."""
    if not ran:
        return label
    now = [one for one in store.places(book.con, keep) if one.runs]
    parts: list[Msg] = []
    if len(now) < len(ran):
        parts += [
            msg(
                N_("“{programme}” goes on") if one.state == ACTIVE else N_("“{programme}” waits"),
                programme=_title(book, one.programme),
            )
            for one in now
        ]
        ended = {one.programme: one for one in ran}.keys() - {one.programme for one in now}
        parts += [msg(N_("“{programme}” ends"), programme=_title(book, c)) for c in sorted(ended)]
    if now and suppressed.of_person(book.con, keep, WRITE) is not None:
        parts = [msg(N_("nothing more is sent: not to be written to"))]
    return in_turn([label, *parts])


def _title(book: Book, code: str) -> object:
    programme = own_kinds.programme(book, code)
    return programme.named if programme else code
