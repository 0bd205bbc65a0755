"""Never too often: whether one more touch is allowed, and from which day on it is.

One person has one budget over all events, rounds, purposes and lanes (operator's rule). In order
of strength: do-not-call, a promised time, these caps, the queue; so whoever asks here has looked
for the first two. Reminders of what somebody signed up for count and are never held back. The
caps ship as ``shipped/calls/contact_limits.toml``.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from opslog.domain.base.own_files.toml_lines import Table
from opslog.domain.calls.old_callbacks import AFTER
from opslog.domain.calls.outcomes import CALLBACK, FOLLOWUP, LANES, PHONE, REMINDER, kind_of
from opslog.locale import N_, Msg, msg

FILE = "contact_limits.toml"
MODES = ("wecom", "seven", "daily")
MODE_TITLES = {
    "wecom": N_("as WeCom allows"),
    "seven": N_("seven a week"),
    "daily": N_("one a day"),
}
MINUTES = 4
_LONGEST = 400  # days: a cap looks no further back, and nobody is held back for longer


class Touched(NamedTuple):
    """A call or message as the caps see it: its local day, and whether it counts as a touch. One
    that does not, by phone, is a dial that nobody answered."""

    day: date
    purpose: str
    lane: str
    counts: bool


class Cap(NamedTuple):
    """At most ``most`` within ``days`` days, today included; 0 days are the calendar month, and
    ``most`` 0 as many as that has days."""

    most: int
    days: int
    lane: str = ""  # '' any
    purpose: str = ""  # a kind: reminder, callback; '' any

    def covers(self, purpose: str, lane: str) -> bool:
        kind = kind_of(purpose)
        kinds = ("", kind, CALLBACK) if kind == FOLLOWUP else ("", kind)  # one goes on the other
        return self.lane in ("", lane) and self.purpose in kinds

    def begin(self, day: date) -> date:
        """The first day that counts on this one."""
        return day - timedelta(days=self.days - 1) if self.days else day.replace(day=1)

    def reached(self, days: Sequence[date], day: date) -> bool:
        """Whether touches on ``days`` leave no room for one more on ``day``."""
        most = self.most or monthrange(day.year, day.month)[1]
        return sum(self.begin(day) <= one <= day for one in days) >= most


class Limits(NamedTuple):
    """The caps in force."""

    once_a_workday: bool
    caps: tuple[Cap, ...]
    unanswered: tuple[Cap, ...]
    mode: str = MODES[0]
    # Dials in an hour and on a day from which a warning is shown: carriers freeze numbers that
    # call too much. 0: none.
    an_hour: int = 0
    a_day: int = 0
    minutes: int = MINUTES  # that a call takes, before one's own tell it
    old_after: int = AFTER  # days, see old_callbacks

    def since(self, day: date) -> date:
        """The first day on which a touch can matter on ``day``."""
        return min((cap.begin(day) for cap in (*self.caps, *self.unanswered)), default=day)


class Held(NamedTuple):
    """Held back until a day, and by what."""

    until: date
    why: Msg


ONCE = msg(N_("contacted today"))


def held(
    touches: Sequence[Touched],
    limits: Limits,
    purpose: str,
    lane: str,
    day: date,
    is_workday: Callable[[date], bool],
) -> Held | None:
    """Until when nobody may call or write, who would on ``day``; None where they may.

    ``touches`` are all of one person since ``limits.since``, those that came in among them, each
    call once.
    """
    if kind_of(purpose) == REMINDER or not touches:
        return None
    why = _against(touches, limits, purpose, lane, day, is_workday)
    if why is None:
        return None
    later = (day + timedelta(days=n) for n in range(1, _LONGEST))
    free = (d for d in later if not _against(touches, limits, purpose, lane, d, is_workday))
    return Held(next(free, day + timedelta(days=_LONGEST)), why)


def _against(
    touches: Sequence[Touched],
    limits: Limits,
    purpose: str,
    lane: str,
    day: date,
    is_workday: Callable[[date], bool],
) -> Msg | None:
    """What stands against one more touch on a day."""
    today = any(one.counts and one.day == day for one in touches)
    if limits.once_a_workday and today and is_workday(day):
        return ONCE
    for cap in limits.caps:
        days = [one.day for one in touches if one.counts and cap.covers(one.purpose, one.lane)]
        if cap.covers(purpose, lane) and cap.reached(days, day):
            return _said(N_("{n} touches in {days} days"), N_("{n} touches this month"), cap, days)
    if lane == PHONE:
        dials = [one.day for one in touches if not one.counts and one.lane == PHONE]
        for cap in limits.unanswered:
            if cap.reached(dials, day):
                in_days = N_("{n} dials unanswered in {days} days")
                return _said(in_days, N_("{n} dials unanswered this month"), cap, dials)
    return None


def _said(in_days: str, in_month: str, cap: Cap, days: Sequence[date]) -> Msg:
    if not cap.days:
        return msg(in_month, n=cap.most or len(days))
    return ONCE if (cap.most, cap.days) == (1, 1) else msg(in_days, n=cap.most, days=cap.days)


def read(text: str, file: str = FILE) -> Limits:
    """Read the caps of the mode in force. Raises Faulty naming everything wrong with file and
    line."""
    table = Table.read(text, file)
    table.only("mode", "once_a_workday", "unanswered", "cap", "warn", "pace", "old")
    mode = table.one_of("mode", MODES)
    caps = [(one.one_of("mode", MODES), _cap(one, "mode")) for one in table.tables("cap")]
    unanswered = tuple(_cap(one) for one in table.tables("unanswered"))
    once = table.yes("once_a_workday")
    warn = table.section("warn") if "warn" in table.data else None
    if warn is not None:
        warn.only("on", "an_hour", "a_day")
    on = warn is not None and warn.yes("on")
    an_hour, a_day = (
        warn.integer(key, 0, 0, _LONGEST) if warn is not None and on else 0
        for key in ("an_hour", "a_day")
    )
    minutes = MINUTES
    if "pace" in table.data:
        speed = table.section("pace")
        speed.only("minutes")
        minutes = speed.integer("minutes", MINUTES, 1, 60)
    old_after = AFTER
    if "old" in table.data:
        old = table.section("old")
        old.only("callback_days")
        old_after = old.integer("callback_days", AFTER, 0, 9_999)
    table.settle()
    held_by = tuple(cap for of, cap in caps if of == mode)
    return Limits(once, held_by, unanswered, mode, an_hour, a_day, minutes, old_after)


def _cap(table: Table, *more: str) -> Cap:
    table.only("most", "days", *(("lane", "purpose", *more) if more else ()))
    days = table.integer("days", 1, 0, _LONGEST)
    return Cap(
        table.integer("most", 1, 1 if days else 0, 1_000),
        days,
        table.one_of("lane", LANES, ""),
        table.one_of("purpose", (REMINDER, CALLBACK, FOLLOWUP), ""),
    )
