"""Dates and times as people write them, Chinese and English, in one reading.

``read_when`` reads a whole text (a form field, ``--on``, a promised time); ``scan_when`` finds
what begins at a place of a longer one (the capture line). A date that does not exist, such as
31 November, is said to be wrong, never moved to one that does.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from opslog.domain.base.patterns import compiled
from opslog.domain.base.refusal import Refused
from opslog.domain.dates.numerals import fold
from opslog.domain.dates.times import TimeFound, scan_hour, scan_time
from opslog.locale import N_, Msg, msg

if TYPE_CHECKING:  # most lines hold no date, and do not wait for the table of their forms
    from opslog.domain.dates.day_values import DayFound, Prefer
    from opslog.domain.dates.workdays import Calendar

_HOURS = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_REACH = 120  # characters: nothing that says a date and a time is longer


def scan_day(
    text: str,
    start: int,
    now: datetime,
    calendar: Calendar,
    prefer: Prefer,
    near: date | None = None,
) -> DayFound | None:
    """The day that begins at ``start`` of a folded text (see ``day_forms``)."""
    if text[start : start + 1].lower() not in _FIRST:
        return None
    from opslog.domain.dates import day_forms

    return day_forms.scan_day(text, start, now, calendar, prefer, near)


# What the forms of a day begin with; a test holds it to them.
_FIRST = frozenset(
    "+-0123456789零〇一二两俩三四五六七八九十百半今明后去大昨前本这下上周星礼月季年"
    "除春过元新情妇劳儿教国双平圣端中清abcdefhijlmnoqstwy"
)


class When(NamedTuple):
    """A local day, with the time of day where one was said. ``day_said`` False: a time alone."""

    day: date
    time: time | None = None
    day_said: bool = True


class Found(NamedTuple):
    """What begins at a place of a text and ends before ``end``: a ``when``, or a ``problem``.

    ``weak``: the same words often mean something else, so that prose should not count as a date.
    ``vague``: the time of day is only what is usual for the part of the day that was said.
    ``clock``: the time of day as it was found, for what a span may follow.
    """

    end: int
    when: When | None
    problem: Msg | None = None
    weak: bool = False
    vague: bool = False
    clock: TimeFound | None = None


def read_when(
    text: str,
    now: datetime,
    calendar: Calendar,
    prefer: Prefer = "future",
    *,
    hours: bool = False,
    near: date | None = None,
) -> When | None:
    """The day (and time) that the whole of ``text`` says; None where it says none.

    ``now`` is local (aware); ``calendar`` counts working days. ``prefer`` chooses among the days
    that words without a year or week could mean (see ``Prefer``); one without a year is the
    nearest to ``near``, where that is given. ``hours``: a bare number is an
    hour (``10``, ``明天10``), since the question was when. Raises Refused, naming what is wrong,
    where the words are a date or time that does not exist.
    """
    text = text.strip()
    if hours and text.isascii():
        text = _with_digits(text)
    found = scan_when(text, 0, now, calendar, prefer, near) if text else None
    if hours and text and (found is None or found.end != len(text)):
        found = _with_hour(fold(text), now, calendar, prefer) or found
    if found is None or found.end != len(text):
        return None
    if found.problem:
        raise Refused(msg(N_("“{text}”: {problem}"), text=text, problem=found.problem))
    return found.when


def _with_digits(text: str) -> str:
    """``tomorrow at ten``, ``ten am`` with the hour in digits."""
    hour = f"(?:{'|'.join(_HOURS)})"
    words = compiled(rf"(?<=\bat\s){hour}\b|\b{hour}(?=\s?[ap]\.?m)")
    return words.sub(lambda word: str(_HOURS.index(word[0].lower()) + 1), text)


def scan_when(
    text: str,
    start: int,
    now: datetime,
    calendar: Calendar,
    prefer: Prefer = "future",
    near: date | None = None,
) -> Found | None:
    """The longest date, time, or both (either first) that begins at ``start``; None: none does.

    A line break ends it. 前 and 左右 behind it, and ``by`` before it, belong to it.
    """
    here = fold(text[start : start + _REACH].partition("\n")[0])
    found = _scan(here, now, calendar, prefer, near)
    if found is None and prefer == "future" and (before := compiled(_BEFORE).match(here)):
        found = _scan(here[before.end() :], now, calendar, prefer, near)
        found = found._replace(end=found.end + before.end()) if found else None
    if found is None:
        return None
    if found.end >= len(here):
        return found._replace(end=start + found.end)
    particle = compiled(_BY if prefer == "future" else _ABOUT).match(here, found.end)
    return found._replace(end=start + (particle.end() if particle else found.end))


def _with_hour(text: str, now: datetime, calendar: Calendar, prefer: Prefer) -> Found | None:
    """``10``, ``明天10``, ``sun 10``, ``下午3``: nothing but a day, or none, and a bare hour."""
    day = scan_day(text, 0, now, calendar, prefer)
    for one, start in ((day, _next_word(text, day.end) if day else 0), (None, 0)):
        clock = scan_hour(text, start)
        if clock and clock.end == len(text) and not (one and one.clock):
            return _joined(one, clock, clock.end, now)
    return None


def _scan(
    text: str, now: datetime, calendar: Calendar, prefer: Prefer, near: date | None
) -> Found | None:
    if found := _machine_form(text, now):
        return found
    best: Found | None = None
    if day := scan_day(text, 0, now, calendar, prefer, near):
        clock = None if day.clock else scan_time(text, _next_word(text, day.end))
        best = _joined(day, clock if clock and clock.end > day.end else None, day.end, now)
    if clock := scan_time(text, 0):
        following = scan_day(text, _next_word(text, clock.end), now, calendar, prefer, near)
        if following and (following.clock or compiled(":[0-9]").match(text, following.end)):
            following = None
        found = _joined(following, clock, clock.end, now)
        if best is None or found.end > best.end:
            best = found
    return best


def _joined(day: DayFound | None, clock: TimeFound | None, end: int, now: datetime) -> Found:
    end = max(end, day.end if day else 0, clock.end if clock else 0)
    problem = (day.problem if day else None) or (clock.problem if clock else None)
    weak = (day is None or day.weak) and (clock is None or clock.weak)
    if problem:
        return Found(end, None, problem, weak)
    on = day.day if day and day.day else now.date()
    if clock is None:
        assert day is not None
        return Found(end, When(on, day.clock), weak=weak and day.clock is None)
    when = When(on + timedelta(clock.days), clock.time, day is not None)
    return Found(end, when, None, weak, clock.vague, clock)


_BEFORE = r"(?:by|before|until|till|on|at|around)\s+(?:the\s+)?"
_ABOUT = r"\s*(?:左右|前后)"
_BY = rf"\s*(?:之前|以前|前(?![端台面置沿期任线锋辈])|当天|那天)|{_ABOUT}"
_BETWEEN = r"\s*[,，的]?\s*(?:at\s+|on\s+|T(?=[0-9]))?"
_MACHINE = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})(?![0-9A-Za-z])"
)


def _next_word(text: str, end: int) -> int:
    match = compiled(_BETWEEN).match(text, end)
    return match.end() if match else end


def _machine_form(text: str, now: datetime) -> Found | None:
    """ISO with its own offset (2026-11-22T02:30:00Z), turned to the local zone."""
    if text[4:5] != "-":
        return None
    match = compiled(_MACHINE).match(text)
    if not match:
        return None
    try:
        local = datetime.fromisoformat(match.group()).astimezone(now.tzinfo)
    except (ValueError, OverflowError):
        return None  # the plain reading says what is wrong with it
    return Found(match.end(), When(local.date(), local.time().replace(microsecond=0)))
