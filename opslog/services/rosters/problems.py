"""Problems are a place: rows that were not understood, mended by hand, one after the other."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence

from opslog.domain.base import damaged
from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import storable
from opslog.domain.imports.attendance import ATTENDANCE
from opslog.domain.imports.mapping import meanings
from opslog.domain.imports.row import RowReader
from opslog.domain.imports.row_reading import ERASED, PERSON_FIELDS, RowReading
from opslog.domain.people.identity import same_person
from opslog.domain.rosters.problems import FIELDS_MENDED, Problem, offending
from opslog.domain.rosters.rosters import FIELDS, PROBLEMS
from opslog.locale import N_, msg
from opslog.services.book.book import Book, Change
from opslog.services.rosters import layouts as roster_layouts
from opslog.services.rosters.barring import Barring
from opslog.store.people import card as person_card
from opslog.store.people import suppressed
from opslog.store.rosters import cards, writing
from opslog.store.rosters import problems as rosters_store
from opslog.store.rosters.row_window import RowWindow
from opslog.store.rosters.sections import section_of
from opslog.store.rosters.writing import Someone

NOTHING_TYPED = "{}"  # looked at, and nothing to mend


def waiting(book: Book, roster_id: int | None = None) -> RowWindow:
    """The rows of one list, or of all, still to be looked at; any stretch of them can be read."""
    return rosters_store.waiting(book.con, roster_id)


def kinds(book: Book, roster_id: int) -> list[tuple[str, int]]:
    """How many of the rows waiting have what wrong with them: a code of PROBLEMS each."""
    known = rosters_store.kinds(book.con, roster_id)
    return [(code, number) for code, number in known if code in PROBLEMS]


def rows(book: Book, row_ids: Sequence[int]) -> list[Problem]:
    """The rows of these ids, in their order; those that are gone are left out."""
    return [_problem(book, row) for row in rosters_store.rows(book.con, row_ids)]


def accept(book: Book, row_id: int) -> Change:
    """Nothing to mend: the row stays as it is, and is not shown among the problems again."""
    row = _row(book, row_id)
    label = msg(N_("Nothing to mend in line {line} of {file}"), line=row["line"], file=row["file"])
    with book.change(label) as change:
        rosters_store.put_looked_at(book.con, row_id, NOTHING_TYPED)
    return change


def mend(book: Book, row_id: int, typed: Mapping[str, str]) -> Change:
    """Take what was typed in place of what the cells say; the cells stay as they came in.

    A row that was nobody becomes a card, or joins the card of the person it names; one that has
    a card changes its person. Raises Refused for what is still no person, or can't be read.
    """
    row = _row(book, row_id)
    typed = _kept(typed)
    reading = _understood(book, row, typed)
    label = msg(N_("Mended line {line} of {file}"), line=row["line"], file=row["file"])
    with book.change(label) as change:
        card_id = row["card_id"]
        result = row["result"]
        if card_id is None:
            card_id, result = _make_card(book, row, reading)
            rosters_store.move_sum(book.con, row["file_id"], row["result"], result)
        else:
            _edit(book, row["person_id"], reading, typed)
        rosters_store.put_mended(
            book.con, row_id, json.dumps(typed, ensure_ascii=False), card_id, result
        )
        if reading.barred:
            barring = Barring()
            barring.meet(row["line"], reading, cards.person_of(book.con, card_id))
            barring.put(book.con, instant_text(book.now()))
        suppressed.bar_again(book.con, [_row(book, row_id)["person_id"]])
        change.made = row_id
    return change


def _kept(typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed, without blanks around and fields left empty."""
    return {name: storable(" ".join(text.split())) for name, text in typed.items() if text.strip()}


def _understood(book: Book, row: sqlite3.Row, typed: Mapping[str, str]) -> RowReading:
    """The row with what was typed in it; Refused, with the field, where that is not enough."""
    if not typed:
        raise Refused(msg(N_("Type what the cells should have said, or 0: nothing to mend")))
    reading = read(book, row, typed)
    for name, mark in (("phone", "phone_"), ("email", "email_")):
        if name in typed and any(problem.startswith(mark) for problem in reading.problems):
            text = msg(
                N_("{field}: “{text}” can't be read; type it again"),
                field=msg(FIELDS[name]),
                text=typed[name],
            )
            raise Refused(text, field=name)
    if row["card_id"] is None and not reading.is_card:
        text = msg(N_("That is still nobody: a name, a phone or an e-mail is needed"))
        raise Refused(text, field="name")
    return reading


def _row(book: Book, row_id: int) -> sqlite3.Row:
    found = rosters_store.rows(book.con, [row_id])
    if not found:
        raise Refused(msg(N_("This row is gone; its import was taken back")))
    return found[0]


def _problem(book: Book, row: sqlite3.Row) -> Problem:
    reading = read(book, row, {})
    person = row["person_id"] is not None
    section = section_of(row)
    cells = tuple(damaged.listed(row["cells"]))
    marks = tuple(damaged.listed(row["problems"])) if row["problems"] else ()
    return Problem(
        id=row["id"],
        roster_id=row["roster_id"],
        event=row["event"],
        file=row["file"],
        sheet=row["sheet"],
        line=row["line"],
        columns=tuple(section.columns),
        cells=cells,
        problems=marks,
        person_id=row["person_id"],
        values={
            name: str(row[name] if person else getattr(reading, name)) for name in FIELDS_MENDED
        },
        marked=offending(marks, section.mapping, cells, len(section.columns)),
    )


def read(book: Book, row: sqlite3.Row, typed: Mapping[str, str]) -> RowReading:
    """The row as its file was mapped, what was typed standing in columns of its own behind."""
    section = section_of(row)
    columns, mapping = list(section.columns), dict(section.mapping)
    cells = [] if ERASED in row["problems"] else list(damaged.listed(row["cells"]))
    cells = cells[: len(columns)] + [""] * (len(columns) - len(cells)) if columns else cells
    if "name" in typed:
        mapping = {k: at for k, at in mapping.items() if k not in ("given_name", "family_name")}
    for name, text in typed.items():
        mapping[name] = (len(cells), *mapping.get(name, ())[1:])
        cells.append(text)
        columns.append(name)
    if typed:  # a totals line that was given a name is one no more
        kept = meanings(mapping).keys()
        cells = [cell if at in kept else "" for at, cell in enumerate(cells)]
    profile = roster_layouts.named(book, row["profile"])
    return RowReader(
        *(columns, mapping, book.clock.zone),
        attendance=row["kind"] == ATTENDANCE,
        month_first=True if profile is not None and profile.month_first else None,
        on_wecom=True if profile is not None and profile.on_wecom else None,
    ).read(cells)


def _make_card(book: Book, row: sqlite3.Row, reading: RowReading) -> tuple[int, str]:
    """The card of the person a mended row names, made where there is none; and its class."""
    con, roster_id, at = book.con, row["roster_id"], instant_text(book.now())
    person = _same(con, roster_id, reading)
    if person is not None and person.card_id:
        return person.card_id, "duplicate"
    if person is None:
        person = Someone(writing.next_id(con, "person"), reading.person)
        writing.put_people(con, [person.columns()], at)
    person.card_id = writing.next_id(con, "card")
    person.signed_up_at = reading.signed_up_at
    writing.put_cards(con, roster_id, [person.card()])
    return person.card_id, "new"


def _same(con: sqlite3.Connection, roster_id: int, reading: RowReading) -> Someone | None:
    """Who a row is by the rule that joins rows of an import."""
    mobiles, addresses = {reading.by_mobile} - {""}, {reading.by_email} - {""}
    found = writing.people_by(con, roster_id, mobiles, addresses)
    return same_person(
        reading.name,
        [one for one in found if one.values["phone"] in mobiles],
        [one for one in found if one.values["email"] in addresses],
    )


def _edit(book: Book, person_id: int, reading: RowReading, typed: Mapping[str, str]) -> None:
    values: dict[str, object] = {
        name: getattr(reading, name) for name in typed if name in PERSON_FIELDS
    }
    if "company" in values:
        values["company_key"] = reading.company_key
    if "phone" in values:
        values["city_guess"] = reading.city_guess
    person_card.update(book.con, person_id, values)
    person_card.reindex(book.con, [person_id])
