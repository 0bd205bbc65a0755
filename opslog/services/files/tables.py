"""What the exported tables hold: columns in the language spoken, one row a thing.

JSON gets codes, instants with offset and E.164; everything else gets what a person reads.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta

from opslog.domain.base.clock import instant_of
from opslog.domain.events import events as event_words
from opslog.domain.people.phones import display
from opslog.exchange.writing.calendars import Appointment
from opslog.exchange.writing.cells import Cell, Named
from opslog.exchange.writing.tables import Column, Several, Table
from opslog.exchange.writing.vcards import Contact
from opslog.locale import N_, _, language, ngettext
from opslog.services.book.book import Book
from opslog.services.files.titles import event_name, title
from opslog.store.files import exports

SOURCES = {
    "typed": N_("typed"),
    "event": N_("event"),
    "step": N_("plan step"),
    "call": N_("call"),
    "round": N_("round"),
    "import": N_("import"),
    "follow_up": N_("follow-up"),
}
TASK = timedelta(minutes=30)  # how long a plan step stands in a calendar
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


def columns(*pairs: tuple[str, str]) -> list[Column]:
    return [Column(key, _(heading)) for key, heading in pairs]


def named(code: str, labels: dict[str, str]) -> Named:
    """A code with its label; one nobody knows (from another version) labels itself."""
    return Named(code, _(labels[code]) if code in labels else code)


def texts(array: str) -> tuple[str, ...]:
    return tuple(json.loads(array))


def yes_no(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def moment(book: Book, text: str | None) -> datetime | None:
    """An instant of the file on the operator's own clock."""
    return None if text is None else instant_of(text).astimezone(book.clock.zone)


def phone(e164: str) -> Named:
    return Named(e164, display(e164) if e164 else "")


def phones(e164s: str) -> Several:
    """Further numbers, as they are kept: one space between."""
    return Several(e164s, ", ".join(map(display, e164s.split())))


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


def log_table(book: Book, event_id: int | None) -> Table:
    heads = columns(
        ("id", N_("Number")),
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
            row["id"],
            moment(book, row["at"]),
            row["text"],
            texts(row["tags"]),
            row["event"],
            texts(row["people"]),
            row["minutes"],
            bool(row["flagged"]),
            named(row["source"], SOURCES),
        )
        for row in exports.log_lines(book.con, event_id)
    )
    return Table(str(title("log", event_name(book, event_id))), heads, rows)


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
    rows = (_step_cells(book, row) for row in exports.steps(book.con, event_id))
    return Table(str(title("plan", event_name(book, event_id))), heads, rows)


_ANCHORS = {"start": N_("start"), "end": N_("end")}
_WHY = {
    event_words.DAYOFF: N_("day off"),
    event_words.STAYS: N_("day off, stays"),
    event_words.LATE: N_("started late"),
    event_words.HAND: N_("by hand"),
    event_words.UNPUBLISHED: N_("holidays unpublished"),
}


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
    return Table(str(title("calendar", event_name(book, event_id))), heads, rows)


def appointments(book: Book, event_id: int | None) -> Iterator[Appointment]:
    """Events with the steps of their plans; a missed step is no appointment."""
    for row in exports.events(book.con, event_id):
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
    for row in exports.steps(book.con, event_id):
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


def people_table(book: Book, event_id: int | None) -> Table:
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
        )
        for row in exports.people(book.con, event_id)
    )
    return Table(str(title("people", event_name(book, event_id))), heads, rows)


def contacts(book: Book, event_id: int | None) -> Iterator[Contact]:
    """People for an address book; those with neither phone nor e-mail are of no use in one."""
    for row in exports.people(book.con, event_id):
        if row["phone"] or row["email"]:
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
