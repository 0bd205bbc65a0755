"""People as a table, and as cards for an address book."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from opslog.exchange.writing.cells import Cell
from opslog.exchange.writing.tables import Column, Table
from opslog.exchange.writing.vcards import Contact
from opslog.locale import N_
from opslog.services.book.book import Book
from opslog.services.book.contributions import Export, Scope
from opslog.services.book.export_cells import columns, phone, phones, texts, yes_no
from opslog.store.people import export as store
from opslog.store.people import fields, suppressed

PERSON = (
    ("person", N_("Name")),
    ("company", N_("Company")),
    ("title", N_("Title")),
    ("phone", N_("Phone")),
    ("email", N_("E-mail")),
    ("city", N_("City")),
    ("industry", N_("Industry")),
    ("wecom", N_("On WeCom")),
    ("tags", N_("Tags")),
    ("phones", N_("Further phones")),
    ("emails", N_("Further e-mails")),
)


def person_cells(row: sqlite3.Row) -> tuple[Cell, ...]:
    """The cells of PERSON."""
    return (
        row["name"],
        row["company"],
        row["title"],
        phone(row["phone"]),
        row["email"],
        row["city"],
        row["industry"],
        yes_no(row["wecom"]),
        texts(row["tags"]),
        phones(row["phones"]),
        tuple(row["emails"].split()),
    )


def own_columns(book: Book) -> list[Column]:
    """A column for each field of the operator's own."""
    return [Column(name, name, "field") for name in fields.names(book.con)]


def own_cells(row: sqlite3.Row, columns: Sequence[Column]) -> tuple[Cell, ...]:
    """The cells of these columns."""
    values = json.loads(row["own"] or "{}")
    return tuple(values.get(column.key) for column in columns)


def people(book: Book, scope: Scope) -> Iterator[sqlite3.Row]:
    """Those of a scope, as ``store.people``."""
    for row in store.people(book.con, scope.event_id, scope.keys):
        if scope.holds(row["id"]):
            yield row


def people_table(book: Book, scope: Scope) -> Table:
    own = own_columns(book)
    heads = columns(
        ("name", N_("Name")),
        *PERSON[1:],
        ("do_not_call", N_("Do not call")),
        ("do_not_call_since", N_("Do not call since")),
        ("do_not_message", N_("Do not message")),
        ("do_not_mail", N_("Do not e-mail")),
        ("note", N_("Note")),
        ("events", N_("Events")),
    )
    rows = (
        (
            *person_cells(row),
            bool(row["do_not_call"]),
            _since(book, row),
            bool(row["do_not_write"]),
            bool(row["do_not_mail"]),
            row["note"],
            texts(row["events"]),
            *own_cells(row, own),
        )
        for row in people(book, scope)
    )
    return Table("", [*heads, *own], rows)


def _since(book: Book, row: sqlite3.Row) -> Cell:
    found = suppressed.of_person(book.con, row["id"]) if row["do_not_call"] else None
    return None if found is None else found.since.astimezone(book.clock.zone)


def contacts(book: Book, scope: Scope, notes: Mapping[int, str] | None = None) -> Iterator[Contact]:
    """People for an address book, also those that have nothing to be reached by. ``notes`` stand
    above what is noted of a person."""
    for row in people(book, scope):
        above = (notes or {}).get(row["id"], "")
        yield Contact(
            name=row["name"],
            company=row["company"],
            title=row["title"],
            phone=row["phone"],
            email=row["email"],
            city=row["city"],
            note="\n".join(filter(None, (above, row["note"]))),
            tags=texts(row["tags"]),
            phones=tuple(row["phones"].split()),
            emails=tuple(row["emails"].split()),
            barred=bool(row["do_not_call"]),
        )


def contacts_of(
    book: Book, ids: Iterable[int | None], notes: Mapping[int, str] | None = None
) -> Iterator[Contact]:
    """These people for an address book, each once, in their order."""
    return contacts(book, Scope(keys=[one for one in dict.fromkeys(ids) if one]), notes)


def number(book: Book, scope: Scope) -> int:
    return store.count(book.con, scope.event_id, scope.keys)


EXPORTS = {
    "people": Export(N_("people"), people_table, contacts=contacts, listed=True, number=number),
}
