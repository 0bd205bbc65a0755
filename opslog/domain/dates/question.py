"""The question "when?": all that the capture line reads, and a bare hour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from opslog.domain.base.refusal import Refused
from opslog.domain.dates.moments import When, read_when
from opslog.domain.dates.numerals import fold, number_of
from opslog.locale import N_, msg

_LONGEST_REST = 30  # days; the longest holiday has nine


def read_answer(
    text: str,
    now: datetime,
    is_workday: Callable[[date], bool],
    hours: tuple[time, time] | None = None,
) -> When | None:
    """What the whole of ``text`` says; None where it says neither day nor time.

    A time that is past is the next such one on a working day: ``10`` on a Friday at 10:05 is
    Monday. A bare hour is one within ``hours`` (from, until), and on a working day. Raises
    Refused for what does not exist, and for a bare hour outside them.
    """
    text = text.strip().lstrip(">＞》").strip()
    when = read_when(text, now, hours=True)
    if when is None or when.day_said or when.time is None:
        return when
    bare = number_of(fold(text)) is not None
    if bare and hours:
        when = replace(when, time=_within(when.time, hours))
    today = when.day == now.date() and when.time is not None and when.time > now.time()
    if when.day > now.date() or (today and (not bare or is_workday(when.day))):
        return when
    day = now.date()
    for _step in range(_LONGEST_REST):
        day += timedelta(1)
        if is_workday(day):
            break
    return replace(when, day=day)


def _within(clock: time, hours: tuple[time, time]) -> time:
    first, last = hours
    for one in (clock, clock.replace(hour=max(clock.hour, clock.hour % 12 + 12))):
        if first <= one < last:
            return one
    raise Refused(
        msg(
            N_("{time} is outside calling hours ({first}–{last}); write it with its day"),
            time=f"{clock:%H:%M}", first=f"{first:%H:%M}", last=f"{last:%H:%M}",
        )
    )  # fmt: skip
