"""Which rosters wait: read for the first screen at a start, so it imports little."""

from __future__ import annotations

from datetime import datetime, timedelta

from opslog.domain.base.due import Due
from opslog.domain.events.plans.evidence import ROUND
from opslog.domain.rosters.state import RosterState
from opslog.domain.screening import rounds
from opslog.locale import N_, nmsg
from opslog.services.book.book import Book
from opslog.services.book.contributions import DueKind
from opslog.store.events.ticked import owed, ticked
from opslog.store.rosters import rosters
from opslog.store.rosters import states as rosters_store


def due(book: Book) -> list[Due]:
    """The rosters that wait: a round is open, or tidying or one of two screenings is to begin.

    The operator's rule wants tidying at once after the event; see rounds.WANTED_AFTER.
    """
    return [
        item
        for state in rosters_store.not_over(book.con)
        if not state.cancelled and (item := _due(book, state)) and not _closed(book, state)
    ]


def _closed(book: Book, state: RosterState) -> bool:
    """Whether the operator closed the step of the round that waits, and no list came in since."""
    number = _number(state)
    stop_id = rosters.stop_of(book.con, state.roster_id)
    closed = None if not state.event_id else ticked(book.con, state.event_id, stop_id)
    at = closed.get(f"{ROUND}-{number}") if closed else None
    return at is not None and (state.imported_at is None or state.imported_at <= at)


def _number(state: RosterState) -> int:
    """Of the round that is open, else of the next."""
    return (state.number or 0) if state.open else state.next_number


def _due(book: Book, state: RosterState) -> Due | None:
    number, count = _number(state), state.left if state.open else state.live
    if not state.open and (not count or number > rounds.SECOND_SCREENING):
        return None
    name = rounds.round_name(number)
    detail = (
        nmsg("{round} open, {n} row left", "{round} open, {n} rows left", count, round=name)
        if state.open
        else nmsg("{round} can begin, {n} row", "{round} can begin, {n} rows", count, round=name)
    )
    return Due(
        kind="roster",
        ref=state.roster_id,
        title=state.event or state.roster,
        due=_by_plan(book, state, number, _wanted(state, number)),
        event_id=state.event_id,
        event=state.event,
        event_at=state.starts_at,
        people=count,
        detail=detail,
        label=detail,
        done=state.kept + state.dropped if state.open else 0,
        of=state.left + state.kept + state.dropped if state.open else 0,
    )


def _wanted(state: RosterState, number: int) -> datetime:
    """When a round is to be done: counted from the end of the event or of the round before."""
    if state.open and state.opened_at is not None:
        return state.opened_at
    if number == rounds.TIDY or state.closed_at is None:
        return max(state.ends_at, state.imported_at or state.ends_at)
    return state.closed_at + rounds.WANTED_AFTER[number]


def _by_plan(book: Book, state: RosterState, number: int, wanted: datetime) -> datetime:
    """When its plan says, so that Today and the plan call it late on the same day: what can be
    done sooner is due today until then."""
    if not state.event_id:
        return wanted
    stop_id = rosters.stop_of(book.con, state.roster_id)
    planned = owed(book.con, state.event_id, stop_id).get(f"{ROUND}-{number}")
    if planned is None:
        return wanted
    today = book.clock.at(book.today())
    return planned if planned < today + timedelta(days=1) else max(wanted, today)


_WAITS = N_("“{title}” waits for its round: Enter opens the screening")
KINDS = {
    "roster": DueKind(
        done=N_("“{title}” is done when its round is closed: Enter opens the screening"),
        move=_WAITS,
        snooze=_WAITS,
    )
}
