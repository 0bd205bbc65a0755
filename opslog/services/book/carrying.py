"""What a backup brought back takes over from the file it replaces: who was erased since, numbers
that stay barred, which copies went out and go where, what calendars were told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from opslog.locale import N_, msg
from opslog.services.book import rescue
from opslog.services.book.copies import second_folder
from opslog.store.db import backup as copies
from opslog.store.db import connection, copied, wal
from opslog.store.events import calendar
from opslog.store.people import erased
from opslog.store.people import erasing as people_store
from opslog.store.schema.columns import DECLARED

ERASED_AGAIN = msg(N_("Erased a person on request"))


@dataclass(frozen=True)
class Present:
    """What the file that is replaced knows and the backup may not."""

    marks: erased.ErasedMarks
    rows: dict[int, str]
    bars: list[tuple[object, ...]]
    copies: list[copied.CopyRow]
    told: list[tuple[object, ...]]
    second: str  # folder for backups


def carry(path: Path, staged: Path, source: Path, kept: Path | None, at: str) -> int:
    """Make ``staged``, a copy of the backup ``source``, fit to take the place of ``path``; how many
    people in it had been erased, and are so again. Raises Refused where it can't be written.

    Where ``path`` can't be read, the newest backup that can be says who was erased.
    """
    files = [path, *(file for file in rescue.backups(path) if file != source)]
    present = next((known for known in map(_known, files) if known is not None), None)
    if present is None:
        return 0
    try:
        return _carry(present, staged, kept, at)
    except sqlite3.Error as error:
        raise connection.unreadable(staged, error) from error


def _known(file: Path) -> Present | None:
    try:
        with closing(copies.open_read_only(file)) as con:
            return Present(
                erased.marks(con),
                erased.rows_erased(con),
                erased.hidden(con),
                copied.every(con),
                calendar.every(con),
                second_folder.known(con),
            )
    except (sqlite3.Error, OSError):
        return None


def _carry(present: Present, staged: Path, kept: Path | None, at: str) -> int:
    with closing(connection.connect(staged)) as con:
        with wal.alone(con):
            con.execute("BEGIN IMMEDIATE")
            erased.take_secret(con, present.marks)
            people = erased.come_back(con, present.marks, present.rows)
            if people:
                own, _found = people_store.erase(con, DECLARED, people, at)
                people_store.note(con, at, "restore", ERASED_AGAIN.id, "{}", own)
            erased.take_over(con, present.marks, present.bars)
            copied.put(con, present.copies)
            calendar.take_over(con, present.told)
            second_folder.take_over(con, present.second)
            if kept is not None:
                copied.put(con, [copied.row_of(con, kept, at, "backup")])
            con.execute("COMMIT")
        if people:
            people_store.clean_file(con)
        connection.put_into_one_file(con)
    return len(people)
