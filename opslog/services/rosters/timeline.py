"""What the lists add to a person's time line."""

from __future__ import annotations

import sqlite3

from opslog.domain.base import damaged
from opslog.domain.base.clock import instant_of
from opslog.domain.people.card import CALLED, SIGNED_UP, Moment
from opslog.domain.rosters.rosters import ALSO, DOOR, SIGNUP, WAITING, WITHDRAWN
from opslog.locale import N_, msg, nmsg
from opslog.services.book.book import Book
from opslog.store.rosters import past_contacts
from opslog.store.rosters import problems as rows
from opslog.store.rosters import timeline as store
from opslog.store.rosters.withdrawal import standing

_STATES = {
    WITHDRAWN: N_("signed up, then withdrew"),
    WAITING: N_("signed up, waits for a place, a payment or an answer"),
}


def _brought(book: Book, card: sqlite3.Row) -> tuple[int, bool]:
    """Whom they were to bring as the files have it: what was answered since stands on the card,
    and is no part of how they signed up. Without a file, as the card has it."""
    from opslog.services.rosters.problems import read

    lines = rows.rows(book.con, standing.rows_of(book.con, card["id"]))
    if not lines:
        return card["guests"], bool(card["guests_more"])
    said = [
        read(book, line, damaged.mapping(line["mended"] or "{}"))
        for line in lines
        if line["result"] != ALSO
    ]
    one = next((one for one in reversed(said) if one.guests), None)
    return (one.guests, one.guests_more) if one else (0, False)


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
        n, or_more = _brought(book, row)
        if or_more:
            text = msg(N_("{what}, with {n} guests or more"), what=text, n=n)
        elif n:
            text = nmsg(N_("{what}, with {n} guest"), N_("{what}, with {n} guests"), n, what=text)
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
