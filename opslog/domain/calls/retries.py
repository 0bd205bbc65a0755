"""When somebody may be called again, and when it is over: windows, retries, promises.

Operator's rule: everybody on an offline event's list is called the day before (where that is a
day off, the working day before it) and on the day; a call-back is opened by the round of
screening before it. What follows an attempt is what its outcome says (``domain.outcomes``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from opslog.domain.base.clock import Clock
from opslog.domain.calls.outcomes import (
    FOLLOWUP,
    INSTEAD,
    PHONE,
    REMINDER,
    WECOM,
    Outcome,
    Outcomes,
    Part,
    callback,
    callback_number,
    followup_months,
    kind_of,
)
from opslog.locale import Msg

DAY_BEFORE = "day_before"
ON_DAY = "on_day"

# A promise that an event was moved ahead of is due so long before it begins.
LAST_CALL = timedelta(minutes=30)

READY = "ready"  # may be called now
WAITING = "waiting"  # from ``due`` on
MISSED = "missed"  # attempts used up; a call-back gets one more after the first screening
SETTLED = "settled"  # nothing more to do here

# A search through days off ends somewhere even where a whole year is declared one.
_DAYS_LOOKED_AT = 400


# Who called or wrote: the operator, or the person.
OUT, IN = "out", "in"


class Attempt(NamedTuple):
    """One call or message that was made; ``next_at`` is a promise or the earliest retry.

    ``other_date``: the date it was about, where its event was moved to another since; ``told``:
    of that the person was told.
    """

    id: int
    card_id: int  # 0: of no list
    purpose: str
    lane: str
    outcome: str
    reason: str
    note: str
    at: datetime
    next_at: datetime | None = None
    promised: bool = False
    other_date: datetime | None = None
    told: bool = False


class Window(NamedTuple):
    """When calls of one purpose may be made: from ``opens`` until ``closes`` (None: no end).

    ``slot`` tells a reminder the day before from one on the day; attempts from ``since`` on
    count for it. ``other_words`` is the moment from which those missed by a call-back are tried
    again with other words, None before it. ``over``: only what was promised is still to be kept.
    ``ends``: when a call is of no use any more, on whatever day (None: never). ``dates``: where
    each is called on a date of their own, from and until when, by their card; nobody else is.
    """

    purpose: str
    opens: datetime
    closes: datetime | None = None
    slot: str = ""
    since: datetime | None = None
    other_words: datetime | None = None
    over: bool = False
    ends: datetime | None = None
    dates: Mapping[int, tuple[datetime, datetime | None]] | None = None

    def of(self, card_id: int, now: datetime) -> Window | None:
        """As it is for one card; None where that is not called in it."""
        if self.dates is None:
            return self
        if card_id not in self.dates:
            return None
        opens, closes = self.dates[card_id]
        over = closes is not None and closes <= now
        return self._replace(opens=opens, closes=closes, over=over, dates=None)


class Standing(NamedTuple):
    """How it stands with one person for one purpose.

    ``due`` is the earliest moment of the next attempt (None when settled or missed);
    ``attempts`` those of this call. ``again``: it is time for other words. ``last`` is the newest
    attempt on this list, whatever its purpose. ``held``: by what the person is held back until
    then (see contact_limits); ``put_off``: by the operator. ``moved``: they are asked again, for
    what they said was of this date, and the event was moved. ``old``: nobody touched it for long
    (see old_callbacks).
    """

    state: str
    lane: str
    due: datetime | None
    attempts: int
    promised: bool = False
    again: bool = False
    last: Attempt | None = None
    held: Msg | None = None
    put_off: bool = False
    moved: datetime | None = None
    old: bool = False

    @property
    def through(self) -> bool:
        """Whether no further call waits: an outcome settled it, or the attempts are used up."""
        return self.state in (SETTLED, MISSED)


def reminder_windows(
    starts_at: datetime,
    clock: Clock,
    outcomes: Outcomes,
    previous: Callable[[date], date],
    days: int = 1,
) -> tuple[Window, Window]:
    """The two reminders of an event: the working day before it, and the day itself.

    The first stays open until midnight before the event, the second until it starts; before an
    early start the second opens two hours ahead. ``days``: so long before the event the plan
    begins with the first, where a day is too short for all.
    """
    day = starts_at.astimezone(clock.zone).date()
    midnight = clock.at(day)
    day_before = previous(day - timedelta(days=max(days, 1) - 1))
    first = clock.at(day_before, outcomes.day_before)
    second = max(midnight, min(clock.at(day, outcomes.on_day), starts_at - timedelta(hours=2)))
    return (
        Window(REMINDER, first, midnight, DAY_BEFORE, since=clock.at(day_before), ends=starts_at),
        Window(REMINDER, second, starts_at, ON_DAY, since=midnight, ends=starts_at),
    )


def callback_window(
    closed_rounds: Sequence[tuple[int, datetime]], ends_at: datetime
) -> Window | None:
    """The newest call-back that is open, None before tidying is done.

    Call-back 1 is opened by tidying (round 0), call-back N by screening N, and none before the
    event is over. ``closed_rounds`` are round number and closing time.
    """
    closed = dict(closed_rounds)
    return window_of_callback(max((n for n in closed if n >= 2), default=1), closed, ends_at)


def window_of_callback(
    number: int, closed: Mapping[int, datetime], ends_at: datetime
) -> Window | None:
    """The window of one call-back, also where a later one has taken its place; None before the
    round that opens it is closed. ``closed`` has the closing times of rounds."""
    opened = closed.get(0 if number == 1 else number)
    if opened is None or 0 not in closed:
        return None
    other = closed.get(1) if number == 1 and max(closed) < 2 else None
    return Window(callback(number), max(opened, ends_at), other_words=other)


def current_window(windows: Sequence[Window], now: datetime) -> Window | None:
    """Of several windows in order, the one to call in now or else next; None when all closed."""
    for window in windows:
        if window.closes is None or now < window.closes:
            return window
    return None


def lane_for(attempts: Sequence[Attempt], outcomes: Outcomes, *, wecom: bool | None) -> str | None:
    """By which lane to reach somebody: WeCom where they are on it, else by phone.

    A lane an outcome has ended (wrong number, not reachable) is closed on this list; None when
    none is left. ``attempts`` are those on the list, oldest first.
    """
    closed = set()
    for attempt in attempts:
        outcome = outcomes.outcome(attempt.purpose, attempt.lane, attempt.outcome)
        if outcome is not None and outcome.ends == "lane":
            closed.add(attempt.lane)
        elif outcome is not None and outcome.contacted:
            closed.discard(attempt.lane)
    lanes = (WECOM, PHONE) if wecom else (PHONE,)
    return next((lane for lane in lanes if lane not in closed), None)


def standing(
    attempts: Sequence[Attempt],
    window: Window,
    outcomes: Outcomes,
    now: datetime,
    *,
    wecom: bool | None = None,
    number: bool = True,
) -> Standing:
    """How it stands in ``window`` with somebody who was tried so often on this list.

    ``attempts`` are all of one card, oldest first. The newest outcome holds where two disagree.
    ``number``: there is one to dial; else a reminder, too, goes by WeCom to whoever is on it.
    """
    reminder = window.purpose == REMINDER
    lane = lane_for(attempts, outcomes, wecom=wecom and not (reminder and number))
    last = attempts[-1] if attempts else None
    mine = in_call(attempts, window)
    made = len(mine)
    if lane is None:
        return Standing(SETTLED, PHONE, None, made, last=last)

    def settled() -> Standing:
        return Standing(SETTLED, lane, None, made, last=last)

    newest = _outcome(last, outcomes)
    if newest is not None and newest.ends in ("list", "person"):
        return settled()
    promise = _promise(attempts, window)
    if promise is not None:
        return _at(promise, window, now, lane, made, last, promised=True)
    if window.over:
        return settled()
    anew = asked_again(attempts, outcomes) if reminder else None
    if anew is not None and not anew.told:
        after = [a for a in attempts if a.id > anew.id and a.purpose == REMINDER]
        due, again_in = anew.at, _outcome(after[-1] if after else None, outcomes)
        if again_in is not None:
            due = after[-1].next_at or after[-1].at + (again_in.retry or timedelta())
        if again_in is None or len(after) < again_in.at_most:
            found = _at(due, window, now, lane, len(after), last, early=True)
            return found._replace(moved=anew.other_date)
    of_purpose = [a for a in attempts if a.purpose == window.purpose and not lapsed(a, outcomes)]
    closing = _outcome(of_purpose[-1] if of_purpose else None, outcomes)
    if closing is not None and closing.ends == "purpose":
        return settled()
    if not mine:
        return _at(window.opens, window, now, lane, made, last)
    outcome = _outcome(mine[-1], outcomes)
    if outcome is None or (outcome.ends and outcome.ends != "lane"):
        return settled()
    due = mine[-1].next_at or mine[-1].at + (outcome.retry or timedelta())
    again = window.other_words is not None and not outcome.answered
    if outcome.ends == "lane":  # the other lane, at once
        return _at(mine[-1].at, window, now, lane, made, last, again=again)
    tries = _since_a_promise(mine)
    if tries < outcome.at_most:
        return _at(due, window, now, lane, made, last, again=again)
    if window.other_words is not None and tries < outcome.at_most + outcome.other_words:
        return _at(max(due, window.other_words), window, now, lane, made, last, again=True)
    return Standing(MISSED, lane, None, made, last=last)


# Why not, where another date may suit.
FOR_THE_TIME = ("time", "travel", "ill")


def lapsed(attempt: Attempt, outcomes: Outcomes) -> bool:
    """Whether what was said of a date no longer holds since the event was moved: that they come,
    or that they do not for the time; but not that somebody else comes, or that it is too far."""
    outcome = _outcome(attempt, outcomes)
    if attempt.other_date is None or outcome is None or outcome.ask == INSTEAD:
        return False
    return outcome.confirms or attempt.reason in FOR_THE_TIME


def asked_again(attempts: Sequence[Attempt], outcomes: Outcomes) -> Attempt | None:
    """The answer to a reminder that lapsed, where it was the last one: they are asked again, not
    only the day before. Operator's rule: who said that they come, and who declined for the time."""
    answers = [
        one
        for one in attempts
        if one.purpose == REMINDER and (known := _outcome(one, outcomes)) and known.answered
    ]
    return answers[-1] if answers and lapsed(answers[-1], outcomes) else None


def before_it_ends(due: datetime, ends: datetime) -> datetime:
    """When a call is due that was promised for ``due``; from ``ends`` on it is of no use, where the
    event was moved since."""
    return due if due < ends else ends - LAST_CALL


def in_call(attempts: Sequence[Attempt], window: Window) -> list[Attempt]:
    """The attempts that belong to this window: its purpose, and for a reminder its day.

    A reminder made days ahead doesn't count for the day before: then everybody is called; nor does
    one that was about another date of the event.
    """
    return [
        attempt
        for attempt in attempts
        if attempt.purpose == window.purpose
        and attempt.other_date is None
        and (window.since is None or attempt.at >= window.since)
    ]


def _since_a_promise(mine: Sequence[Attempt]) -> int:
    """How many count towards a limit: somebody who agreed on a time is not given up for the
    attempts before it, nor for the one that agreed on it."""
    return next((n for n, one in enumerate(reversed(mine)) if one.promised), len(mine))


def _outcome(attempt: Attempt | None, outcomes: Outcomes) -> Outcome | None:
    if attempt is None:
        return None
    return outcomes.outcome(attempt.purpose, attempt.lane, attempt.outcome)


def _promise(attempts: Sequence[Attempt], window: Window) -> datetime | None:
    """A promised time that is still to be kept: the newest attempt of this kind made it."""
    kind = kind_of(window.purpose)
    same = [attempt for attempt in attempts if kind_of(attempt.purpose) == kind]
    if not same or not same[-1].promised or same[-1] is not attempts[-1]:
        return None
    newest = same[-1]
    if callback_number(newest.purpose) > callback_number(window.purpose):
        return None
    if followup_months(newest.purpose) > followup_months(window.purpose):
        return None
    if window.over and kind == FOLLOWUP:  # the next one keeps it
        return None
    return newest.next_at


def _at(
    due: datetime,
    window: Window,
    now: datetime,
    lane: str,
    made: int,
    last: Attempt | None,
    *,
    promised: bool = False,
    again: bool = False,
    early: bool = False,
) -> Standing:
    if not (promised or early):
        due = max(due, window.opens)
    elif promised and window.purpose == REMINDER and window.ends is not None:
        due = before_it_ends(due, window.ends)
    # A promise outlives its list; a reminder is of no use once its event has begun.
    ends = window.closes if not promised or window.purpose == REMINDER else None
    if ends is not None and due >= ends:
        return Standing(MISSED, lane, None, made, last=last)
    state = READY if due <= now else WAITING
    return Standing(state, lane, due, made, promised, again, last)


def next_touch(
    outcome: Outcome,
    at: datetime,
    clock: Clock,
    parts: Mapping[str, Part],
    is_workday: Callable[[date], bool] | None = None,
) -> datetime | None:
    """The earliest moment after an attempt made ``at``: the outcome's gap, then its day parts.

    None where the outcome ends the call. ``is_workday`` None calls on every day (a reminder is
    bound to the event's day).
    """
    if outcome.retry is None:
        return None
    earliest = at + outcome.retry
    allowed = sorted(
        (parts[name] for name in outcome.parts if name in parts),
        key=lambda part: part.start,
    )
    return into_parts(earliest, clock, allowed, is_workday)


def into_parts(
    earliest: datetime,
    clock: Clock,
    parts: Sequence[Part],
    is_workday: Callable[[date], bool] | None = None,
) -> datetime:
    """``earliest`` itself, or the beginning of the next part of a day calls are made in."""
    if not parts:
        return earliest
    local = earliest.astimezone(clock.zone)
    day, wall = local.date(), local.time()
    for _step in range(_DAYS_LOOKED_AT):
        if is_workday is None or is_workday(day):
            for part in parts:
                if wall < part.until:
                    return earliest if part.start <= wall else clock.at(day, part.start)
        day, wall = day + timedelta(days=1), time()
        earliest = clock.at(day)
    return earliest
