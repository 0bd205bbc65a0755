"""What the bytes say after an erasure: the database, its log beside it, and the operator's files.

Proof, not hope: whatever tells the person from others is looked for in every notation. What
somebody else has too, or what is a word as well, is found by right, and counted apart.
"""

from __future__ import annotations

import glob
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from opslog.domain.people.erasing import Traces
from opslog.services.book import own_kinds
from opslog.store.people import erasing as people_store

LEAK, SHARED, WORD = "leak", "shared", "word"


@dataclass(frozen=True)
class Left:
    """A trace that stands in a file so many times. ``why``: ``shared`` (somebody else has it),
    ``word`` (the name is one) or ``leak``."""

    text: str
    file: Path
    times: int
    why: str


def look(con: sqlite3.Connection, path: Path, traces: Traces) -> tuple[Left, ...]:
    """Every trace that is left in the database at ``path`` and the files that belong to it. The
    database's own bytes come through ``con``: who opens the file beside it drops its locks."""
    wanted = traces.in_bytes()
    found = [(path, *one) for one in _counted(con.serialize(), wanted)]
    found += [(file, *one) for file in _files(path) for one in _in_file(file, wanted)]
    return tuple(Left(text, file, times, _why(con, traces, text)) for file, text, times in found)


def holds(file: Path, traces: Traces) -> bool:
    """Whether a file has in it what tells the person from others; a name that is not theirs alone
    only where nothing surer is known. Raises OSError."""
    return any(True for _found in _in_file(file, _sure(traces), once=True))


def in_text(content: bytes, traces: Traces) -> bool:
    """The same of a part of a file."""
    return any(pattern.search(content) for _text, pattern in _sure(traces))


def _sure(traces: Traces) -> list[tuple[str, re.Pattern[bytes]]]:
    sure = set(traces.every()) - traces.shared - traces.everyday
    return [(text, one) for text, one in traces.in_bytes() if text in sure or not sure]


def _files(path: Path) -> Iterator[Path]:
    """What lies beside the database under its name, but for the index of its log, which holds
    numbers of pages and is locked like the database; the operator's own files."""
    home = path.parent
    own = [home / kind.place for kind in own_kinds.SINGLE]
    for folder in (own_kinds.PLANS, own_kinds.OWN_PLANS, own_kinds.LAYOUTS):
        own += sorted((home / folder).glob("*.toml"))
    beside = sorted(home.glob(f"{glob.escape(path.name)}-*"))
    index = path.with_name(f"{path.name}-shm")
    yield from (file for file in (*beside, *own) if file.is_file() and file != index)


def _in_file(
    file: Path, wanted: Sequence[tuple[str, re.Pattern[bytes]]], *, once: bool = False
) -> Iterator[tuple[str, int]]:
    """Which of these a file holds, and how often (``once``: that it does is enough)."""
    # Read, not mapped: another window may cut the log short meanwhile, and a map dies of that.
    yield from _counted(file.read_bytes(), wanted, once=once)


def _counted(
    raw: bytes, wanted: Sequence[tuple[str, re.Pattern[bytes]]], *, once: bool = False
) -> Iterator[tuple[str, int]]:
    for text, pattern in wanted:
        if once:
            times = int(pattern.search(raw) is not None)
        else:
            times = sum(1 for _found in pattern.finditer(raw))
        if times:
            yield text, times


def _why(con: sqlite3.Connection, traces: Traces, text: str) -> str:
    if text in traces.shared or people_store.part_of_others(con, text):
        return SHARED
    return WORD if text in traces.everyday else LEAK
