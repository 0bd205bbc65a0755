"""The calls as a table: every attempt with what came of it, and who still waits for one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from opslog.domain.calls.outcomes import LANE_TITLES, Outcomes, purpose_title
from opslog.domain.calls.queue import QueueLine
from opslog.exchange.writing.cells import Cell, Named
from opslog.exchange.writing.tables import Table
from opslog.locale import N_
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.book.contributions import Export
from opslog.services.book.export_cells import columns, moment, named
from opslog.services.calls import queue as call_queue
from opslog.services.people.export import PERSON, person_cells
from opslog.store.calls import export as store
from opslog.store.people import export as people_store
from opslog.store.people import suppressed

QUEUE = {
    "ready": N_("call now"),
    "waiting": N_("waiting"),
    "settled": N_("nothing more to do"),
}
_Key = tuple[int | None, int, str]  # card (None: on no list), person, purpose


def calls_table(book: Book, event_id: int | None) -> Table:
    """Attempts by person, the newest of each purpose with how it stands; then those not tried."""
    heads = columns(
        ("event", N_("Event")),
        *PERSON,
        ("purpose", N_("Purpose")),
        ("attempt", N_("Attempt")),
        ("lane", N_("Lane")),
        ("outcome", N_("Outcome")),
        ("reason", N_("Why not")),
        ("note", N_("Note")),
        ("at", N_("Time")),
        ("next_at", N_("Next")),
        ("promised", N_("Promised")),
        ("queue", N_("Queue")),
        ("do_not_call_since", N_("Not to be called since")),
        ("id", N_("Number")),
    )
    return Table("", heads, _rows(book, event_id))


def _rows(book: Book, event_id: int | None) -> Iterator[tuple[Cell, ...]]:
    outcomes = own_kinds.outcomes(book)
    waiting: dict[_Key, QueueLine] = {
        (part.card_id, part.person_id, part.purpose): part
        for line in call_queue.queue(book, event_id=event_id, later=True)
        for part in line.parts
    }
    touches = store.touches(book.con, event_id).fetchall()
    newest = {_key(row): row["id"] for row in touches}
    attempts: dict[_Key, int] = {}

    @cache
    def barred_since(person_id: int) -> datetime | None:
        barred = suppressed.of_person(book.con, person_id)
        return barred.since.astimezone(book.clock.zone) if barred else None

    for row in touches:
        key = _key(row)
        attempts[key] = attempts.get(key, 0) + 1
        last = newest[key] == row["id"]
        state = _state(waiting.pop(key, None)) if last else None
        since = barred_since(row["person_id"])
        yield _touch_cells(book, row, attempts[key], outcomes, state, since)
    people = {row["id"]: row for row in people_store.people(book.con, event_id)} if waiting else {}
    for line in waiting.values():
        yield (
            line.event,
            *person_cells(people[line.person_id]),
            Named(line.purpose, str(purpose_title(line.purpose))),
            0,
            named(line.lane, LANE_TITLES),
            None,
            None,
            None,
            None,
            line.due.astimezone(book.clock.zone),
            line.promised,
            _state(line),
            None,  # whoever waits for a call may be called
            line.person_id,
        )


def _key(row: sqlite3.Row) -> _Key:
    return row["card_id"], row["person_id"], row["purpose"]


def _state(line: QueueLine | None) -> Named:
    code = "settled" if line is None else "ready" if line.ready else "waiting"
    return named(code, QUEUE)


def _touch_cells(
    book: Book,
    row: sqlite3.Row,
    attempt: int,
    outcomes: Outcomes,
    state: Named | None,
    barred_since: datetime | None,
) -> tuple[Cell, ...]:
    outcome = outcomes.title(row["purpose"], row["lane"], row["outcome"])
    return (
        row["event"],
        *person_cells(row),
        Named(row["purpose"], str(purpose_title(row["purpose"]))),
        attempt,
        named(row["lane"], LANE_TITLES),
        Named(row["outcome"], str(outcome)),
        Named(row["reason"], str(outcomes.reason(row["reason"]))),
        row["note"],
        moment(book, row["at"]),
        moment(book, row["next_at"]),
        bool(row["promised"]),
        state,
        barred_since,
        row["person_id"],
    )


EXPORTS = {"calls": Export(N_("calls"), calls_table)}
