"""What a backup, a plain copy or the book itself holds: what to know before one takes the place of
another."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from opslog.domain.base.clock import instant_of
from opslog.domain.base.labels import unpack
from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import shortened
from opslog.exchange.plain import folder as plain
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book import rescue
from opslog.services.book.book import Book
from opslog.services.book.copies import second_folder
from opslog.store.db import backup as copies
from opslog.store.db import copied
from opslog.store.schema.held import Held, held

_KINDS = {
    "daily": N_("daily"),
    "recent": N_("after a list"),  # what a copy alone has room for
    "before-restore": N_("before a restore"),
    "before": N_("before an upgrade"),
    "kept": N_("kept of a window"),
}


class Holding(NamedTuple):
    """``at``: when it was written. ``known``: None for what can't be read. ``flaw``: what is wrong
    with it, '' nothing, None where that was not looked at."""

    path: Path
    at: datetime
    bytes: int
    known: Held | None
    flaw: str | None = None

    @property
    def line_at(self) -> datetime | None:
        """Of the newest line of the log."""
        return instant_of(self.known.line[0]) if self.known and self.known.line[0] else None

    @property
    def line(self) -> Msg | str:
        """The newest line of the log, '' for none."""
        if self.known is None:
            return ""
        _at, text, label, args = self.known.line
        return unpack(label, args) if label else shortened(text)


def of(path: Path, *, verify: bool = True) -> Holding:
    """Of a backup, or of the folder of a plain copy. ``verify``: read it from end to end."""
    if path.is_dir():
        return _of_folder(path, verify=verify)
    known, flaw, when, size = None, None, datetime.fromtimestamp(0).astimezone(), 0
    try:
        said = path.stat()
        when, size = datetime.fromtimestamp(said.st_mtime).astimezone(), said.st_size
        with closing(copies.open_read_only(path)) as con:
            known = held(con)
            if verify:
                flaw = next(iter(copies.integrity(con)), "")
    except (sqlite3.Error, OSError) as error:
        flaw = str(error)
    return Holding(path, when, size, known, flaw)


def _of_folder(path: Path, *, verify: bool) -> Holding:
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    try:
        said = plain.about(path)
        line = said.holds["last_line"] or {"at": "", "text": ""}
        events, people, calls = (int(said.holds[name]) for name in Held._fields[:3])
        known = Held(events, people, calls, (str(line["at"]), str(line["text"]), "", ""))
        when = instant_of(said.at)
    except (Refused, LookupError, TypeError, ValueError) as error:
        when = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        return Holding(path, when, size, None, str(error))
    flaw = None
    if verify:
        try:
            plain.check(path, said)
            flaw = ""
        except Refused as refusal:
            flaw = str(refusal)
    return Holding(path, when, size, known, flaw)


def present(path: Path) -> Holding | None:
    """Of the file that would be replaced; None where there is none that can be read."""
    found = of(path, verify=False) if path.is_file() and path.stat().st_size else None
    return found if found is not None and found.known is not None else None


def places(path: Path, book: Book | None = None) -> list[Path]:
    """Every copy that may be brought back, the newest first: those beside the file at ``path``; of
    an open book also those in the second folder, and those written elsewhere that are there."""
    found = dict.fromkeys(rescue.backups(path))
    if book is not None:
        found |= dict.fromkeys(second_folder.backups(book))
        for row in copied.every(book.con):
            if row.kind in ("backup", "plain") and Path(row.path).exists():
                found[Path(row.path)] = None
    return sorted(found, key=_written, reverse=True)


def _written(path: Path) -> float:
    with suppress(OSError):
        return path.stat().st_mtime
    return 0


def kind(path: Path) -> str:
    """Why a copy was written, by its name; a message id."""
    if path.is_dir():
        return N_("plain copy")
    for word, said in _KINDS.items():
        if f"-{word}" in path.name:
            return said
    return N_("backup")


def counts(known: Held) -> Msg:
    """``3 events, 220 people, 26 calls``."""
    return msg(
        N_("{events}, {people}, {calls}"),
        events=nmsg("{n} event", "{n} events", known.events),
        people=nmsg("{n} person", "{n} people", known.people),
        calls=nmsg("{n} call", "{n} calls", known.calls),
    )


def size(bytes: int) -> str:
    return f"{bytes / 1_000_000:.1f} MB"
