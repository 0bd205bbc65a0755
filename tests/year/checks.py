"""What the caps are, in few words, and what stands against one more touch.

They are those of the mode that ships (as WeCom allows), as DOMAIN has them: not twice on one
working day; one message a day and as many a month as it has days; three dials without an answer a
day, six a week. What was promised, what somebody signed up to be reminded of, what came in and
what answers it is never held back.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
FREE = ("reminder", "add")  # purposes that are never held back


class Touch(NamedTuple):
    """A call or message, with the local day it was made on. ``counts``: something reached them;
    by phone one that does not is a dial that nobody answered."""

    at: datetime
    day: date
    purpose: str
    lane: str
    counts: bool
    out: bool


def held(before: Sequence[Touch], day: date, lane: str, is_workday: Callable[[date], bool]) -> str:
    """What stands against one more touch on ``day`` after these; '' nothing."""
    counting = [one for one in before if one.counts]
    if is_workday(day) and any(one.day == day for one in counting):
        return "twice on one working day"
    if lane == "wecom":
        written = [one for one in counting if one.lane == "wecom"]
        if any(one.day == day for one in written):
            return "two messages a day"
        month = [one for one in written if (one.day.year, one.day.month) == (day.year, day.month)]
        if len(month) >= monthrange(day.year, day.month)[1]:
            return "more messages than the month has days"
    if lane == "phone":
        dials = [one for one in before if not one.counts and one.lane == "phone"]
        for most, days in ((3, 1), (6, 7)):
            first = day - timedelta(days=days)
            if sum(first < one.day <= day for one in dials) >= most:
                return f"more than {most} dials without an answer in {days} days"
    return ""


def free_on(
    before: Sequence[Touch], day: date, lane: str, is_workday: Callable[[date], bool]
) -> date:
    """The first day from ``day`` on that nothing stands against; calls are made on working days,
    so the next of them where it is not ``day`` itself."""
    if not held(before, day, lane, is_workday):
        return day
    later = day + timedelta(days=1)
    while held(before, later, lane, is_workday):
        later += timedelta(days=1)
    while not is_workday(later):
        later += timedelta(days=1)
    return later
