"""The follow-ups of materials: who is called three, six, twelve months after they asked."""

from __future__ import annotations

from datetime import date

from opslog.domain.calls import followups
from opslog.domain.calls.outcomes import followup_months
from opslog.domain.calls.retries import Window
from opslog.domain.dates.workdays import Workdays
from opslog.domain.materials.requests import MATERIALS
from opslog.domain.rosters.rosters import SIGNUP
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.store.calls import call_lists as lists_store
from opslog.store.calls.call_lists import CallList
from opslog.store.materials import requests as store


def windows(book: Book, one: CallList, workdays: Workdays) -> list[Window]:
    """One for each number of months that the plan names; none of other lists."""
    if one.list != SIGNUP or one.kind != MATERIALS or one.event_id is None:
        return []

    def workday(day: date) -> date:
        return day if workdays.is_workday(day) else workdays.next(day)

    months = store.months(book.con, one.event_id)
    days = store.days(book.con, one.roster_id, book.clock) if months else {}
    return followups.windows(days, months, workday, book.clock.at)


def begun(book: Book, roster_id: int, purpose: str) -> list[int] | None:
    """The cards of a list whose follow-up of this purpose has come; None for other calls."""
    if not followup_months(purpose):
        return None
    one, now = lists_store.lists(book.con, roster_id=roster_id)[0], book.now()
    each = windows(book, one, own_kinds.workdays(book))
    dates = next((window.dates for window in each if window.purpose == purpose), None) or {}
    return [card for card, (opens, _closes) in dates.items() if opens <= now]
