"""The calls as tables: every attempt with what came of it, who still waits for one, who came."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache

from opslog.domain.calls.outcomes import LANE_TITLES, Outcomes, purpose_title
from opslog.domain.calls.queue import Guest, QueueLine
from opslog.exchange.writing.cells import Cell, Named
from opslog.exchange.writing.tables import Table
from opslog.exchange.writing.vcards import Contact
from opslog.locale import N_
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.book.contributions import Export, Scope
from opslog.services.book.export_cells import between, chosen, columns, in_days, moment, named
from opslog.services.calls.attendance import guests
from opslog.services.calls.queue import queue as call_queue
from opslog.services.people.export import PERSON, contacts_of, person_cells
from opslog.store.calls import export as store
from opslog.store.people import export as people_store
from opslog.store.people import suppressed

QUEUE = {
    "ready": N_("call now"),
    "waiting": N_("waiting"),
    "settled": N_("nothing more to do"),
}
_Key = tuple[int | None, int, str]  # card (None: on no list), person, purpose


def calls_table(book: Book, scope: Scope) -> Table:
    """Attempts by person, the newest of each purpose with how it stands; then those not tried,
    unless certain attempts or days are asked for."""
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
    )
    return Table("", heads, _rows(book, scope))


def _rows(book: Book, scope: Scope) -> Iterator[tuple[Cell, ...]]:
    outcomes = own_kinds.outcomes(book)
    waiting: dict[_Key, QueueLine] = {
        (part.card_id, part.person_id, part.purpose): part
        for line in call_queue.queue(book, event_id=scope.event_id, later=True)
        for part in line.parts
    }
    touches = store.touches(book.con, scope.event_id).fetchall()
    newest = {_key(row): row["id"] for row in touches}
    attempts: dict[_Key, int] = {}
    begin, end = between(book, scope)
    wanted = None if scope.keys is None else set(scope.keys)

    @cache
    def barred_since(person_id: int) -> datetime | None:
        barred = suppressed.of_person(book.con, person_id)
        return barred.since.astimezone(book.clock.zone) if barred else None

    for row in touches:
        key = _key(row)
        attempts[key] = attempts.get(key, 0) + 1
        last = newest[key] == row["id"]
        state = _state(waiting.pop(key, None)) if last else None
        if row["at"] < begin or (end and row["at"] >= end):
            continue
        if not scope.holds(row["person_id"]) or (wanted is not None and row["id"] not in wanted):
            continue
        since = barred_since(row["person_id"])
        yield _touch_cells(book, row, attempts[key], outcomes, state, since)
    if begin or end or wanted is not None:
        return
    person = _persons(book, (line.person_id for line in waiting.values()))
    for line in waiting.values():
        if not scope.holds(line.person_id):
            continue
        yield (
            line.event,
            *person(line.person_id),
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
    )


def _persons(book: Book, ids: Iterable[int]) -> Callable[[int], tuple[Cell, ...]]:
    """The cells of each of these people; blank for who was erased, whose numbers stay."""
    asked = list(dict.fromkeys(ids))
    found = {row["id"]: person_cells(row) for row in people_store.people(book.con, None, asked)}
    erased: tuple[Cell, ...] = (None,) * len(PERSON)
    return lambda person_id: found.get(person_id, erased)


def queue_table(book: Book, scope: Scope) -> Table:
    """Whom to call or write to, a line a person, most pressing first."""
    heads = columns(
        *PERSON,
        ("event", N_("Event")),
        ("purpose", N_("Purpose")),
        ("lane", N_("Lane")),
        ("attempts", N_("Attempts")),
        ("due", N_("Due")),
        ("promised", N_("Promised")),
        ("queue", N_("Queue")),
        ("why", N_("Why")),
    )
    queue = _lines(book, scope)
    person = _persons(book, (line.person_id for line in queue))
    rows = (
        (
            *person(line.person_id),
            line.event,
            Named(line.purpose, str(purpose_title(line.purpose))),
            named(line.lane, LANE_TITLES),
            line.attempts,
            line.due.astimezone(book.clock.zone),
            line.promised,
            _state(line),
            tuple(str(reason.text) for reason in line.reasons),
        )
        for line in queue
    )
    return Table("", heads, rows)


def _lines(book: Book, scope: Scope) -> list[QueueLine]:
    queue = call_queue.queue(book, event_id=scope.event_id, later=True)
    return [
        line
        for line in chosen(queue, scope.keys, lambda line: (line.card_id, line.purpose))
        if scope.holds(line.person_id) and in_days(book, scope, line.due)
    ]


def attendance_table(book: Book, scope: Scope) -> Table:
    """Everybody invited to an event, or to each that has a list: what they said, whether they
    came."""
    heads = columns(
        ("event", N_("Event")),
        *PERSON,
        ("outcome", N_("Outcome")),
        ("confirmed", N_("Confirmed")),
        ("guests", N_("Brings")),
        ("attended", N_("Attended")),
    )
    invited = [*_guests(book, scope)]
    person = _persons(book, (guest.person_id for _event, guest in invited))
    rows = (
        (
            event,
            *person(guest.person_id),
            None if guest.outcome is None else str(guest.outcome),
            guest.confirmed,
            guest.brings,
            guest.attended,
        )
        for event, guest in invited
    )
    return Table("", heads, rows)


def _guests(book: Book, scope: Scope) -> Iterable[tuple[str, Guest]]:
    """Event and guest."""
    found = (
        (event.name, guest)
        for event in guests.listed_events(book)
        if scope.event_id in (None, event.event_id)
        for guest in guests.guests(book, event.event_id, event.cards)
        if scope.holds(guest.person_id)
    )
    return chosen(found, scope.keys, lambda one: one[1].card_id)


def _attempted(book: Book, scope: Scope) -> Iterator[Contact]:
    begin, end = between(book, scope)
    wanted = None if scope.keys is None else set(scope.keys)
    return contacts_of(
        book,
        (
            row["person_id"]
            for row in store.touches(book.con, scope.event_id)
            if row["at"] >= begin and (not end or row["at"] < end)
            if scope.holds(row["person_id"]) and (wanted is None or row["id"] in wanted)
        ),
    )


def _queued(book: Book, scope: Scope) -> Iterator[Contact]:
    return contacts_of(book, (line.person_id for line in _lines(book, scope)))


def _invited(book: Book, scope: Scope) -> Iterator[Contact]:
    return contacts_of(book, (guest.person_id for _event, guest in _guests(book, scope)))


def to_call(book: Book, event_id: int | None) -> frozenset[int]:
    """Who is still to be called or written to, of an event's list or any."""
    return frozenset(
        line.person_id for line in call_queue.queue(book, event_id=event_id, later=True)
    )


EXPORTS = {
    "calls": Export(N_("calls"), calls_table, contacts=_attempted, listed=True, dated=True),
    "queue": Export(N_("people to call"), queue_table, contacts=_queued, listed=True, dated=True),
    "attendance": Export(N_("attendance"), attendance_table, contacts=_invited, listed=True),
}
