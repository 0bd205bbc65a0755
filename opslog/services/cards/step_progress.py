"""How far the work behind a step of a plan is: what calls, rounds and marks have come to."""

from __future__ import annotations

from typing import NamedTuple

from opslog.domain.calls.outcomes import callback
from opslog.domain.calls.retries import (
    DAY_BEFORE,
    ON_DAY,
    READY,
    WAITING,
    reminder_windows,
    standing,
)
from opslog.domain.events.kinds import OFFLINE
from opslog.domain.rosters.state import RosterState
from opslog.domain.screening.rounds import FIRST_SCREENING, SECOND_SCREENING, TIDY
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.calls import guests
from opslog.services.calls.left_out import sift
from opslog.services.rosters import rosters
from opslog.store.calls import touches as calls_store
from opslog.store.calls.touches import CallList

REMINDERS = {DAY_BEFORE: "reminder-call-1", ON_DAY: "reminder-call-day"}
ROUNDS = {TIDY: "tidy", FIRST_SCREENING: "round-1", SECOND_SCREENING: "round-2"}


class HowFar(NamedTuple):
    """Of how many people or rows so many are through."""

    done: int
    of: int


def of_event(book: Book, event_id: int) -> dict[str, HowFar]:
    """By the playbook's id of a step; one that is not begun has none."""
    found: dict[str, HowFar] = {}
    for one in calls_store.lists(book.con, event_id=event_id):
        if one.cancelled:
            continue
        found |= _reminders(book, one) if one.kind in OFFLINE else {}
        for state in rosters.of_event(book, event_id):
            found |= _round(state)
            found |= _callbacks(book, state)
        rate = guests.show_up(book, event_id)
        if rate.signed_up > rate.unmarked:
            found["attendance"] = HowFar(rate.signed_up - rate.unmarked, rate.signed_up)
    return {key: far for key, far in found.items() if far.of}


def _reminders(book: Book, one: CallList) -> dict[str, HowFar]:
    """Whom a call still waits for is not done; who is called nobody is not counted."""
    outcomes, days, now = own_kinds.outcomes(book), own_kinds.workdays(book), book.now()
    windows = [
        window
        for window in reminder_windows(one.starts_at, book.clock, outcomes, days.previous)
        if window.opens <= now
    ]
    if not windows:
        return {}
    cards, _out = sift(
        book, calls_store.candidates(book.con, one.roster_id, reminder=True), reminder=True
    )
    attempts = calls_store.attempts(book.con, one.roster_id)
    found = {}
    for window in windows:
        states = [standing(attempts.get(c.card_id, ()), window, outcomes, now).state for c in cards]
        waiting = sum(state in (READY, WAITING) for state in states)
        found[REMINDERS[window.slot]] = HowFar(len(cards) - waiting, len(cards))
    return found


def _round(state: RosterState) -> dict[str, HowFar]:
    if state.number not in ROUNDS:
        return {}
    decided = state.kept + state.dropped
    return {ROUNDS[state.number]: HowFar(decided, decided + state.left)}


def _callbacks(book: Book, state: RosterState) -> dict[str, HowFar]:
    """Once the tidying is over: who was called back, of those still on the list."""
    if state.number is None or (state.number == TIDY and state.open):
        return {}
    cards = calls_store.candidates(book.con, state.roster_id, reminder=False)
    attempts = calls_store.attempts(book.con, state.roster_id)
    return {
        name: HowFar(
            sum(any(a.purpose == name for a in attempts.get(c.card_id, ())) for c in cards),
            len(cards),
        )
        for name in map(callback, (1, 2))
    }
