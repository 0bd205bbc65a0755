"""Leads as a table: one row each, as they stand."""

from __future__ import annotations

from collections.abc import Iterator

from opslog.domain.leads.leads import PARTS, TITLES, Lead, part_text
from opslog.exchange.writing.tables import Table
from opslog.exchange.writing.vcards import Contact
from opslog.locale import N_, _, msg
from opslog.services.book.book import Book
from opslog.services.book.contributions import Export, Scope
from opslog.services.book.export_cells import columns, in_days, phone
from opslog.services.leads import leads
from opslog.services.people.export import contacts_of

COLUMNS = (
    ("person", N_("Name")),
    ("company", N_("Company")),
    ("title", N_("Title")),
    ("phone", N_("Phone")),
    *PARTS.items(),
    ("to_whom", N_("Handed to")),
    ("state", N_("State")),
    ("since", N_("Since")),
    ("reason", N_("Reason")),
    ("amount", N_("Amount")),
    ("event", N_("Event")),
)


def _leads(book: Book, scope: Scope) -> Iterator[Lead]:
    """``keys`` are leads; a day is that of the hand-over."""
    wanted = None if scope.keys is None else set(scope.keys)
    for one in leads.leads(book, scope.event_id):
        among = (wanted is None or one.id in wanted) and scope.holds(one.person_id)
        if among and in_days(book, scope, one.handed_at or one.at):
            yield one


def table(book: Book, scope: Scope) -> Table:
    rows = (
        (
            *(one.person, one.company, one.title, phone(one.phone)),
            *(str(part_text(value)) for value in one.known.values()),
            *(one.to_whom, str(msg(TITLES[one.state])), one.at.astimezone(book.clock.zone)),
            *(one.reason, None if one.cents is None else one.cents / 100, one.event),
        )
        for one in _leads(book, scope)
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
