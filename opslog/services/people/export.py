"""People as a table, and as cards for an address book."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence

from opslog.exchange.writing.cells import Cell
from opslog.exchange.writing.tables import Column, Table
from opslog.exchange.writing.vcards import Contact
from opslog.locale import N_
from opslog.services.book.book import Book
from opslog.services.book.contributions import Export
from opslog.services.book.export_cells import columns, phone, phones, texts, yes_no
from opslog.store.people import export as store
from opslog.store.people import fields

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


def people_table(book: Book, event_id: int | None) -> Table:
    own = own_columns(book)
    heads = columns(
        ("id", N_("Number")),
        ("name", N_("Name")),
        *PERSON[1:],
        ("do_not_call", N_("Do not call")),
        ("note", N_("Note")),
        ("events", N_("Events")),
    )
    rows = (
        (
            row["id"],
            *person_cells(row),
            bool(row["do_not_call"]),
            row["note"],
            texts(row["events"]),
            *own_cells(row, own),
        )
        for row in store.people(book.con, event_id)
    )
    return Table("", [*heads, *own], rows)


def contacts(book: Book, event_id: int | None) -> Iterator[Contact]:
    """People for an address book, also those that have nothing to be reached by."""
    for row in store.people(book.con, event_id):
        yield Contact(
            name=row["name"],
            company=row["company"],
            title=row["title"],
            phone=row["phone"],
            email=row["email"],
            city=row["city"],
            note=row["note"],
            tags=texts(row["tags"]),
            phones=tuple(row["phones"].split()),
            emails=tuple(row["emails"].split()),
        )


EXPORTS = {"people": Export(N_("people"), people_table, contacts=contacts)}
