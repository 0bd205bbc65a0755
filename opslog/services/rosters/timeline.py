"""What the lists add to a person's time line."""

from __future__ import annotations

from opslog.domain.base.clock import instant_of
from opslog.domain.people.card import CALLED, SIGNED_UP, Moment
from opslog.domain.rosters.rosters import DOOR, SIGNUP, WAITING, WITHDRAWN
from opslog.locale import N_, msg, nmsg
from opslog.services.book.book import Book
from opslog.store.rosters import past_contacts
from opslog.store.rosters import timeline as store

_STATES = {
    WITHDRAWN: N_("signed up, then withdrew"),
    WAITING: N_("signed up, waits for a place, a payment or an answer"),
}


def moments(book: Book, person_id: int) -> list[Moment]:
    """The lists they came on, and whether they came to the event; what lists told."""
    found = []
    for row in store.cards(book.con, person_id):
        if row["signed_up_at"]:
            at, text = row["signed_up_at"], msg(N_("signed up"))
        else:
            at = store.earliest_import(book.con, row["id"]) or row["created_at"]
            text = msg(N_("put on the list"))
        if row["state"] in _STATES:
            text = msg(_STATES[row["state"]])
        if row["list"] != SIGNUP:
            text = msg(N_("put on the list {name}"), name=row["roster"])
        elif row["replaced_by"]:
            text = msg(N_("signed up; {name} comes instead"), name=row["replaced_by"])
        elif row["instead_of"]:
            text = msg(N_("comes instead of {name}"), name=row["instead_of"])
        elif row["way"] == DOOR:
            text = msg(N_("came without signing up"))
        if row["guests"]:
            n = row["guests"]
            if row["guests_more"]:
                text = msg(N_("{what}, with {n} guests or more"), what=text, n=n)
            else:
                text = nmsg(
                    N_("{what}, with {n} guest"), N_("{what}, with {n} guests"), n, what=text
                )
        event = (row["event_id"], row["event"])
        found.append(Moment(instant_of(at), SIGNED_UP, text, *event))
        if row["attended"] is not None:
            came = msg(N_("was there")) if row["attended"] else msg(N_("did not come"))
            met = bool(row["attended"])
            found.append(Moment(instant_of(row["starts_at"]), SIGNED_UP, came, *event, met=met))
    for row in past_contacts.of_person(book.con, person_id):
        text = msg(N_("{text} (told by {file})"), text=row["text"], file=row["file"])
        found.append(Moment(instant_of(row["at"]), CALLED, text))
    return found
