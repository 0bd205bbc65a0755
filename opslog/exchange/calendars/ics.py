"""A calendar file (RFC 5545) as components with their properties, each with the line it is on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from opslog.domain.base import foreign
from opslog.domain.base.own_files.toml_lines import at_line
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, Msg, msg

LONGEST = 8 << 20  # bytes; a calendar of many years has a tenth of that
_LINE = re.compile(r"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:\"[^\"]*\"|[^\";:]*))*):(.*)", re.DOTALL)
_PARAMETER = re.compile(r";([A-Za-z0-9-]+)=(\"[^\"]*\"|[^\";:]*)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Property(NamedTuple):
    """``value`` as it stands in the file."""

    name: str
    parameters: Mapping[str, str]
    value: str
    line: int

    @property
    def text(self) -> str:
        """The value without its escapes."""
        return _ESCAPED.sub(
            lambda found: {"n": "\n", "N": "\n"}.get(found[1], found[1]), self.value
        )


@dataclass
class Component:
    name: str
    line: int
    properties: list[Property] = field(default_factory=list)
    parts: list[Component] = field(default_factory=list)

    def get(self, name: str) -> Property | None:
        """The first property of that name."""
        return next((one for one in self.properties if one.name == name), None)

    def text(self, name: str) -> str:
        found = self.get(name)
        return found.text.strip() if found else ""


def content(path: Path) -> bytes:
    """What the file holds. Raises Refused where it can't be read, or is far too long."""
    try:
        if path.stat().st_size > LONGEST:
            raise Refused(msg(N_("{file} is longer than {n} KiB"), file=path, n=LONGEST >> 10))
        return path.read_bytes()
    except OSError as error:
        reason = foreign.reason(error)
        raise Refused(msg(N_("{file} can't be read: {reason}"), file=path, reason=reason)) from None


def decoded(data: bytes) -> str:
    """As UTF-8, else as what Chinese programs write."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def read(data: bytes, file: str) -> Component:
    """The calendar. Raises Refused naming the line that can't be read."""
    top = Component("", 1)
    open_: list[Component] = [top]
    for number, text in _unfolded(decoded(data)):
        found = _LINE.fullmatch(text)
        if found is None:
            raise wrong(file, number, msg(N_("“{text}” is no line of a calendar"), text=text[:40]))
        name, value = found[1].upper(), found[3]
        if name == "BEGIN":
            part = Component(value.strip().upper(), number)
            open_[-1].parts.append(part)
            open_.append(part)
        elif name == "END":
            if len(open_) < 2 or open_[-1].name != value.strip().upper():
                raise wrong(file, number, msg(N_("END:{name} closes nothing"), name=value.strip()))
            open_.pop()
        else:
            parameters = {
                key.upper(): said.strip('"') for key, said in _PARAMETER.findall(found[2])
            }
            open_[-1].properties.append(Property(name, parameters, value, number))
    if len(open_) > 1:
        last = open_[-1]
        raise wrong(file, last.line, msg(N_("BEGIN:{name} is never closed"), name=last.name))
    calendar = next((part for part in top.parts if part.name == "VCALENDAR"), None)
    if calendar is None:
        raise wrong(file, 1, msg(N_("no calendar begins here (BEGIN:VCALENDAR)")))
    return calendar


def wrong(file: str, line: int, reason: Msg) -> Refused:
    return Refused(at_line(file, line, reason))


def day(value: str) -> date | None:
    """``20270101`` as a day; None where there is no such day."""
    found = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", value.strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers, those that go on below put together; empty ones left out."""
    begun, whole = 0, ""
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if line[:1] in (" ", "\t") and whole:
            whole += line[1:]
            continue
        if whole.strip():
            yield begun, whole
        begun, whole = number, line
    if whole.strip():
        yield begun, whole
