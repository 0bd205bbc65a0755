"""Everything that decides who is called when, as the operator's files or what ships say it."""

from __future__ import annotations

from dataclasses import dataclass

from opslog.domain.calls.contact_limits import Limits
from opslog.domain.calls.order import Weights
from opslog.domain.calls.outcomes import Outcomes
from opslog.domain.calls.seniority import Seniority
from opslog.domain.dates.workdays import Workdays
from opslog.services.book import own_kinds
from opslog.services.book.book import Book


@dataclass(frozen=True)
class CallBooks:
    """The rules of calling in force."""

    outcomes: Outcomes
    order: Weights
    seniority: Seniority
    workdays: Workdays
    limits: Limits


def books(book: Book) -> CallBooks:
    return CallBooks(
        own_kinds.outcomes(book),
        own_kinds.call_order(book),
        own_kinds.seniority(book),
        own_kinds.workdays(book),
        own_kinds.contact_limits(book),
    )
