"""Events and plan steps as an iCalendar file that a telephone or Outlook opens (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from zoneinfo import ZoneInfo

from opslog.exchange.writing.cells import visible
from opslog.exchange.writing.files import write_whole

if TYPE_CHECKING:
    from icalendar import Event, Timezone

_YEAR = timedelta(days=366)


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
    from icalendar import Calendar

    entries = list(appointments)
    calendar = Calendar()
    calendar.add("prodid", "-//opslog//opslog//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", visible(name))
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
    entry.add("dtstart", one.starts_at.astimezone(zone))
    if one.ends_at > one.starts_at:  # the end must be later than the start, or not be there
        entry.add("dtend", one.ends_at.astimezone(zone))
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
    """The zone's rules from before the first entry until after the last one."""
    from icalendar import Timezone

    first = min(one.starts_at for one in entries) - _YEAR
    last = max(max(one.starts_at, one.ends_at) for one in entries) + _YEAR
    made = Timezone.from_tzinfo(zone, zone.key, first.date(), last.date())
    made.pop("comment", None)  # which days it holds for: all of this file
    return made
