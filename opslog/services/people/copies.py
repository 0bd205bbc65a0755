"""Copies that went out of the file, looked into when somebody is erased."""

from __future__ import annotations

import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from opslog.disk import temporary
from opslog.domain.base import foreign
from opslog.domain.base.sentences import bracketed
from opslog.domain.people.erasing import Traces
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book
from opslog.services.book.copies import second_folder
from opslog.services.people import traces_left
from opslog.store.db import backup, copied
from opslog.store.db.copied import CopyRow
from opslog.store.people import erasing as people_store

HOLDS, GONE, UNSEEN = "holds", "gone", "unseen"
SAID = {
    HOLDS: N_("These copies still hold the person; delete them by hand:"),
    GONE: N_(
        "These copies are no longer where they were written; wherever they are, they may hold the"
        " person:"
    ),
    UNSEEN: N_("These copies could not be looked into; they may hold the person:"),
}

AWAY = N_("the second folder for backups: its disk is not there")


@dataclass(frozen=True)
class Copy:
    """A copy that has to be thought of. ``state``: it still ``holds`` the person, is ``gone`` from
    its place and held them, or could not be looked into (``unseen``: ``reason`` says why)."""

    path: Path
    state: str
    kind: str = ""
    at: str = ""  # an instant, '' not known
    reason: str = ""

    def said(self) -> str:
        """The path, and why it could not be looked into."""
        return str(bracketed(str(self.path), self.reason)) if self.reason else str(self.path)


def holding(
    book: Book, went_out: Sequence[CopyRow], ids: Sequence[int], traces: Traces
) -> tuple[Copy, ...]:
    """What is to be said of the copies of somebody who was just erased: of those that went out,
    and of those nobody wrote down."""
    made = people_store.made_at(book.con, ids)
    return _looked_at(
        book,
        went_out,
        made,
        lambda file: people_store.copy_holds(file, made) or _holds(file, traces),
    )


def still(book: Book, ids: Sequence[int]) -> tuple[Copy, ...]:
    """The same where the erasure was before: what told the person from others is gone here, so that
    copies are asked for the rows themselves, and only databases can be."""
    made = people_store.made_at(book.con, ids)
    went_out = copied.every(book.con)
    found = _looked_at(book, went_out, made, lambda file: people_store.copy_holds(file, made))
    return tuple(copy for copy in found if copy.state == HOLDS)


def _looked_at(
    book: Book,
    went_out: Sequence[CopyRow],
    made: Sequence[tuple[int, str]],
    holds: Callable[[Path], bool],
) -> tuple[Copy, ...]:
    remembered = {Path(row.path): row for row in went_out}
    ids = [id for id, _made in made]
    events = people_store.events_of(book.con, ids)
    found = []
    away = second_folder.folder_of(book) if second_folder.is_away(book) else None
    if away is not None:
        found.append(Copy(away, UNSEEN, "backup", reason=str(msg(AWAY))))
    for path in sorted({*remembered, *_beside(book.path), *second_folder.backups(book)}):
        row = remembered.get(path)
        kind, at = (row.kind, row.at) if row else ("", "")
        if path.parent == away:
            continue
        try:
            if not path.exists():
                if row and copied.may_have_held(row, ids, events):
                    found.append(Copy(path, GONE, kind, at))
            elif any(file.stat().st_size and holds(file) for file in _files(path)):
                found.append(Copy(path, HOLDS, kind, at))
        except (OSError, sqlite3.Error, zipfile.BadZipFile, zlib.error) as error:
            reason = foreign.reason(error)
            found.append(Copy(path, UNSEEN, kind, at, str(reason)))
    return tuple(found)


def _files(path: Path) -> Iterator[Path]:
    """A plain copy is a folder: all in it is looked into."""
    found = path.rglob("*") if path.is_dir() else (path,)
    yield from (file for file in found if file.is_file())


def _beside(path: Path) -> Iterator[Path]:
    """Copies nobody wrote down: all in the backups folder, and what an opslog that was killed left
    hidden beside the database and could not be swept away."""
    for found in (backup.folder_of(path), *path.parent.glob(f"{temporary.MARK}*")):
        yield from _files(found)


def _holds(file: Path, traces: Traces) -> bool:
    """A workbook is a ZIP file: its parts are looked into."""
    if not zipfile.is_zipfile(file):
        return traces_left.holds(file, traces)
    with zipfile.ZipFile(file) as parts:
        return any(
            traces_left.in_text(parts.read(name), traces)
            for name in parts.namelist()
            if name.endswith((".xml", ".rels"))
        )


def said(found: Sequence[Copy]) -> list[tuple[Msg, list[Copy]]]:
    """The copies under the sentence that goes for them."""
    grouped = [(msg(SAID[state]), [one for one in found if one.state == state]) for state in SAID]
    return [(sentence, ones) for sentence, ones in grouped if ones]
