"""Events and plan steps as an iCalendar file that a telephone or Outlook opens (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from zoneinfo import ZoneInfo

from opslog.exchange.writing.cells import visible
from opslog.exchange.writing.files import write_whole

if TYPE_CHECKING:
    from icalendar import Event, Timezone, TimezoneDaylight, TimezoneStandard

_MINUTE = timedelta(minutes=1)
_WEEK = timedelta(days=7)
_YEAR = timedelta(days=366)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Appointment:
    """``uid`` stays the same from export to export, so that a calendar updates, not doubles; of
    two with one ``uid`` the higher ``sequence`` holds."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    cancelled: bool = False
    busy: bool = False  # False: a thing to do, which does not block the time
    alarm: timedelta | None = None  # so long before its start; None is silent
    sequence: int = 0
    changed_at: datetime | None = None  # None: now


def write_calendar(
    name: str,
    appointments: Iterable[Appointment],
    now: datetime,
    zone: ZoneInfo,
    path: Path,
    *,
    force: bool = False,
) -> Path:
    """Write an .ics file with its times in ``zone``; refuses as ``write_whole`` does.

    What begins before ``now`` rings no more.
    """
    from icalendar import Calendar, vText

    entries = list(appointments)
    calendar = Calendar()
    calendar.add("prodid", "-//opslog//opslog//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", vText(visible(name)))  # escaped only where it is said to be text
    if entries and zone.key != "UTC":
        calendar.add_component(_zone(zone, entries))
    for one in entries:
        calendar.add_component(_entry(one, now, zone))
    text: bytes = calendar.to_ical()

    def write(file: BinaryIO) -> None:
        file.write(text)

    return write_whole(path, write, force=force)


def _entry(one: Appointment, now: datetime, zone: ZoneInfo) -> Event:
    from icalendar import Alarm, Event

    entry = Event()
    entry.add("uid", one.uid)
    # Without METHOD both say when the entry was last revised (RFC 5545, 3.8.7.2).
    entry.add("dtstamp", one.changed_at or now)
    entry.add("last-modified", one.changed_at or now)
    entry.add("sequence", one.sequence)
    begins, ends = one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)
    later = ends > begins  # the end must be later than the start, or not be there
    whole = later and begins.time() == ends.time() == time()  # days, in no zone
    entry.add("dtstart", begins.date() if whole else begins)
    if later:
        entry.add("dtend", ends.date() if whole else ends)
    title = visible(one.title)
    # The mark is for programs that take no notice of STATUS.
    entry.add("summary", f"✗ {title}" if one.cancelled else title)
    if one.place:
        entry.add("location", visible(one.place))
    if one.note:
        entry.add("description", visible(one.note))
    if one.tags:
        entry.add("categories", [visible(tag) for tag in one.tags])
    entry.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    entry.add("transp", "OPAQUE" if one.busy and not one.cancelled else "TRANSPARENT")
    if one.alarm is not None and not one.cancelled and one.starts_at > now:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", -one.alarm)
        entry.add_component(alarm)
    return entry


def _zone(zone: ZoneInfo, entries: Sequence[Appointment]) -> Timezone:
    """The zone's rules from before the first entry until after the last one.

    Outlook wants the changes of the clock as one rule a year, not as a list of dates: one is made
    where it gives all of them.
    """
    from icalendar import Timezone

    first = min(one.starts_at for one in entries) - _YEAR
    last = max(max(one.starts_at, one.ends_at) for one in entries) + _YEAR
    made = Timezone()
    made.add("tzid", zone.key)
    start = first.astimezone(zone)
    made.add_component(_rule([start.replace(tzinfo=None)], start, start))
    changes: dict[tuple[object, ...], list[tuple[datetime, datetime]]] = {}
    for before, after in _changes(zone, first, last):
        kind = (before.utcoffset(), after.utcoffset(), after.tzname())
        changes.setdefault(kind, []).append((before, after))
    for found in changes.values():
        before, after = found[0]
        # A change stands in the time that held until then (RFC 5545, 3.6.5).
        days = [one.replace(tzinfo=None) + _MINUTE for one, _after in found]
        made.add_component(_rule(days, before, after))
    return made


def _changes(
    zone: ZoneInfo, first: datetime, last: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """The last minute of one time and the first of the next, for each change of the clock."""
    day = first.astimezone(UTC).replace(hour=0, minute=0, second=0)
    while day < last:
        low, high = day, day + timedelta(days=1)
        day = high
        if low.astimezone(zone).utcoffset() == high.astimezone(zone).utcoffset():
            continue
        while high - low > _MINUTE:
            middle = low + (high - low) // (2 * _MINUTE) * _MINUTE
            same = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
            low, high = (middle, high) if same else (low, middle)
        yield low.astimezone(zone), high.astimezone(zone)


def _rule(
    days: Sequence[datetime], before: datetime, after: datetime
) -> TimezoneStandard | TimezoneDaylight:
    """What holds from each of ``days`` (local): the offset and name of ``after``."""
    from icalendar import TimezoneDaylight, TimezoneStandard

    part = TimezoneDaylight() if after.dst() else TimezoneStandard()
    part.add("dtstart", days[0])
    part.add("tzoffsetfrom", before.utcoffset())
    part.add("tzoffsetto", after.utcoffset())
    part.add("tzname", after.tzname())
    if len(days) > 1:
        rule = _yearly(days)
        part.add("rrule", rule) if rule else part.add("rdate", list(days[1:]))
    return part


def _yearly(days: Sequence[datetime]) -> dict[str, object] | None:
    """The second Sunday of March, the last one of October …; None where it is not always that."""
    found = {(day.month, day.weekday(), (day.day - 1) // 7 + 1) for day in days}
    last = {(day.month, day.weekday(), -1) for day in days if (day + _WEEK).month != day.month}
    years = [day.year for day in days]
    if years != list(range(years[0], years[0] + len(days))) or len({d.time() for d in days}) > 1:
        return None
    if len(found) > 1:
        found = last if all((day + _WEEK).month != day.month for day in days) else set()
    if len(found) != 1:
        return None
    ((month, weekday, nth),) = found
    return {"freq": "yearly", "bymonth": month, "byday": f"{nth}{_DAYS[weekday]}"}
