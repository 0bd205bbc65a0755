"""What is due as a table, in the order of Today."""

from __future__ import annotations

from collections import Counter

from opslog.domain.today.sections import sections
from opslog.domain.today.wording import GROUP_TITLES, label, reasons
from opslog.exchange.writing.tables import Table
from opslog.locale import N_
from opslog.services.book.book import Book
from opslog.services.book.contributions import Export, Scope
from opslog.services.book.export_cells import chosen, columns, in_days, named
from opslog.services.today import agenda


def today_table(book: Book, scope: Scope) -> Table:
    """As Today shows it; a key is kind, ref, and which of several of the same."""
    heads = columns(
        ("due", N_("Due")),
        ("title", N_("What")),
        ("event", N_("Event")),
        ("person", N_("Person")),
        ("people", N_("Number of people")),
        ("group", N_("Group")),
        ("why", N_("Why")),
        ("flagged", N_("Flagged")),
    )
    seen: Counter[tuple[str, int]] = Counter()
    found = []
    ranked = sections(agenda.today(book))
    for place in (place for section in ranked for place in section.places):
        item = place.item
        seen[item.kind, item.ref] += 1
        found.append(((item.kind, item.ref, seen[item.kind, item.ref] - 1), place))
    rows = (
        (
            due if place.item.timed else due.date(),
            label(place.item),
            place.item.event,
            place.item.person,
            place.item.people,
            named(place.group, GROUP_TITLES),
            tuple(reasons(place)),
            place.item.flagged,
        )
        for due, place in (
            (place.item.due.astimezone(book.clock.zone), place)
            for _key, place in chosen(found, scope.keys, lambda one: one[0])
            if in_days(book, scope, place.item.due)
        )
    )
    return Table("", heads, rows)


EXPORTS = {"today": Export(N_("what is due"), today_table, dated=True, of_event=False)}
