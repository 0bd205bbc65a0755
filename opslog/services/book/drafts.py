"""What was typed and not entered: kept when a window ends, offered at the next start.

It goes into the file, or, where that can't be written just now, into a side file that the next
start takes in. Not a change: nothing to undo. What is being typed is noted beside the file after
each pause (``Meanwhile``), for whoever starts after a window that had no time to keep it.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from opslog.disk import locks
from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.base.labels import pack, unpack
from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import storable
from opslog.locale import Msg
from opslog.services.book.book import Book
from opslog.store.db import drafts as store

# What a draft may be about, and the table (or view) that says whether it is still there.
ABOUT = {
    "person": "person_shown",
    "event": "event",
    "step": "step",
    "routine": "routine",
    "log": "log",
    "follow_up": "follow_up",
    "task": "follow_up",
    "promise": "card",
    "row": "roster_row",
    "event_review": "event",
    "enrolment": "enrolment",
}


class Place(NamedTuple):
    """Where something is typed: the action that opens it, on the screen that shows ``kind`` and
    ``ref`` (as ``navigation.open_thing`` takes them; '' for an action of the app's own, the name
    of a main screen with 0). ``person_id``: whom it is about, for erasing.
    """

    action: str
    kind: str = ""
    ref: int = 0
    person_id: int | None = None

    @property
    def key(self) -> str:
        return " ".join(filter(None, (self.action, self.kind, str(self.ref or ""))))


CAPTURE = Place("capture")


@dataclass(frozen=True)
class Draft:
    """``typed``: text by field, '' the name where there is one line only. ``title``: what was
    asked. ``key``: the place as the file has it."""

    key: str
    title: str
    typed: Mapping[str, str]
    at: datetime

    @property
    def place(self) -> Place:
        action, kind, ref, *_more = [*self.key.partition(" ~")[0].split(), "", ""]
        return Place(action, kind, int(ref or 0))

    @property
    def text(self) -> str:
        """All of it in one line."""
        return " · ".join(filter(None, self.typed.values()))


class HalfTyped(NamedTuple):
    """What stands in a place: what was asked, and what was typed by field. ``before`` is the draft
    it was taken up from: of another one in the same place, as a second window may have left,
    nothing is lost.
    """

    place: Place
    title: Msg
    typed: Mapping[str, str]
    before: Draft | None = None

    def row(self, book: Book) -> dict[str, Any]:
        text = {
            "title": self.title.id,
            "args": json.loads(pack(self.title)),
            "typed": {name: storable(one) for name, one in self.typed.items()},
        }
        return {
            "place": self.place.key,
            "text": json.dumps(text, ensure_ascii=False),
            "at": instant_text(book.now()),
            "person_id": self.place.person_id,
            "before": self.before.key if self.before else "",
        }


class Meanwhile:
    """What is being typed in one window, in a file of its own for as long as that lives. Written
    without a wait for the disk: a process that is killed loses nothing by that."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._path = _typing(book.path, os.urandom(4).hex())
        self._descriptor: int | None = None
        self._noted: Sequence[HalfTyped] = ()

    @property
    def holds(self) -> bool:
        """Whether anything is noted."""
        return bool(self._noted)

    def note(self, typed: Sequence[HalfTyped]) -> None:
        """All that is being typed by now. Where the folder can't be written it is kept at the end
        alone."""
        if typed == self._noted:
            return
        rows = [one.row(self._book) for one in typed]
        line = (json.dumps(rows, ensure_ascii=False) + "\n").encode()
        with suppress(OSError):
            if self._descriptor is None:
                flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
                self._descriptor = os.open(self._path, flags, 0o600)
                locks.take(self._descriptor)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            # What stood there is never gone before this stands; on a full disk a part may fit.
            if os.write(self._descriptor, line) == len(line):
                os.ftruncate(self._descriptor, len(line))
                self._noted = typed

    def end(self) -> None:
        """The window closes. What is noted still could be kept nowhere else: it stays."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
            if not self._noted:
                with suppress(OSError):
                    self._path.unlink()


def keep(
    book: Book, place: Place, title: Msg, typed: Mapping[str, str], before: Draft | None
) -> bool:
    """Keep what was typed. False where neither the file nor the folder can be written."""
    row = HalfTyped(place, title, typed, before).row(book)
    try:
        with book.replay():
            store.put(book.con, row)
    except (Refused, sqlite3.Error):
        try:
            _write_beside(book.path, row)
        except OSError:
            return False
    return True


def drop(book: Book, draft: Draft) -> None:
    """It was entered, or is not wanted. Raises Refused where the file can't be written."""
    take_in(book)
    with book.replay():
        store.delete(book.con, draft.key)


def put_first(book: Book, draft: Draft) -> None:
    """Of several in one place it is this one that the place opens with."""
    with book.replay():
        store.exchange(book.con, draft.place.key, draft.key)


def of(book: Book, place: Place) -> Draft | None:
    """What was typed there and left."""
    beside = [one for one in _beside(side_file(book.path)) if one["place"] == place.key]
    if beside:
        return _draft(beside[-1])
    row = store.of(book.con, place.key)
    return None if row is None else _draft(row)


def waiting(book: Book) -> list[Draft]:
    """All of them, the newest first."""
    return [_draft(row) for row in store.every(book.con)]


def still_there(book: Book, place: Place) -> bool:
    """Whether what it was about is (somebody may have deleted it since)."""
    table = ABOUT.get(place.kind)
    if table is None or not place.ref:
        return True
    return store.is_there(book.con, table, place.ref)


def take_in(book: Book) -> None:
    """What was written beside the file goes into it, also what a window that was killed had noted.
    Raises Refused where that can't be done yet; then it stays beside.
    """
    for path in book.path.parent.glob(_typing(book.path, "*").name):
        _take_in_of_killed(book, path)
    side = side_file(book.path)
    taken = side.with_name(f"{side.name}.taken")  # no window writes into it any more
    if not taken.exists():
        try:
            os.replace(side, taken)
        except OSError:  # none there, which is the rule
            return
    with book.replay():
        for row in _beside(taken):
            store.put(book.con, row)
    taken.unlink()


def _take_in_of_killed(book: Book, path: Path) -> None:
    """What one window noted, unless it lives."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:  # it has just ended
        return
    try:
        if not locks.take(descriptor):
            return
        rows = []
        with suppress(ValueError):  # cut off while it was written
            line = path.read_text(encoding="utf-8", errors="replace").split("\n")[0]
            rows = json.loads(line)
        if rows:
            with book.replay():
                for row in rows:
                    store.put(book.con, row)
    except OSError:  # a file system without locks: nobody can tell who lives
        return
    finally:
        os.close(descriptor)
    with suppress(OSError):
        path.unlink()


def _typing(path: Path, window: str) -> Path:
    return path.with_name(f"{path.name}-typing-{window}")


def _beside(path: Path) -> list[dict[str, Any]]:
    """The drafts in a side file, the oldest first."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:  # none there, which is the rule
        return []
    rows = []
    for line in lines:
        with suppress(ValueError):  # cut off while it was written
            rows.append(dict(json.loads(line)))
    return rows


def side_file(path: Path) -> Path:
    return path.with_name(f"{path.name}-typed")


def _write_beside(path: Path, row: Mapping[str, Any]) -> None:
    """Added to whatever other windows wrote there; only its owner may read it. Raises OSError where
    there is no room for all of it."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    line = (json.dumps(row, ensure_ascii=False) + "\n").encode()
    descriptor = os.open(side_file(path), flags, 0o600)
    try:
        if (written := os.write(descriptor, line)) != len(line):
            raise OSError(errno.ENOSPC, f"{written} of {len(line)} bytes written")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _draft(row: sqlite3.Row | Mapping[str, Any]) -> Draft:
    """As it stands, its title in the language spoken now; text that is no JSON any more (a name was
    taken out of it) is shown whole."""
    try:
        held = json.loads(row["text"])
        title = str(unpack(str(held["title"]), json.dumps(held.get("args", {}))))
        typed = {k: str(v) for k, v in held["typed"].items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        title, typed = "", {"": str(row["text"])}
    return Draft(row["place"], title, typed, instant_of(row["at"]))
