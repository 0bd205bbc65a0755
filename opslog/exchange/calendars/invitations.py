"""An organiser's invitation (.ics, RFC 5545): what, when, where, by whom, and which version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from opslog.domain.base.text import storable
from opslog.exchange.calendars import ics
from opslog.exchange.calendars.ics import Component, Property
from opslog.locale import N_, Msg, msg

# What an entry of whole days is taken for: nobody says when it begins.
OPENS, CLOSES = time(9), time(18)
_MOMENT = re.compile(r"(\d{8})T(\d\d)(\d\d)(\d\d)?(Z?)")
_LASTS = re.compile(r"\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?")
_MOST_DAYS = 366


class Invitation(NamedTuple):
    """``ends_at`` None: it doesn't say. A higher ``sequence`` is a later version. ``occurrence``:
    it is about that one date of a series alone. ``remarks`` are what a look at it should say."""

    uid: str
    sequence: int
    name: str
    starts_at: datetime
    ends_at: datetime | None
    place: str
    organiser: str
    cancelled: bool
    occurrence: datetime | None = None
    remarks: tuple[Msg, ...] = ()


_REPEATS = {
    "DAILY": N_("it repeats daily: only its first date is taken"),
    "WEEKLY": N_("it repeats weekly: only its first date is taken"),
    "MONTHLY": N_("it repeats monthly: only its first date is taken"),
    "YEARLY": N_("it repeats yearly: only its first date is taken"),
}


class _Where(NamedTuple):
    """The operator's zone, and the calendar a moment stands in."""

    zone: ZoneInfo
    calendar: Component
    file: str


def read(path: Path, zone: ZoneInfo) -> Invitation:
    """The one invitation a file holds; times without a zone are in ``zone``.

    Raises Refused naming the line of what is wrong.
    """
    file = path.name
    calendar = ics.read(ics.content(path), file)
    entries = [part for part in calendar.parts if part.name == "VEVENT"]
    whole = [part for part in entries if part.get("RECURRENCE-ID") is None] or entries
    if not whole:
        raise ics.wrong(file, calendar.line, msg(N_("no event stands in this calendar")))
    if len(whole) > 1:
        text = N_("a second event stands here: an invitation holds one")
        raise ics.wrong(file, whole[1].line, msg(text))
    (one,) = whole
    uid, name = one.text("UID"), " ".join(one.text("SUMMARY").split())
    if not uid or not name:
        text = N_("an invitation needs a UID and a SUMMARY")
        raise ics.wrong(file, one.line, msg(text))
    starts = one.get("DTSTART")
    if starts is None:
        raise ics.wrong(file, one.line, msg(N_("it does not say when it begins (DTSTART)")))
    here = _Where(zone, calendar, file)
    starts_at = _instant(starts, here, OPENS)
    ends_at = _ends(one, starts_at, here)
    method = calendar.text("METHOD").upper()
    of_series = one.get("RECURRENCE-ID")
    return Invitation(
        storable(uid),
        _sequence(one, file),
        storable(name),
        starts_at,
        ends_at,
        storable(" ".join(one.text("LOCATION").split())),
        storable(_organiser(one.get("ORGANIZER"))),
        method == "CANCEL" or one.text("STATUS").upper() == "CANCELLED",
        _instant(of_series, here, OPENS) if of_series else None,
        tuple(_remarks(one, starts, here)),
    )


def _remarks(one: Component, starts: Property, here: _Where) -> Iterator[Msg]:
    """What is read otherwise than somebody may think."""
    if rule := one.text("RRULE"):
        often = re.search(r"FREQ=(\w+)", rule.upper())
        text = N_("it repeats: only its first date is taken")
        yield msg(_REPEATS.get(often[1] if often else "", text))
    elif one.get("RDATE"):
        yield msg(N_("it repeats: only its first date is taken"))
    if one.get("RECURRENCE-ID"):
        yield msg(N_("it is about one date of a series"))
    if ics.day(starts.value):
        text = N_("whole days: taken from {opens} to {closes}")
        yield msg(text, opens=f"{OPENS:%H:%M}", closes=f"{CLOSES:%H:%M}")
        return
    at = _instant(starts, here, OPENS)
    there = at.astimezone(UTC if starts.value.strip().endswith("Z") else _zone(starts, here))
    if starts.parameters.get("TZID") and there.utcoffset() != at.astimezone(here.zone).utcoffset():
        zone = starts.parameters["TZID"].lstrip("/")
        yield msg(N_("{time} there ({zone})"), time=f"{there:%H:%M}", zone=storable(zone))


def _sequence(one: Component, file: str) -> int:
    said = one.get("SEQUENCE")
    if said is None:
        return 0
    if not re.fullmatch(r"\d{1,9}", said.value.strip()):
        text = N_("“{text}” is no whole number")
        raise ics.wrong(file, said.line, msg(text, text=said.value[:40]))
    return int(said.value)


def _organiser(said: Property | None) -> str:
    """By name, else by address."""
    if said is None:
        return ""
    return said.parameters.get("CN", "") or re.sub("(?i)^mailto:", "", said.text.strip())


def _ends(one: Component, starts_at: datetime, here: _Where) -> datetime | None:
    end, lasts, start = one.get("DTEND"), one.get("DURATION"), one.get("DTSTART")
    if end is not None:
        at = _instant(end, here, CLOSES)
        if ics.day(end.value):  # the day after its last
            at -= timedelta(days=1)
    elif lasts is not None:
        found = _LASTS.fullmatch(lasts.value.strip())
        if found is None or not any(found.groups()):
            raise ics.wrong(
                here.file, lasts.line, msg(N_("“{text}” is no duration"), text=lasts.value)
            )
        weeks, days, hours, minutes = (int(part or 0) for part in found.groups())
        if weeks * 7 + days + hours // 24 + minutes // 1440 > _MOST_DAYS:
            raise ics.wrong(
                here.file, lasts.line, msg(N_("“{text}” is no duration"), text=lasts.value)
            )
        at = starts_at + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
    elif start is not None and ics.day(start.value):
        return _instant(start, here, CLOSES)
    else:
        return None
    if not starts_at < at <= starts_at + timedelta(days=_MOST_DAYS):
        said = end or lasts or start
        line = said.line if said else one.line
        raise ics.wrong(here.file, line, msg(N_("it ends before it begins, or a year later")))
    return at


def _instant(said: Property, here: _Where, whole_day: time) -> datetime:
    """The instant, UTC. A day alone is taken at ``whole_day``."""
    if (day := ics.day(said.value)) is not None:
        return datetime.combine(day, whole_day, here.zone).astimezone(UTC)
    found = _MOMENT.fullmatch(said.value.strip())
    day = ics.day(found[1]) if found else None
    if found is None or day is None or int(found[2]) > 23 or int(found[3]) > 59:
        text = N_("“{text}” is no moment of the calendar")
        raise ics.wrong(here.file, said.line, msg(text, text=said.value[:40]))
    clock = time(int(found[2]), int(found[3]))
    where: tzinfo = UTC if found[5] else _zone(said, here)
    return datetime.combine(day, clock, where).astimezone(UTC)


def _zone(said: Property, here: _Where) -> tzinfo:
    """The zone a moment is told in: its own, as Outlook names it too, or as the file describes it
    where it knows no summer time; else the operator's."""
    name = said.parameters.get("TZID", "").strip().lstrip("/")
    if not name:
        return here.zone
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    try:
        return ZoneInfo(WINDOWS_TO_OLSON.get(name, name))
    except (ValueError, OSError, KeyError):
        for part in here.calendar.parts:
            if part.name == "VTIMEZONE" and part.text("TZID") == name and len(part.parts) == 1:
                found = re.fullmatch(r"([+-])(\d\d)(\d\d)", part.parts[0].text("TZOFFSETTO"))
                if found and int(found[2]) < 24:
                    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
                    return timezone(-offset if found[1] == "-" else offset)
        text = N_("nobody knows the time zone “{text}”")
        raise ics.wrong(here.file, said.line, msg(text, text=name[:40])) from None
