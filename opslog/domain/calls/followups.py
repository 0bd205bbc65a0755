"""Follow-ups: so many months after somebody got what they asked for, each on a date of their own.

Operator's rule: materials are followed up after 3, 6 and 12 months. A day off moves to the next
working day; the 31st of a month without one is its last day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from opslog.domain.calls.outcomes import followup
from opslog.domain.calls.retries import Window
from opslog.domain.dates.days import add_months


def windows(
    days: Mapping[int, date],
    months: Sequence[int],
    workday: Callable[[date], date],
    at: Callable[[date], datetime],
) -> list[Window]:
    """One for each of ``months``, ascending, of those who asked on ``days``, by card. One who
    was not reached until the next is called then: no follow-up outlives the next one. ``workday``
    is that day or the next one worked, ``at`` its beginning."""
    known = dict[tuple[date, int], datetime]()  # many of a list asked on one day

    def begins(day: date, after: int) -> datetime:
        if (day, after) not in known:
            known[day, after] = at(workday(add_months(day, after)))
        return known[day, after]

    found = []
    for number, after in enumerate(months):
        later = months[number + 1] if number + 1 < len(months) else 0
        dates = {
            card: (begins(day, after), begins(day, later) if later else None)
            for card, day in days.items()
        }
        if dates:
            opens = min(opens for opens, _closes in dates.values())
            found.append(Window(followup(after), opens, dates=dates))
    return found
