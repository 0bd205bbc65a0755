"""Plans as a table; events and steps as a calendar."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta

from opslog.domain.base.clock import instant_of
from opslog.domain.events import events as event_words
from opslog.exchange.writing.calendars import Appointment
from opslog.exchange.writing.cells import Cell, Named
from opslog.exchange.writing.tables import Table
from opslog.locale import N_, _, language, ngettext
from opslog.services.book.book import Book
from opslog.services.book.contributions import Export
from opslog.services.book.export_cells import columns, moment, named
from opslog.store.events import export as store

TASK = timedelta(minutes=30)  # how long a plan step stands in a calendar
_ANCHORS = {"start": N_("start"), "end": N_("end")}
_WHY = {
    event_words.DAYOFF: N_("day off"),
    event_words.STAYS: N_("day off, stays"),
    event_words.LATE: N_("started late"),
    event_words.HAND: N_("by hand"),
    event_words.UNPUBLISHED: N_("holidays unpublished"),
}


def plan_table(book: Book, event_id: int | None) -> Table:
    heads = columns(
        ("event", N_("Event")),
        ("id", N_("Number")),
        ("step", N_("Step")),
        ("title", N_("What")),
        ("at", N_("When")),
        ("offset", N_("Offset")),
        ("anchor", N_("From")),
        ("channel", N_("Channel")),
        ("state", N_("State")),
        ("moved_from", N_("Originally")),
        ("why", N_("Why moved")),
        ("done_at", N_("Done at")),
        ("checklist", N_("Checklist")),
        ("note", N_("Note")),
    )
    rows = (_step_cells(book, row) for row in store.steps(book.con, event_id))
    return Table("", heads, rows)


def _step_cells(book: Book, row: sqlite3.Row) -> tuple[Cell, ...]:
    codes = [code for code in row["why"].split(",") if code]
    return (
        row["event"],
        row["id"],
        row["key"],
        _spoken(row["title"], row["title_en"]),
        moment(book, row["due_at"]),
        Named(row["offset"], _offset(row["offset"], row["offset_months"])),
        named(row["anchor"], _ANCHORS),
        named(row["channel"], event_words.CHANNEL_LABELS),
        named(row["state"], event_words.STATE_LABELS),
        moment(book, row["planned_at"]),
        Named(row["why"], ", ".join(named(code, _WHY).label for code in codes)),
        moment(book, row["done_at"]),
        tuple(
            ("☑ " if item["done"] else "☐ ") + _spoken(item["title"], item["title_en"])
            for item in json.loads(row["items"])
        ),
        row["note"],
    )


def _spoken(chinese: str, english: str) -> str:
    return (chinese or english) if language() == "zh_CN" else (english or chinese)


def _offset(days: int, months: int) -> str:
    """T-7, T, T+3, or in months."""
    if months:
        return ngettext("T+{n} month", "T+{n} months", months).format(n=months)
    return f"T{days:+d}" if days else "T"


def calendar_table(book: Book, event_id: int | None) -> Table:
    heads = columns(
        ("kind", N_("Kind")),
        ("title", N_("What")),
        ("starts_at", N_("Start")),
        ("ends_at", N_("End")),
        ("place", N_("Place")),
        ("note", N_("Note")),
        ("cancelled", N_("Cancelled")),
    )
    rows = (
        (
            Named("event", _("event")) if one.busy else Named("step", _("plan step")),
            one.title,
            one.starts_at.astimezone(book.clock.zone),
            one.ends_at.astimezone(book.clock.zone),
            one.place,
            one.note,
            one.cancelled,
        )
        for one in sorted(appointments(book, event_id), key=lambda one: one.starts_at)
    )
    return Table("", heads, rows)


def appointments(book: Book, event_id: int | None) -> Iterator[Appointment]:
    """Events with the steps of their plans; a missed step is no appointment."""
    for row in store.events(book.con, event_id):
        yield Appointment(
            uid=f"event-{row['id']}-{_digits(row['created_at'])}@opslog",
            title=row["name"],
            starts_at=instant_of(row["starts_at"]),
            ends_at=instant_of(row["ends_at"]),
            place=row["place"],
            note=row["note"],
            tags=(row["tag"],) if row["tag"] else (),
            cancelled=row["cancelled_at"] is not None,
            busy=True,
        )
    for row in store.steps(book.con, event_id):
        if row["state"] == event_words.MISSED:
            continue
        at = instant_of(row["due_at"])
        name = _spoken(row["title"], row["title_en"])
        done = "✓ " if row["state"] == event_words.DONE else ""
        yield Appointment(
            uid=f"step-{row['id']}-{row['event_id']}@opslog",
            title=_("{done}{step} ({event})").format(done=done, step=name, event=row["event"]),
            starts_at=at,
            ends_at=at + TASK,
            note=row["note"],
            tags=(row["channel"],) if row["channel"] else (),
        )


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


EXPORTS = {
    "plan": Export(N_("plan"), plan_table, appointments=appointments),
    "calendar": Export(N_("calendar"), calendar_table, appointments=appointments),
}
