"""Messages, people in programmes and pieces of content as tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date

from opslog.domain.calls.outcomes import LANE_TITLES
from opslog.domain.programmes.contents import KIND_TITLES, STAGE_TITLES
from opslog.exchange.writing.cells import Cell, Named
from opslog.exchange.writing.tables import Table
from opslog.locale import N_
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.book.contributions import Export, Scope
from opslog.services.book.export_cells import between, columns, moment, named, phone
from opslog.services.programmes import contents
from opslog.services.programmes.held import LEFT, holdings
from opslog.services.programmes.members import next_of
from opslog.services.programmes.timetable import Timetable
from opslog.store.programmes import export as store
from opslog.store.programmes.enrolments import standing

_PERSON = (
    ("person", N_("Name")),
    ("company", N_("Company")),
    ("title", N_("Title")),
    ("phone", N_("Phone")),
)
STATES = {
    "active": N_("goes on"),
    "paused": N_("waits"),
    "left": N_("left"),
    "finished": N_("at its end"),
    "sent": N_("sent"),
    "skipped": N_("skipped"),
    "missed": N_("missed"),
}


def _person(row: sqlite3.Row) -> tuple[Cell, ...]:
    return row["name"], row["company"], row["title"], phone(row["phone"])


class _Programmes:
    """What a programme and a step are called, each looked up once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._known: dict[str, dict[str, tuple[str, str]]] = {}
        self._titles: dict[str, str] = {}

    def cells(self, code: str, step: str) -> tuple[Named, Named, str]:
        """The programme, the step, and the label of its words."""
        if code not in self._known:
            rules = own_kinds.programme(self._book, code)
            steps = rules.steps if rules else ()
            self._titles[code] = str(rules.named) if rules else code
            self._known[code] = {one.id: (str(one.named), one.label) for one in steps}
        title, label = self._known[code].get(step, (step, ""))
        return Named(code, self._titles[code]), Named(step, title), label


def sent_table(book: Book, scope: Scope) -> Table:
    """What became of each step: sent, skipped, missed; opened, answered, with the words where they
    were typed."""
    heads = columns(
        *_PERSON,
        ("programme", N_("Programme")),
        ("step", N_("Step of the programme")),
        ("label", N_("Label")),
        ("version", N_("Version")),
        ("channel", N_("Channel")),
        ("state", N_("State")),
        ("due_on", N_("Planned for")),
        ("at", N_("Time")),
        ("opened", N_("Opened")),
        ("answered", N_("Replied")),
        ("words", N_("Own words")),
    )
    return Table("", heads, _sent(book, scope))


def _sent(book: Book, scope: Scope) -> Iterator[tuple[Cell, ...]]:
    programmes = _Programmes(book)
    for row in _chosen(store.sendings(book.con, scope.event_id, *between(book, scope)), scope):
        programme, step, label = programmes.cells(row["programme"], row["step"])
        went = row["state"] == "sent"
        label = row["label"] or label
        yield (
            *(*_person(row), programme, step),
            label if went and not row["text"] else "",
            row["version"] if went and not row["text"] else None,
            named(row["lane"] or "", LANE_TITLES),
            named(row["state"], STATES),
            date.fromisoformat(row["due_on"]),
            moment(book, row["at"]),
            moment(book, row["opened_at"]),
            bool(row["replied"]) if went else None,
            row["text"],
        )


def _chosen(rows: sqlite3.Cursor, scope: Scope) -> Iterator[sqlite3.Row]:
    wanted = None if scope.keys is None else set(scope.keys)
    for row in rows:
        if scope.holds(row["person_id"]) and (wanted is None or row["id"] in wanted):
            yield row


def enrolments_table(book: Book, scope: Scope) -> Table:
    """Who is or was in a programme; a day is that on which they entered."""
    heads = columns(
        *_PERSON,
        ("programme", N_("Programme")),
        ("state", N_("State")),
        ("left_why", N_("Left because")),
        ("event", N_("Event")),
        ("entered", N_("Entered")),
        ("started_on", N_("Counted from")),
        ("sent", N_("Number sent")),
        ("next_step", N_("Next step")),
        ("next_on", N_("Next on")),
    )
    return Table("", heads, _enrolments(book, scope))


def _enrolments(book: Book, scope: Scope) -> Iterator[tuple[Cell, ...]]:
    programmes = _Programmes(book)
    table = Timetable(book)
    held = holdings(book, table)
    for row in _chosen(store.enrolments(book.con, scope.event_id, *between(book, scope)), scope):
        next_step, next_on = next_of(table, standing(row))
        out = held[row["id"]].left if row["id"] in held else ""
        if out in LEFT:  # nothing goes to them any more, though it is not written down yet
            next_on = None
        programme, step, _label = programmes.cells(row["programme"], next_step)
        yield (
            *(*_person(row), programme, named(row["state"], STATES)),
            named(row["left_why"] or (out if out in LEFT else ""), LEFT),
            *(row["event"], moment(book, row["entered_at"])),
            *(date.fromisoformat(row["started_on"]), row["sent"]),
            step if next_on else None,
            next_on,
        )


def content_table(book: Book, _scope: Scope) -> Table:
    """The words that go out, with what is old about them."""
    heads = columns(
        ("label", N_("Label")),
        ("stage", N_("Stage")),
        ("kind", N_("Kind")),
        ("version", N_("Version")),
        ("zh", N_("Chinese")),
        ("en", N_("English")),
        ("link", N_("Link")),
        ("made_on", N_("Made on")),
        ("revise_on", N_("Revise on")),
        ("stale", N_("Why revise")),
        ("writer", N_("Writer")),
        ("bait", N_("What it offers")),
    )
    old = {(one.stage, one.label): str(why) for one, why in contents.old(book)}
    rows = (
        (
            *(one.label, named(one.stage, STAGE_TITLES), named(one.kind, KIND_TITLES)),
            *(one.version, one.text_zh, one.text_en, one.link, one.made_on, one.revise_on),
            *(old.get((one.stage, one.label), ""), one.writer, one.bait),
        )
        for one in contents.pieces(book)
    )
    return Table("", heads, rows)


EXPORTS = {
    "sent": Export(N_("messages sent"), sent_table, listed=True, dated=True),
    "enrolments": Export(N_("people in programmes"), enrolments_table, listed=True, dated=True),
    "content": Export(N_("pieces of content"), content_table, of_event=False),
}
