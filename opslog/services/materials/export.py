"""Requests of materials as a table, and as the mailing list of the paper copies."""

from __future__ import annotations

from collections.abc import Iterator

from opslog.domain.materials.requests import (
    MEDIUM_TITLES,
    PAPER,
    SHOWN_TITLES,
    STATE_TITLES,
    TO_SEND,
    WHO_TITLES,
    Request,
)
from opslog.exchange.writing.cells import Cell
from opslog.exchange.writing.tables import Table
from opslog.exchange.writing.vcards import Contact
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book.book import Book
from opslog.services.book.contributions import Export, Scope
from opslog.services.book.export_cells import chosen, columns, in_days, named, phone
from opslog.services.materials import requests
from opslog.services.people.export import contacts_of

_PERSON = (
    ("person", N_("Name")),
    ("company", N_("Company")),
    ("title", N_("Title")),
    ("phone", N_("Phone")),
)
COLUMNS = (
    *_PERSON,
    ("email", N_("E-mail")),
    ("event", N_("Event")),
    ("asked", N_("Asked on")),
    ("who", N_("Who asks")),
    ("shown", N_("Shown by")),
    ("state", N_("State")),
    ("reason", N_("Reason")),
    ("medium", N_("What they get")),
    ("watermark", N_("Watermark")),
    ("address", N_("Address")),
    ("use", N_("What for")),
    ("sent", N_("Sent")),
    ("sent_by", N_("Sent by")),
)
MAILING = (*_PERSON, ("address", N_("Address")), ("event", N_("Event")))


def _requests(book: Book, scope: Scope) -> list[Request]:
    """``keys`` are cards; a day is that on which they asked, or it was sent."""
    found = chosen(requests.of_event(book, scope.event_id), scope.keys, lambda one: one.card_id)
    return [
        one
        for one in found
        if scope.holds(one.person_id)
        and in_days(book, scope, one.sent_at or book.clock.at(one.asked))
    ]


def table(book: Book, scope: Scope) -> Table:
    rows = (
        (
            *_person(one),
            one.email,
            one.event,
            one.asked,
            *(named(one.who, WHO_TITLES), named(one.shown, SHOWN_TITLES)),
            *(named(one.state, STATE_TITLES), one.reason),
            *(named(one.medium, MEDIUM_TITLES), one.watermark, one.address, one.use),
            one.sent_at and one.sent_at.astimezone(book.clock.zone),
            one.sent_by,
        )
        for one in _requests(book, scope)
    )
    return Table("", columns(*COLUMNS), rows)


def _person(one: Request) -> tuple[Cell, ...]:
    return one.person, one.company, one.title, phone(one.phone)


def _mailed(one: Request) -> bool:
    """Allowed and not sent yet, on paper, to somebody who may be written to."""
    paper = one.medium in ("", PAPER)
    return one.state == TO_SEND and paper and bool(one.address) and not one.no_mail


def mailing_list(book: Book, scope: Scope) -> Table:
    """For the courier: where the paper copies go."""
    rows = (
        (*_person(one), one.address, one.event) for one in _requests(book, scope) if _mailed(one)
    )
    return Table("", columns(*MAILING), rows)


def _left_out(book: Book, scope: Scope) -> Iterator[Msg]:
    """Of those who are to get a paper copy, who is not on the list, and why."""
    waiting = [
        one for one in _requests(book, scope) if one.state == TO_SEND and one.medium in ("", PAPER)
    ]
    barred = sum(one.no_mail for one in waiting)
    lost = sum(not one.address and not one.no_mail for one in waiting)
    if barred:
        yield nmsg(N_("{n} person asked for no mail"), N_("{n} people asked for no mail"), barred)
    if lost:
        yield msg(N_("{n} without an address"), n=lost)


def contacts(book: Book, scope: Scope) -> Iterator[Contact]:
    return contacts_of(book, (one.person_id for one in _requests(book, scope)))


EXPORTS = {
    "requests": Export(
        N_("requests of materials"), table, contacts=contacts, listed=True, dated=True
    ),
    "post": Export(
        N_("mailing list by post"), mailing_list, left_out=_left_out, listed=True, dated=True
    ),
}
