"""Plans as a table; events and steps as a calendar."""

from __future__ import annotations

import json
import sqlite3

from opslog.domain.base.sentences import listed
from opslog.domain.dates.wording import from_day
from opslog.domain.events import events as event_words
from opslog.domain.events.events import PlanItem
from opslog.exchange.writing.cells import Cell, Named
from opslog.exchange.writing.tables import Table
from opslog.locale import N_, _, ngettext
from opslog.services.book.book import Book
from opslog.services.book.contributions import Export, Scope
from opslog.services.book.export_cells import chosen, columns, in_days, moment, named
from opslog.services.events import calendar, events
from opslog.store.events import export as store

_ANCHORS = {"start": N_("start"), "end": N_("end")}
_WHY = {
    event_words.DAYOFF: N_("day off"),
    event_words.STAYS: N_("day off, stays"),
    event_words.LATE: N_("started late"),
    event_words.HAND: N_("by hand"),
    event_words.AWAY: N_("out of another event's way"),
    event_words.PUSHED: N_("waits for what is late"),
    event_words.SHORT: N_("no time left"),
    event_words.JOINED: N_("entered late"),
    event_words.MERGED: N_("one round for two"),
    event_words.RESTED: N_("rests with its plan"),
    event_words.UNPUBLISHED: N_("holidays unpublished"),
}


def plan_table(book: Book, scope: Scope) -> Table:
    heads = columns(
        ("event", N_("Event")),
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
    steps = chosen(store.steps(book.con, scope.event_id), scope.keys, lambda row: row["id"])
    rows = (
        _step_cells(book, row) for row in steps if in_days(book, scope, moment(book, row["due_at"]))
    )
    return Table("", heads, rows)


def _step_cells(book: Book, row: sqlite3.Row) -> tuple[Cell, ...]:
    codes = [code for code in row["why"].split(",") if code]
    return (
        row["event"],
        row["key"],
        calendar.spoken(row["title"], row["title_en"]),
        moment(book, row["due_at"]),
        Named(row["offset"], _offset(row["offset"], row["offset_months"])),
        named(row["anchor"], _ANCHORS),
        named(row["channel"], event_words.CHANNEL_LABELS),
        named(row["state"], event_words.STATE_LABELS),
        moment(book, row["planned_at"]),
        Named(row["why"], str(listed(named(code, _WHY).label for code in codes))),
        moment(book, row["done_at"]),
        tuple(
            ("☑ " if item["done"] else "☐ ") + _item(item).said for item in json.loads(row["items"])
        ),
        row["note"],
    )


def _item(item: dict[str, str]) -> PlanItem:
    return PlanItem(0, item["title"], item["title_en"], answer=item["answer"])


def _offset(days: int, months: int) -> str:
    """T-7, T, T+3, or in months."""
    if months:
        return ngettext("T+{n} month", "T+{n} months", months).format(n=months)
    return from_day(days)


def calendar_table(book: Book, scope: Scope) -> Table:
    heads = columns(
        ("kind", N_("Kind")),
        ("title", N_("What")),
        ("starts_at", N_("Start")),
        ("ends_at", N_("End")),
        ("place", N_("Place")),
        ("note", N_("Note")),
        ("cancelled", N_("Cancelled")),
    )
    shown = [
        entry.shown
        for entry in calendar.entries(book, scope.event_id)
        if in_days(book, scope, entry.shown.starts_at)
    ]
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
        for one in sorted(shown, key=lambda one: one.starts_at)
    )
    return Table("", heads, rows)


def events_table(book: Book, scope: Scope) -> Table:
    heads = columns(
        ("event", N_("Event")),
        ("kind", N_("Kind")),
        ("starts_at", N_("Start")),
        ("ends_at", N_("End")),
        ("place", N_("Place")),
        ("cancelled", N_("Cancelled")),
        ("steps", N_("Steps")),
        ("done", N_("Done")),
        ("late", N_("Late")),
    )
    rows = (
        (
            row.name,
            named(row.kind, event_words.KIND_LABELS),
            row.starts_at.astimezone(book.clock.zone),
            row.ends_at.astimezone(book.clock.zone),
            row.place,
            row.cancelled_at is not None,
            row.steps,
            row.done,
            row.late,
        )
        for row in chosen(events.listing(book), scope.keys, lambda row: row.id)
        if in_days(book, scope, row.starts_at)
    )
    return Table("", heads, rows)


EXPORTS = {
    "events": Export(N_("events"), events_table, dated=True, of_event=False),
    "plan": Export(N_("plan"), plan_table, appointments=calendar.revised, dated=True),
    "calendar": Export(N_("calendar"), calendar_table, appointments=calendar.revised, dated=True),
}
