"""Days and moments as a person reads them, short."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from opslog.locale import N_, Msg, msg

WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))

FIRST_HOUR, LAST_HOUR = time(7), time(22)  # when people are awake and may be written to

MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip


def weekday(day: date) -> Msg:
    return msg(WEEKDAYS[day.weekday()])


def short_day(day: date, today: date | None = None) -> Msg:
    """“Fri 12-04”; with the year where it isn't the year of ``today`` (or there is none)."""
    return msg(N_("{weekday} {day}"), weekday=weekday(day), day=_near_day(day, today))


def short_moment(instant: datetime, zone: ZoneInfo, today: date | None = None) -> Msg:
    """“Fri 12-04 14:00”, local."""
    local = instant.astimezone(zone)
    return msg(N_("{day} {time}"), day=short_day(local.date(), today), time=f"{local:%H:%M}")


def end_moment(starts_at: datetime, ends_at: datetime, zone: ZoneInfo, today: date) -> Msg:
    """The end of a span whose beginning is said: with its day only where that is another."""
    start, end = (at.astimezone(zone) for at in (starts_at, ends_at))
    if start.date() == end.date():
        return Msg("{text}", {"text": f"{end:%H:%M}"})
    return short_moment(ends_at, zone, today)


def near_moment(instant: datetime, zone: ZoneInfo, today: date) -> Msg:
    """“14:00” where it is today, else “Fri 12-04 14:00”, with the year where that is another; the
    day alone where it is its beginning."""
    local = instant.astimezone(zone)
    if local.date() == today:
        return Msg("{text}", {"text": f"{local:%H:%M}"})
    if local.time() == time():
        return short_day(local.date(), today)
    return short_moment(instant, zone, today)


def column_day(day: date, today: date) -> Msg:
    """“Fri 12-04”, and of another year “2026-12-04”: as wide, so that a column cuts no date."""
    return short_day(day, today) if day.year == today.year else near_day(day, today)


def column_moment(instant: datetime, zone: ZoneInfo, today: date) -> Msg:
    """As ``column_day``, with the time; the time alone where it is today."""
    local = instant.astimezone(zone)
    if local.date().year == today.year:
        return near_moment(instant, zone, today)
    return Msg("{text}", {"text": past_moment(instant, zone, today)})


def past_moment(instant: datetime, zone: ZoneInfo, today: date) -> str:
    """“12-04 14:00”, with the year where that is another: nobody plans with it."""
    local = instant.astimezone(zone)
    return f"{_near_day(local.date(), today)} {local:%H:%M}"


def near_day(day: date, today: date) -> Msg:
    """“12-04”, with the year where that is another."""
    return Msg("{text}", {"text": _near_day(day, today)})


def _near_day(day: date, today: date | None) -> str:
    return f"{day:%m-%d}" if today and today.year == day.year else day.isoformat()


def from_day(days: int) -> str:
    """“T-10”, “T”, “T+3”: days from the event's own, in every language."""
    return f"T{days:+d}" if days else "T"


def spoken_day(day: date) -> Msg:
    """“Fri 4 Dec”: as a talk track says it."""
    return msg(
        N_("{weekday} {day} {month}"),
        weekday=weekday(day),
        day=day.day,
        month=msg(MONTHS[day.month - 1]),
    )


def spoken_moment(instant: datetime, zone: ZoneInfo) -> Msg:
    """“Fri 4 Dec, 14:00”: as a message to people says it."""
    local = instant.astimezone(zone)
    return msg(
        N_("{weekday} {day} {month}, {time}"),
        weekday=weekday(local.date()),
        day=local.day,
        month=msg(MONTHS[local.month - 1]),
        time=f"{local:%H:%M}",
    )


@lru_cache
def clock_of(text: str) -> time | None:
    """``HH:MM`` as a time of day, None where it isn't one."""
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))
