"""Text files of people that are no table: which kind one is, and its people as rows of a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import Columns
from opslog.exchange.headings.rows import Row
from opslog.exchange.people_files import addresses, chains, chats, lines, vcards
from opslog.exchange.people_files.entries import Entry, FileLines, Line, columns, row
from opslog.exchange.reading.encoding import Decoding
from opslog.exchange.reading.limits import LONGEST_LINE, long_cell
from opslog.locale import N_, msg

_SEEN = 400  # lines a file is known by
_BEGIN = re.compile(r"\s*BEGIN\s*:\s*(VCARD|VCALENDAR)\s*", re.IGNORECASE)
_CALLED = re.compile(r"\s*(?:X-WR-CALNAME|SUMMARY)\b[^:]*:\s*(\S.*)", re.IGNORECASE)


class _Kind(NamedTuple):
    """``fields`` in the order their columns stand in."""

    name: str
    fields: tuple[str, ...]
    entries: Callable[[Iterable[Line]], Iterator[Entry]]


_VCARDS = _Kind(
    N_("vCard contacts"),
    ("name", "company", "title", "phone", "email", "city", "note"),
    vcards.entries,
)
_SAID = ("name", "company", "title", "phone", "email")
_CHAIN = _Kind(N_("sign-up by turns (接龙)"), (*_SAID, "status", "guests", "note"), chains.entries)
_CHAT = _Kind(N_("chat log"), (*_SAID, "signed_up_at", "guests", "note"), chats.entries)
_LINES = _Kind(N_("people a line each"), (*_SAID, "status", "guests", "note"), lines.entries)
_ADDRESSES = _Kind(N_("e-mail addresses"), ("name", "email"), addresses.entries)


class PeopleRows:
    """The people of a file, a row each below headings that the file itself has not."""

    def __init__(self, path: Path, decoding: Decoding, kind: _Kind) -> None:
        self._path, self._lines, self._kind = path, FileLines(path, decoding), kind
        self._size = 0  # of the one at hand
        self.name = str(msg(kind.name))
        self.columns: tuple[str, ...]
        self.mapping: dict[str, Columns]
        self.columns, self.mapping = columns(kind.fields)

    @property
    def share(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return self._lines.share

    def __iter__(self) -> Iterator[Row]:
        for entry in self._kind.entries(self._counted()):
            self._size = 0
            yield row(entry, self._kind.fields)

    def _counted(self) -> Iterator[Line]:
        """Of a chat all is read before the first."""
        for number, text in self._lines:
            self._size += len(text)
            if self._size > LONGEST_LINE and self._kind is not _CHAT:
                raise long_cell(self._path, number, LONGEST_LINE)
            yield number, text


def find(path: Path, decoding: Decoding) -> PeopleRows | None:
    """The people of a file of a kind that is known; None where it may be a table.

    Raises Refused for a calendar.
    """
    seen = list(islice(FileLines(path, decoding), _SEEN))
    top = next((text for _number, text in seen if text.strip()), "")
    begin = _BEGIN.fullmatch(top)
    if begin and begin[1].upper() == "VCALENDAR":
        raise _calendar(path, seen)
    if begin:
        return PeopleRows(path, decoding, _VCARDS)
    if addresses.are_lines(seen):
        return PeopleRows(path, decoding, _ADDRESSES)
    if chains.is_chain(seen):
        return PeopleRows(path, decoding, _CHAIN)
    if chats.is_chat(seen):
        return PeopleRows(path, decoding, _CHAT)
    if lines.are_people(seen):
        return PeopleRows(path, decoding, _LINES)
    return None


def _calendar(path: Path, seen: list[Line]) -> Refused:
    named = (_CALLED.fullmatch(text) for _number, text in seen)
    name = next((found[1].strip() for found in named if found), "")
    return Refused(
        msg(
            N_(
                "{file} is a calendar (“{name}”), not a list of people; ask for the people who "
                "were invited as CSV, XLSX or vCard"
            ),
            file=path.name,
            name=name.replace("\\,", ",").replace("\\;", ";") or path.stem,
        )
    )
