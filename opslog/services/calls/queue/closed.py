"""Calls whose step of the plan was closed by hand: they are not made any more, on no screen. Read
for the first screen at a start, so it imports little."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from opslog.domain.calls.outcomes import REMINDER
from opslog.domain.calls.retries import DAY_BEFORE, Window
from opslog.domain.events.plans.evidence import REMINDERS_BEFORE, REMINDERS_ON_DAY
from opslog.domain.rosters.rosters import SIGNUP
from opslog.services.book.book import Book
from opslog.store.calls.call_lists import CallList
from opslog.store.events.ticked import ticked
from opslog.store.rosters.states import came_since


def came_later(
    book: Book, one: CallList, window: Window, only: Collection[int] | None = None
) -> Collection[int] | None:
    """Whose cards came onto the list since its calls were closed by hand: who is called still,
    beside those who were promised a time; ``only`` of these cards. None where they were not
    closed."""
    closed = _closed(book, one, window)
    return None if closed is None else came_since(book.con, one.roster_id, closed, only)


def since(book: Book, one: CallList, window: Window, moment: datetime) -> bool:
    """Whether a list's calls were closed by hand, and not before a moment."""
    closed = _closed(book, one, window)
    return closed is not None and closed >= moment


def _closed(book: Book, one: CallList, window: Window) -> datetime | None:
    if one.list != SIGNUP or one.event_id is None:
        return None
    evidence = window.purpose
    if evidence == REMINDER:
        evidence = REMINDERS_BEFORE if window.slot == DAY_BEFORE else REMINDERS_ON_DAY
    return ticked(book.con, one.event_id, one.stop_id).get(evidence)
