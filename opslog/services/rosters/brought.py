"""Whom somebody on a list brings along."""

from __future__ import annotations

from opslog.domain.imports.guests import Brought
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book.book import Book
from opslog.store.rosters import cards


def put(book: Book, card_id: int, brings: Brought) -> None:
    """Write it on the card. Inside a change."""
    cards.set_guests(book.con, card_id, brings.number, brings.or_more)


def said(person: str | Msg, brings: Brought) -> Msg:
    """Who brings how many, in words."""
    if brings.or_more:
        return msg(N_("{person} brings {n} guests or more"), person=person, n=brings.number)
    return nmsg(
        N_("{person} brings {n} guest"),
        N_("{person} brings {n} guests"),
        brings.number,
        person=person,
    )
