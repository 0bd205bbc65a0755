"""What leads add to a person's time line."""

from __future__ import annotations

from opslog.domain.base.clock import instant_of
from opslog.domain.base.money import yuan_text
from opslog.domain.leads.leads import HANDED_OVER, TITLES
from opslog.domain.people.card import CALLED, Moment
from opslog.locale import N_, msg
from opslog.services.book.book import Book
from opslog.store.leads import leads as store


def moments(book: Book, person_id: int) -> list[Moment]:
    """Every state of their leads."""
    found = []
    for row in store.states(book.con, person_id):
        text = msg(N_("lead: {state}"), state=msg(TITLES[row["state"]]))
        if row["state"] == HANDED_OVER:
            text = msg(N_("{text}, {detail}"), text=text, detail=row["to_whom"])
        if row["cents"] is not None:
            text = msg(N_("{text}, {detail}"), text=text, detail=yuan_text(row["cents"]))
        if row["reason"]:
            text = msg(N_("{text} ({reason})"), text=text, reason=row["reason"])
        event = (row["event_id"], row["event"] or "")
        found.append(Moment(instant_of(row["at"]), CALLED, text, *event))
    return found
