"""What a file that is no table says of one person, and the row of a list it becomes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from opslog.domain.rosters.rosters import FIELDS, Columns
from opslog.exchange.headings.rows import Row
from opslog.exchange.people_files.spoken import Spoken
from opslog.exchange.reading.encoding import Decoding
from opslog.locale import N_, msg

STRAY, CUT_OFF = "stray_text", "cut_off"  # marks, see ``PROBLEMS``
# A number or address more than this stands in the last of their columns, beside the one there.
SEVERAL = 3
_BAD_BYTE = re.compile(r"\\x[89a-f][0-9a-f]")
_ENTRY = N_("As it stands in the file")

Line = tuple[int, str]  # its number from 1, and its text without the line end


class Entry(NamedTuple):
    """One person. ``line`` is where the entry begins; ``text`` the entry, word for word."""

    line: int
    text: str
    name: str = ""
    company: str = ""
    title: str = ""
    phone: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    city: str = ""
    signed_up_at: str = ""
    status: str = ""
    guests: str = ""
    note: str = ""
    marks: tuple[str, ...] = ()


def stray(lines: list[Line]) -> Entry:
    """Lines that were not understood as anybody's."""
    return Entry(lines[0][0], whole(lines), marks=(STRAY,))


def spoken(lines: list[Line], said: Spoken) -> Entry:
    """Lines in which somebody was understood."""
    return Entry(lines[0][0], whole(lines), **said._asdict())


def whole(lines: list[Line]) -> str:
    return "\n".join(text for _number, text in lines)


def columns(fields: Iterable[str]) -> tuple[tuple[str, ...], dict[str, Columns]]:
    """The headings of a list of entries, in the operator's language, and what each means.

    The last one heads the entry itself, which means nothing more.
    """
    headings: list[str] = []
    mapping: dict[str, Columns] = {}
    for field in fields:
        name = str(msg(FIELDS[field]))
        count = SEVERAL if field in ("phone", "email") else 1
        mapping[field] = tuple(range(len(headings), len(headings) + count))
        headings += [name, *(f"{name} {number}" for number in range(2, count + 1))]
    return (*headings, str(msg(_ENTRY))), mapping


def row(entry: Entry, fields: Iterable[str]) -> Row:
    """The cells of one entry below ``columns(fields)``."""
    cells: list[str] = []
    for field in fields:
        value = getattr(entry, field)
        if isinstance(value, tuple):
            first, rest = value[: SEVERAL - 1], value[SEVERAL - 1 :]
            value = (*first, "; ".join(rest))
            cells += [*value, *[""] * (SEVERAL - len(value))]
        else:
            cells.append(value)
    bad = ("bad_bytes",) if _BAD_BYTE.search(entry.text) else ()
    return Row(entry.line, [*cells, entry.text], (*entry.marks, *bad))


class FileLines:
    """The lines of a text file, numbered; ``share`` tells how far it has got."""

    def __init__(self, path: Path, decoding: Decoding) -> None:
        self._path, self._decoding = path, decoding
        self.share = 0.0

    def __iter__(self) -> Iterator[Line]:
        size = self._path.stat().st_size or 1
        read = 0
        name, errors = self._decoding.name, self._decoding.errors
        with self._path.open(encoding=name, errors=errors) as file:
            for number, text in enumerate(file, 1):
                read += len(text)  # characters, of no fewer bytes
                self.share = min(1.0, read / size)
                # A copy that was cut off may end in NULs, which are nothing.
                yield number, text.rstrip("\n").replace("\0", "").removeprefix("\ufeff")
        self.share = 1.0
