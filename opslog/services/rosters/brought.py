"""Whom somebody on a list brings along."""

from __future__ import annotations

from opslog.domain.imports.guests import Brought
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book.book import Book
from opslog.store.rosters.rosters import of_event


def put(book: Book, card_id: int, brings: Brought) -> None:
    """Write it on the card. Inside a change."""
    book.con.execute(
        "UPDATE card SET guests=?, guests_more=? WHERE id=?",
        (brings.number, brings.or_more, card_id),
    )


def card_of(book: Book, person_id: int, event_id: int) -> int | None:
    """Somebody's card on the list of an event; None where they are not on it."""
    row = book.con.execute(
        "SELECT id FROM card WHERE roster_id=? AND person_id=?",
        (of_event(book.con, event_id), person_id),
    ).fetchone()
    return None if row is None else int(row[0])


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
