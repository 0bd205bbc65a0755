"""Looking the file over: everything that can be wrong with it, and what is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from opslog.disk import temporary
from opslog.domain.base.synced_folders import synced_by
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_kinds
from opslog.services.book.backup import sqlite
from opslog.services.book.book import PROOFS, Book
from opslog.services.book.copies import second_folder
from opslog.store.damage import comparing
from opslog.store.db import backup as copies
from opslog.store.db import connection, person_index, search
from opslog.store.schema import health


@dataclass(frozen=True)
class Finding:
    """One look at the database: ``code`` for machines, ``flaws`` empty where all is well.

    ``grave``: the flaws are damage; otherwise a risk to know about.
    """

    code: str
    text: Msg
    flaws: tuple[str, ...] = ()
    grave: bool = True


def _nobody(_text: Msg) -> None:
    pass


def check(book: Book, told: Callable[[Msg], None] = _nobody) -> list[Finding]:
    """Look at everything that can be wrong with the file; one finding a look.

    Takes its time on a big file: pages, indexes, references, search index, each record, by itself
    and against the newest backup. ``told`` hears what is looked at; Ctrl+C ends it at any time.
    """
    con, path = book.con, book.path
    connection.let_stop(con)
    service = synced_by(path)

    def look(code: str, text: Msg, flaws: Callable[[], Sequence[object]]) -> Finding:
        told(text)
        try:
            return Finding(code, text, tuple(map(str, flaws())))
        except sqlite3.DatabaseError as error:  # what is looked at is damaged, or not there
            if connection.is_in_the_way(error):
                return Finding(code, text, (str(connection.unreadable(path, error)),), grave=False)
            return Finding(code, text, (connection.flaw_of(error),))

    findings = [
        look("integrity", msg(N_("pages, indexes and references")), lambda: copies.integrity(con)),
        look("search", msg(N_("search index")), lambda: search.check(con)),
        look("people", msg(N_("how many people there are")), lambda: person_index.flaws(con)),
        look("schema", msg(N_("tables and triggers")), lambda: health.schema_flaws(con)),
        look("steps", msg(N_("steps that are done by what was done")), lambda: _steps(book)),
        *_rows(book, told),
        look("counts", msg(N_("counts of the imports")), lambda: health.count_flaws(con)),
        look("pragmas", msg(N_("safe against a power cut")), lambda: health.pragma_flaws(con)),
        Finding("sqlite", sqlite().text),
        Finding(
            "leftovers",
            msg(N_("nothing left of what an opslog that was ended had in hand")),
            tuple(map(str, temporary.sweep())),
            grave=False,
        ),
        Finding(
            "permissions",
            msg(N_("readable by you alone")),
            tuple(str(file) for file in health.open_to_others(path)),
            grave=False,
        ),
        Finding(
            "folder",
            msg(N_("on this machine, not in a folder kept in step with a cloud")),
            (f"{service}: {path.parent}",) if service else (),
            grave=False,
        ),
        Finding(
            "second_folder",
            msg(N_("backups in a second folder, where there is one")),
            (str(second_folder.folder_of(book)),) if second_folder.is_away(book) else (),
            grave=False,
        ),
        Finding(
            "own_files",
            msg(N_("your rules, keys, plans and layouts")),
            tuple(str(fault) for fault in _own_files(book)),
            grave=False,
        ),
    ]
    if book.held is None:
        return findings
    # The index is looked over by a statement that writes, and the settings are of writing.
    unseen = {"search", "pragmas"}
    return [
        Finding(one.code, one.text, (str(book.held),), grave=False) if one.code in unseen else one
        for one in findings
    ]


def _steps(book: Book) -> Sequence[str]:
    # Above all areas, as the book itself calls it: by its name.
    flaws: Sequence[str] = import_module(PROOFS).flaws(book)
    return flaws


def _own_files(book: Book) -> Sequence[object]:
    try:
        return own_kinds.look_at_all(book)
    except sqlite3.DatabaseError as error:
        return [connection.flaw_of(error)]


def _rows(book: Book, told: Callable[[Msg], None]) -> list[Finding]:
    """Each row, by itself and against the newest backup."""

    def at(table: str, done: int) -> None:
        told(msg(N_("each record: {table}, {done}"), table=table, done=f"{done:,}"))

    text = msg(N_("each record"))
    told(msg(N_("the newest backup")))
    try:
        found = comparing.look(book.path, at)
    except sqlite3.DatabaseError as error:
        return [Finding("records", text, (connection.flaw_of(error),))]
    records = Finding("records", text, tuple(found.wrong))
    if found.backup is None:
        none = msg(N_("against a backup: there is none of this version to compare with"))
        return [records, Finding("backup", none)]
    compared = msg(
        N_("against the backup {file}: {newer} rows are newer, {apart} are not journalled"),
        file=found.backup.name,
        newer=sum(found.newer.values()),
        apart=sum(found.apart.values()),
    )
    return [records, Finding("backup", compared, tuple(found.differs))]
