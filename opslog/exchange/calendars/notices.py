"""A year's notice of holidays from a file: holiday-cn's JSON, or a calendar of whole days.

The JSON is that of github.com/NateScarlet/holiday-cn: ``year`` and ``days`` with ``name``, ``date``
and ``isOffDay``. A calendar says 班 (or “work”) in the summary or description of a make-up day.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from opslog.domain.base.own_files.toml_lines import at_line
from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import storable
from opslog.domain.dates import notices
from opslog.domain.dates.notices import Notice, Told
from opslog.exchange.calendars import ics
from opslog.locale import N_, Msg, msg

_WORKED = re.compile(r"班|\bwork(?:ing)?\b(?!-)", re.IGNORECASE)
_BESIDE = re.compile(r"[（(\[【].*?[)）\]】]|假期|放假|补班|调休|上班|\s+")
_LONGEST = 40  # days of one holiday; no real one has a quarter
_NEW_YEAR = "元旦"


def read(path: Path) -> list[Notice]:
    """The notices in a file, one a year. Raises Refused naming the place of what is wrong."""
    data = ics.content(path)
    said = _calendar(data, path.name) if b"BEGIN:VCALENDAR" in data[:2000].upper() else None
    found = said if said is not None else _json(data, path.name)
    for notice in found:
        if (lacking := notices.whole(notice)) is not None:
            raise Refused(msg(N_("{file}: {reason}"), file=path.name, reason=lacking))
    return found


def _json(data: bytes, file: str) -> list[Notice]:
    text = ics.decoded(data)
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        reason = msg(N_("neither holiday-cn's JSON nor a calendar file"))
        raise Refused(at_line(file, line, reason)) from None
    year = said.get("year") if isinstance(said, dict) else None
    days = said.get("days") if isinstance(said, dict) else None
    if type(year) is not int or not 1970 <= year <= 2199 or not isinstance(days, list):
        raise _at(file, "year, days", msg(N_("a year and a list of days belong here")))
    found: dict[date, Told] = {}
    for number, one in enumerate(days):
        place = f"days[{number}]"
        off = one.get("isOffDay") if isinstance(one, dict) else None
        name = one.get("name") if isinstance(one, dict) else None
        written = one.get("date") if isinstance(one, dict) else None
        if not isinstance(off, bool) or not isinstance(name, str) or not name.strip():
            raise _at(file, place, msg(N_("a name, a date and isOffDay belong here")))
        day = ics.day(str(written).replace("-", ""))
        if day is None:
            raise _at(file, place, msg(N_("“{text}” is no date"), text=str(written)[:40]))
        told = Told(off, storable(name.strip()))
        if (fault := notices.fault(year, day)) is not None:
            raise _at(file, place, fault)
        if found.setdefault(day, told).off != off:
            raise _at(file, place, msg(N_("{day} is in both lists"), day=day.isoformat()))
    return [Notice(year, found)]


def _at(file: str, place: str, reason: Msg) -> Refused:
    return Refused(msg(N_("{file}, {place}: {reason}"), file=file, place=place, reason=reason))


def _calendar(data: bytes, file: str) -> list[Notice]:
    years: dict[int, dict[date, Told]] = {}
    for event in ics.read(data, file).parts:
        if event.name != "VEVENT" or event.text("STATUS").upper() == "CANCELLED":
            continue
        summary = event.text("SUMMARY")
        worked = bool(_WORKED.search(summary) or event.text("DESCRIPTION") == "班")
        name = storable(_BESIDE.sub("", summary) or summary or _NEW_YEAR)
        for day in _days(event, file):
            year = day.year + (day.month == 12 and _NEW_YEAR in name)
            told = Told(not worked, name)
            if reason := notices.fault(year, day):
                raise ics.wrong(file, event.line, reason)
            years.setdefault(year, {})[day] = told
    if not years:
        raise ics.wrong(file, 1, msg(N_("this calendar has no day off in it")))
    return [Notice(year, days) for year, days in sorted(years.items())]


def _days(event: ics.Component, file: str) -> Iterator[date]:
    """Each day of an entry that lasts whole days; its end is no part of it."""
    start, end = event.get("DTSTART"), event.get("DTEND")
    first = ics.day(start.value) if start else None
    if start is None or first is None:
        line = start.line if start else event.line
        raise ics.wrong(file, line, msg(N_("this is no entry of whole days (DTSTART)")))
    last = ics.day(end.value) if end else first + timedelta(days=1)
    if last is None or not first < last <= first + timedelta(days=_LONGEST):
        raise ics.wrong(file, end.line if end else event.line, msg(N_("this ends on no such day")))
    while first < last:
        yield first
        first += timedelta(days=1)
