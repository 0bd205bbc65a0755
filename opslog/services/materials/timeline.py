"""What requests add to a person's time line: that the materials were sent."""

from __future__ import annotations

from opslog.domain.base.clock import instant_of
from opslog.domain.people.card import CALLED, Moment
from opslog.locale import N_, msg
from opslog.services.book.book import Book
from opslog.store.materials import requests as store


def moments(book: Book, person_id: int) -> list[Moment]:
    found = []
    for row in store.of_person(book.con, person_id):
        text = msg(N_("materials sent"))
        if row["sent_by"]:
            text = msg(N_("{text}, {detail}"), text=text, detail=row["sent_by"])
        event = (row["event_id"], row["event"])
        found.append(Moment(instant_of(row["sent_at"]), CALLED, text, *event))
    return found
