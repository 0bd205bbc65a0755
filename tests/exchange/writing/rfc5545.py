"""What is wrong with an iCalendar file, by the grammar of RFC 5545 and by no library."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

_NAME = r"[A-Za-z0-9-]+"
_VALUE = r"(?:\"[^\"\x00-\x08\x0a-\x1f\x7f]*\"|[^\";:,\x00-\x08\x0a-\x1f\x7f]*)"
_PARAM = rf";{_NAME}={_VALUE}(?:,{_VALUE})*"
_LINE = re.compile(rf"({_NAME})((?:{_PARAM})*):([^\x00-\x08\x0a-\x1f\x7f]*)")  # 3.1
_TEXT = re.compile(r"(?:[^\\;,\"]|\"|\\[\\;,Nn])*")  # 3.3.11
_DATE = r"\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"  # 3.3.4
_TIME = r"(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d|60)"  # 3.3.12
_DAY = r"(?:[+-]?[1-9]\d?)?(?:SU|MO|TU|WE|TH|FR|SA)"
_RULE = "|".join(  # 3.3.10, as much of it as a zone needs
    (
        *("FREQ=(?:YEARLY|MONTHLY|WEEKLY|DAILY)", r"BYMONTH=\d{1,2}(?:,\d{1,2})*"),
        *(rf"BYDAY={_DAY}(?:,{_DAY})*", rf"UNTIL={_DATE}T{_TIME}Z", r"COUNT=\d+"),
    )
)
_FORMS = {
    "DATE": _DATE,
    "LOCAL": rf"{_DATE}T{_TIME}",
    "UTC": rf"{_DATE}T{_TIME}Z",
    "INTEGER": r"[+-]?\d{1,10}",
    "OFFSET": r"[+-](?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?",
    "DURATION": r"[+-]?P(?:\d+W|(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?(?<!P))",
    "RECUR": rf"(?:{_RULE})(?:;(?:{_RULE}))*",
    "STATUS": "TENTATIVE|CONFIRMED|CANCELLED",
    "TRANSP": "OPAQUE|TRANSPARENT",
    "ACTION": "AUDIO|DISPLAY|EMAIL",
    "VERSION": r"2\.0",
    "CALSCALE": "GREGORIAN",
}
_KINDS = {
    **dict.fromkeys(("DTSTAMP", "LAST-MODIFIED", "CREATED"), "UTC"),
    **{"SEQUENCE": "INTEGER", "TZOFFSETFROM": "OFFSET", "TZOFFSETTO": "OFFSET", "RRULE": "RECUR"},
    **{"TRIGGER": "DURATION", "STATUS": "STATUS", "TRANSP": "TRANSP", "ACTION": "ACTION"},
    **{"VERSION": "VERSION", "CALSCALE": "CALSCALE"},
}
_TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "UID", "TZID", "TZNAME", "PRODID", "X-WR-CALNAME"}
_MOMENTS = ("DTSTART", "DTEND")
# By component (3.6): what must stand there once, and what at most once.
_ONCE = {
    "VCALENDAR": ("PRODID", "VERSION"),
    "VEVENT": ("UID", "DTSTAMP", "DTSTART"),
    "VTIMEZONE": ("TZID",),
    "STANDARD": ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"),
    "DAYLIGHT": ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"),
    "VALARM": ("ACTION", "TRIGGER", "DESCRIPTION"),
}
_MOST_ONCE = {
    "VCALENDAR": ("CALSCALE", "METHOD"),
    "VEVENT": (
        *("DTEND", "SEQUENCE", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "TRANSP"),
        *("LAST-MODIFIED", "CREATED", "DURATION", "ORGANIZER", "RRULE"),
    ),
}
_INSIDE = {
    "VEVENT": "VCALENDAR",
    "VTIMEZONE": "VCALENDAR",
    "STANDARD": "VTIMEZONE",
    "DAYLIGHT": "VTIMEZONE",
    "VALARM": "VEVENT",
}


class Property(NamedTuple):
    name: str
    params: dict[str, str]
    value: str


class Part(NamedTuple):
    name: str
    above: str
    properties: list[Property]

    def values(self, name: str) -> list[Property]:
        return [one for one in self.properties if one.name == name]


def faults(data: bytes) -> list[str]:
    """Everything that the grammar or the rules of RFC 5545 forbid; none of a good file."""
    found = []
    lines = data.split(b"\r\n")
    if lines.pop() != b"" or re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        found.append("3.1: a line does not end in CRLF")
    found += [f"3.1: {len(one)} octets in a line" for one in lines if len(one) > 75]
    for one in lines:
        try:
            one.decode()
        except UnicodeDecodeError:
            found.append("3.1.4: a character is cut in two")
    parts, broken = _parts(
        re.sub("\r\n[ \t]", "", data.decode(errors="replace")).split("\r\n")[:-1]
    )
    found += broken
    if not parts or parts[0].name != "VCALENDAR":
        found.append("3.4: no calendar object")
    zones = {one.value for part in parts if part.name == "VTIMEZONE" for one in part.values("TZID")}
    uids = Counter(
        one.value for part in parts if part.name == "VEVENT" for one in part.values("UID")
    )
    found += [f"3.8.4.7: {uid} stands {n} times" for uid, n in uids.items() if n > 1]
    for part in parts:
        found += _of_part(part, zones)
    if any(part.name == "VTIMEZONE" for part in parts):
        described = {part.above for part in parts if part.name in ("STANDARD", "DAYLIGHT")}
        found += [] if "VTIMEZONE" in described else ["3.6.5: a zone without an observance"]
    return found


def _parts(lines: list[str]) -> tuple[list[Part], list[str]]:
    parts: list[Part] = []
    open_: list[Part] = []
    found = []
    for text in lines:
        line = _LINE.fullmatch(text)
        if line is None:
            found.append(f"3.1: no content line: {text[:60]!r}")
            continue
        name, value = line[1].upper(), line[3]
        if name == "BEGIN":
            above = open_[-1].name if open_ else ""
            if _INSIDE.get(value, "") != above:
                found.append(f"3.6: {value} inside {above or 'nothing'}")
            open_.append(Part(value, above, []))
            parts.append(open_[-1])
        elif name == "END":
            if not open_ or open_.pop().name != value:
                found.append(f"3.6: END:{value} closes nothing")
        elif not open_:
            found.append(f"3.4: {name} outside of a calendar")
        else:
            params = dict(re.findall(rf";({_NAME})=([^;:]*|\"[^\"]*\")", line[2]))
            open_[-1].properties.append(Property(name, params, value))
    return parts, found + [f"3.6: {part.name} is never closed" for part in open_]


def _of_part(part: Part, zones: set[str]) -> list[str]:
    number = Counter(one.name for one in part.properties)
    found = [f"3.6: {part.name} has {number[n]} {n}" for n in _ONCE[part.name] if number[n] != 1]
    found += [
        f"3.6: {part.name} has {number[n]} {n}"
        for n in _MOST_ONCE.get(part.name, ())
        if number[n] > 1
    ]
    for one in part.properties:
        kind = _KINDS.get(one.name)
        if kind and not re.fullmatch(_FORMS[kind], one.value):
            found.append(f"3.3: {one.name} says {one.value!r}, no {kind}")
        if one.name in _TEXTS and not _TEXT.fullmatch(one.value):
            found.append(f"3.3.11: {one.name} is not escaped: {one.value!r}")
        if part.name == "VEVENT" and one.name in _MOMENTS:
            found += _of_moment(one, zones)
        elif one.name == "DTSTART" and not re.fullmatch(_FORMS["LOCAL"], one.value):
            found.append("3.6.5: an observance begins in local time")
    starts, ends = (part.values(name)[:1] for name in _MOMENTS)
    if starts and ends:
        (start,), (end,) = starts, ends
        if (len(start.value) == 8) != (len(end.value) == 8):
            found.append("3.6.1: DTEND is no value of the kind of DTSTART")
        if start.params == end.params and end.value <= start.value:
            found.append("3.8.2.2: DTEND is not later than DTSTART")
        if part.values("DURATION"):
            found.append("3.6.1: DTEND and DURATION")
    return found


def _of_moment(one: Property, zones: set[str]) -> list[str]:
    """In UTC, in a zone that the file describes, or a whole day; a floating time is not ours."""
    zone = one.params.get("TZID", "").strip('"')
    if one.params.get("VALUE") == "DATE":
        form = "" if zone else "DATE"
    elif zone:
        form = "LOCAL" if zone in zones else ""
    else:
        form = "UTC"
    good = form and re.fullmatch(_FORMS[form], one.value)
    return [] if good else [f"3.3.5: {one.name};{one.params} says {one.value!r}"]
