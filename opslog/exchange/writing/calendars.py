"""Events and plan steps as an iCalendar file that a telephone or Outlook opens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from opslog.exchange.writing.cells import visible
from opslog.exchange.writing.files import write_whole


@dataclass(frozen=True)
class Appointment:
    """``uid`` stays the same from export to export, so that a calendar updates, not doubles."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    cancelled: bool = False
    busy: bool = False  # False: a thing to do, which does not block the time


def write_calendar(
    name: str,
    appointments: Iterable[Appointment],
    now: datetime,
    path: Path,
    *,
    force: bool = False,
) -> Path:
    """Write an .ics file stamped ``now`` (instants in UTC); refuses as ``write_whole`` does."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//opslog//opslog//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", visible(name))
    for one in appointments:
        entry = Event()
        entry.add("uid", one.uid)
        entry.add("dtstamp", now)
        entry.add("dtstart", one.starts_at)
        entry.add("dtend", max(one.ends_at, one.starts_at))
        entry.add("summary", visible(one.title))
        if one.place:
            entry.add("location", visible(one.place))
        if one.note:
            entry.add("description", visible(one.note))
        if one.tags:
            entry.add("categories", [visible(tag) for tag in one.tags])
        entry.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
        entry.add("transp", "OPAQUE" if one.busy else "TRANSPARENT")
        calendar.add_component(entry)
    text: bytes = calendar.to_ical()

    def write(file: BinaryIO) -> None:
        file.write(text)

    return write_whole(path, write, force=force)
