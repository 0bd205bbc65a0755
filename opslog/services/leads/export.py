"""Leads as a table for sales: who, what is known and was said, where from, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator

from opslog.domain.leads.leads import PARTS, TITLES, Lead, part_text
from opslog.exchange.writing.cells import Named
from opslog.exchange.writing.tables import Table
from opslog.exchange.writing.vcards import Contact
from opslog.locale import N_, _
from opslog.services.book.book import Book
from opslog.services.book.contributions import Export, Scope
from opslog.services.book.export_cells import columns, in_days, named, phone
from opslog.services.leads import leads
from opslog.services.people.export import contacts_of
from opslog.store.leads import leads as store
from opslog.store.people import export as people_store

COLUMNS = (
    ("person", N_("Name")),
    ("company", N_("Company")),
    ("title", N_("Title")),
    ("phone", N_("Phone")),
    ("email", N_("E-mail")),
    ("city", N_("City")),
    *PARTS.items(),
    ("said", N_("What was said")),
    ("to_whom", N_("Handed to")),
    ("handed_over", N_("Handed over")),
    ("state", N_("State")),
    ("since", N_("Since")),
    ("reason", N_("Reason")),
    ("amount", N_("Amount")),
    ("event", N_("Event")),
    ("community", N_("From the group")),
    ("channel", N_("By channel")),
    ("programme", N_("Programme")),
    ("by_whom", N_("Handed over by")),
)


def _leads(book: Book, scope: Scope) -> Iterator[Lead]:
    """``keys`` are leads; a day is that of the hand-over."""
    wanted = None if scope.keys is None else set(scope.keys)
    for one in leads.leads(book, scope.event_id):
        among = (wanted is None or one.id in wanted) and scope.holds(one.person_id)
        if among and in_days(book, scope, one.handed_at or one.at):
            yield one


def table(book: Book, scope: Scope) -> Table:
    found = [*_leads(book, scope)]
    ids = [one.person_id for one in found]
    people = people_store.people(book.con, None, ids)
    reached = {row["id"]: (row["email"], row["city"]) for row in people}
    said = store.said(book.con, ids)
    zone = book.clock.zone
    rows = (
        (
            *(one.person, one.company, one.title, phone(one.phone)),
            *reached.get(one.person_id, ("", "")),
            *(Named(value, str(part_text(value))) for value in one.known.values()),
            *(said.get(one.person_id, ()), one.to_whom),
            one.handed_at and one.handed_at.astimezone(zone),
            *(named(one.state, TITLES), one.at.astimezone(zone)),
            *(one.reason, None if one.cents is None else one.cents / 100, one.event),
            *(one.community, one.channel, one.programme, one.by_whom),
        )
        for one in found
    )
    return Table("", columns(*COLUMNS), rows)


def contacts(book: Book, scope: Scope) -> Iterator[Contact]:
    """For the telephone of whoever takes them over, what is known of each as a note."""
    found = [*_leads(book, scope)]
    notes = {
        one.person_id: "\n".join(
            f"{_(PARTS[part])}: {part_text(value)}" for part, value in one.known.items() if value
        )
        for one in found
    }
    return contacts_of(book, notes, notes)


EXPORTS = {
    "handover": Export(N_("Leads"), table, contacts=contacts, listed=True, dated=True),
}
