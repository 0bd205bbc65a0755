"""Days and moments as a person reads them, short."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from opslog.locale import N_, Msg, msg

WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def weekday(day: date) -> Msg:
    return msg(WEEKDAYS[day.weekday()])


def short_day(day: date, today: date | None = None) -> Msg:
    """“Fri 12-04”; with the year where it isn't the year of ``today`` (or there is none)."""
    text = f"{day:%m-%d}" if today and today.year == day.year else day.isoformat()
    return msg(N_("{weekday} {day}"), weekday=weekday(day), day=text)


def short_moment(instant: datetime, zone: ZoneInfo, today: date | None = None) -> Msg:
    """“Fri 12-04 14:00”, local."""
    local = instant.astimezone(zone)
    return msg(N_("{day} {time}"), day=short_day(local.date(), today), time=f"{local:%H:%M}")


def clock_of(text: str) -> time | None:
    """``HH:MM`` as a time of day, None where it isn't one."""
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))
