"""The question "when?": all that the capture line reads, and a bare hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from opslog.domain.base.refusal import Refused
from opslog.domain.dates.moments import When, read_when
from opslog.domain.dates.numerals import fold, number_of
from opslog.domain.dates.workdays import Calendar
from opslog.locale import N_, Msg, msg


@dataclass(frozen=True)
class Answer:
    """``when`` is what was said; ``moved`` why it is not the very next such time, None where it
    is."""

    when: When
    moved: Msg | None = None


def read_answer(
    text: str,
    now: datetime,
    calendar: Calendar,
    hours: tuple[time, time] | None = None,
    before: datetime | None = None,
) -> Answer | None:
    """What the whole of ``text`` says; None where it says neither day nor time.

    A time that is past is the next such one on a working day: ``10`` on a Friday at 10:05 is
    Monday. A bare hour is one within ``hours`` (from, until), and on a working day. Where that is
    of no use any more (``before``: an event begins then), it is one before that, on a day off too
    if need be. Raises Refused for what does not exist, and for a bare hour outside them.
    """
    text = text.strip().lstrip(">＞》").strip()
    when = read_when(text, now, calendar, hours=True)
    if when is None:
        return None
    if when.day_said or when.time is None:
        return Answer(when)
    bare = number_of(fold(text)) is not None
    said = when.time
    if bare and hours:
        when = when._replace(time=_within(said, hours))
    today = when.day == now.date() and when.time is not None and when.time > now.time()
    if when.day > now.date() or (today and (not bare or calendar().is_workday(when.day))):
        return Answer(when, _why(when, said, hours) if when.time != said else None)
    day = calendar().next(now.date())
    usual = when.day if today else now.date() + timedelta(1)
    found = when._replace(day=day)
    if before is not None and (sooner := _in_time(found, today, now, before, calendar)):
        text = N_("the next {time} that is early enough")
        return Answer(sooner, msg(text, time=f"{sooner.time:%H:%M}"))
    return Answer(found, _why(found, said, hours) if (day, when.time) != (usual, said) else None)


def _in_time(
    found: When, today: bool, now: datetime, before: datetime, calendar: Calendar
) -> When | None:
    """The same time of an earlier day, where the one found comes too late: a working day, or the
    day itself before which it must be; where there is none, the next day."""
    assert found.time is not None
    before = before.astimezone(now.tzinfo)
    late = before.date() if found.time < before.time() else before.date() - timedelta(1)
    if found.day <= late:
        return None
    first = now.date() if today else now.date() + timedelta(1)
    days = [first + timedelta(n) for n in range((late - first).days + 1)]
    good = (day for day in days if day == before.date() or calendar().is_workday(day))
    day: date | None = next(good, next(iter(days), None))
    return None if day is None else found._replace(day=day)


def read_new_time(
    text: str, now: datetime, own: datetime, calendar: Calendar, before: datetime | None = None
) -> Answer | None:
    """As ``read_answer``, for what has a time of its own: ``+1d`` counts from there, or from
    today where that is past. ``own`` in the zone of ``now``."""
    begin = max(now, own) if text.lstrip()[:1] in "+＋" else now
    return read_answer(text, begin, calendar, before=before)


def _why(when: When, said: time, hours: tuple[time, time] | None) -> Msg:
    assert when.time is not None
    clock = f"{when.time:%H:%M}"
    if when.time != said or hours:
        return msg(N_("the next {time} within calling hours"), time=clock)
    return msg(N_("the next {time} on a working day"), time=clock)


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
