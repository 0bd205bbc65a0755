"""The history as a table: what was done, newest first."""

from __future__ import annotations

from opslog.exchange.writing.tables import Table
from opslog.locale import N_
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.book.contributions import Export, Scope
from opslog.services.book.export_cells import columns, in_days


def history_table(book: Book, scope: Scope) -> Table:
    heads = columns(("at", N_("Time")), ("change", N_("What was done")), ("undone", N_("Undone")))
    rows = (
        (one.at.astimezone(book.clock.zone), str(one.label), one.undone)
        for one in history.changes(book, history.count(book))
        if in_days(book, scope, one.at)
    )
    return Table("", heads, rows)


EXPORTS = {"history": Export(N_("history"), history_table, dated=True, of_event=False)}
