"""Call-backs that nobody made while the event was fresh: they stand apart from the day's calls.

A call-back is made while the impression is fresh; nobody makes five thousand of them at once.
Nothing is decided by their age: they are counted apart, and taken up again or ended by a key.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from opslog.domain.calls.outcomes import callback_number
from opslog.domain.calls.retries import Standing, Window

AFTER = 90  # days


def stands_apart(
    window: Window, state: Standing, taken_up: datetime | None, after: int, now: datetime
) -> bool:
    """Whether nobody touched a call-back for ``after`` days (0: never): it was not opened since,
    nor tried, nor ``taken_up`` or put off. What was promised is kept however old it is."""
    if not after or not callback_number(window.purpose) or state.through or state.promised:
        return False
    touched = [window.opens, taken_up, window.other_words, state.last.at if state.last else None]
    return max(moment for moment in touched if moment is not None) <= now - timedelta(days=after)
