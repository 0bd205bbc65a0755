"""Leads as a table: one row each, as they stand."""

from __future__ import annotations

from opslog.domain.leads.leads import PARTS, TITLES, part_text
from opslog.exchange.writing.tables import Table
from opslog.locale import N_, msg
from opslog.services.book.book import Book
from opslog.services.book.contributions import Export, Scope
from opslog.services.book.export_cells import columns, phone
from opslog.services.leads import leads

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


def table(book: Book, scope: Scope) -> Table:
    """``keys`` are leads."""
    wanted = None if scope.keys is None else set(scope.keys)
    rows = [
        (
            *(one.person, one.company, one.title, phone(one.phone)),
            *(str(part_text(value)) for value in one.known.values()),
            *(one.to_whom, str(msg(TITLES[one.state])), one.at.astimezone(book.clock.zone)),
            *(one.reason, None if one.cents is None else one.cents / 100, one.event),
        )
        for one in leads.leads(book, scope.event_id)
        if (wanted is None or one.id in wanted) and scope.holds(one.person_id)
    ]
    return Table("", columns(*COLUMNS), rows)


EXPORTS = {"handover": Export(N_("Leads"), table)}
