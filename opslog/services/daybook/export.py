"""The log as a table."""

from __future__ import annotations

from opslog.domain.base.labels import spoken
from opslog.exchange.writing.tables import Table
from opslog.locale import N_
from opslog.services.book.book import Book
from opslog.services.book.contributions import Export, Scope
from opslog.services.book.export_cells import between, columns, moment, named, texts
from opslog.store.daybook import export as store

SOURCES = {
    "typed": N_("typed"),
    "event": N_("event"),
    "step": N_("plan step"),
    "call": N_("call"),
    "round": N_("round"),
    "import": N_("import"),
    "follow_up": N_("follow-up"),
    "lead": N_("hand-over"),
    "told": N_("passing on"),
    "material": N_("materials sent"),
}


def log_table(book: Book, scope: Scope) -> Table:
    heads = columns(
        ("at", N_("Time")),
        ("text", N_("Text")),
        ("tags", N_("Tags")),
        ("event", N_("Event")),
        ("people", N_("People")),
        ("minutes", N_("Minutes")),
        ("flagged", N_("Flagged")),
        ("source", N_("Source")),
    )
    rows = (
        (
            moment(book, row["at"]),
            spoken(row["text"], row["label"], row["args"]),
            texts(row["tags"]),
            row["event"],
            texts(row["people"]),
            row["minutes"],
            bool(row["flagged"]),
            named(row["source"], SOURCES),
        )
        for row in store.log_lines(book.con, scope.event_id, scope.keys, between(book, scope))
    )
    return Table("", heads, rows)


def number(book: Book, scope: Scope) -> int:
    return store.count(book.con, scope.event_id, scope.keys, between(book, scope))


EXPORTS = {"log": Export(N_("log"), log_table, dated=True, number=number)}
