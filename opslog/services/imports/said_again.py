"""What lists say of people whom an earlier one named that is taken back: of these it is taken once
more, since what that one had said was not taken of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import groupby

from opslog.domain.base import damaged
from opslog.domain.base.clock import instant_of
from opslog.domain.imports.mapping import meanings
from opslog.domain.people.fields import COMPANY
from opslog.domain.rosters.extras import ADDED, ASKED, HISTORY, STOPS, TAGS
from opslog.domain.rosters.own_columns import chosen
from opslog.exchange.meaning import extra_columns, own_columns
from opslog.services.book.book import Book
from opslog.services.imports import arrivals, own_fields, tags
from opslog.services.imports.taking import Beside, Met, Taken
from opslog.services.rosters import layouts as roster_layouts
from opslog.store.people import fields
from opslog.store.rosters import writing
from opslog.store.rosters.sections import section_of
from opslog.store.rosters.withdrawal import held, standing
from opslog.store.rosters.withdrawal.withdrawing import File, Staying

_OF_PEOPLE = (HISTORY, ADDED)  # whichever list says it; the others are of a card
_NOT_AGAIN = (*ASKED, STOPS)  # tags and stops are seen to by themselves, verdicts rest on others


def say_again(
    book: Book, beside: Sequence[Beside], file_id: int, found: File, staying: Staying
) -> None:
    """Take it of those who stay, by the lists that stand and came after the file ``found``, oldest
    first. Inside the change that takes it back."""
    companies = {str(one.whose) for one in staying.values if one.of == COMPANY}
    people = {*staying.people}
    rows = standing.rows_after(book.con, people | fields.people_of(book.con, companies), file_id)
    for _section, some in groupby(rows, lambda row: (row["file_id"], section_of(row).header_row)):
        _say(book, beside, [*some], people, found.roster_id, staying)


def _say(
    book: Book,
    beside: Sequence[Beside],
    rows: Sequence[sqlite3.Row],
    people: set[int],
    roster_id: int,
    staying: Staying,
) -> None:
    """The rows of one list; ``roster_id``: the one that the cards stand on."""
    row, section = rows[0], section_of(rows[0])
    profile = roster_layouts.named(book, row["profile"])
    columns, cells = section.columns, [damaged.listed(one["cells"]) for one in rows]
    extras = extra_columns.find(columns, meanings(section.mapping).keys(), cells, profile)
    every = [Met(one["person_id"], one["card_id"], one["cells"]) for one in rows]
    met = [one for one in every if one.person_id in people]
    here = met if row["roster_id"] == roster_id else []
    if extras.arrived and here:
        arrivals.take(book, row["event_id"], extras.arrived, here)
    if TAGS in held.taken(row["mapping"]):
        tags.put_again(book, extras, met, staying.tags)
    for one in beside:
        some = met if one.code in _OF_PEOPLE else here
        if some and one.code in extras.held and one.code not in _NOT_AGAIN:
            of_list = (row["event_id"], row["roster_id"], extras, some, row["file"], row["file_id"])
            next_card = writing.next_id(book.con, "card")
            one.take(book, Taken(*of_list, next_card, instant_of(row["imported_at"]), kept=False))
    if staying.values:
        ignored = profile.ignored(columns) if profile is not None else ()
        there = own_columns.find(columns, section.mapping, cells, ignored, extras.columns)
        names = own_fields.names(book) if extras.own else []
        own = chosen(there, None, [*roster_layouts.remembered_fields(book, columns), *names])
        own_fields.keep(book, own, every, row["file_id"], renew=False, only=staying.values)
