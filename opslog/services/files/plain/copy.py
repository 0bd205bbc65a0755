"""The plain copy: everything in the book as JSON lines and as pages to read, in a folder.

What ``opslog restore`` makes of it is the same database, journal and all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import opslog
from opslog.domain.base import foreign
from opslog.domain.base.clock import instant_text
from opslog.domain.base.labels import spoken
from opslog.domain.base.refusal import Refused
from opslog.exchange.plain import folder as plain
from opslog.exchange.plain.folder import About, Writing
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.files.plain import pages, readme
from opslog.store.db import backup as copies
from opslog.store.plain import lines
from opslog.store.schema.held import held

Progress = Callable[[Msg, float], None]  # what is written now, and the share that is done
_HALF = 0.5  # of the work are the records


def _nobody(_text: Msg, _share: float) -> None:
    pass


def write(book: Book, folder: Path, told: Progress = _nobody) -> Path:
    """Write everything there is into ``folder``, which is made; where it lies.

    Reads on a connection of its own, so that it may run beside the screens. Raises Refused where
    there can be none, or a record can't be written as what it is; then nothing is left of it.
    """
    folder = check_place(folder)
    if book.held is None:
        own_kinds.look_at_all(book)  # what was edited by hand belongs into the copy
    with _one_moment(book) as reading:
        plain.write(folder, lambda writing: _fill(reading, writing, told))
    book.remember_copy(folder, "plain")
    return folder


def check_place(folder: Path) -> Path:
    """Where a copy called ``folder`` would be. Raises Refused where none can be."""
    return plain.check_place(folder)


@contextmanager
def _one_moment(book: Book) -> Iterator[Book]:
    """The book as it stands now, whoever writes meanwhile."""
    with closing(copies.open_read_only(book.path)) as con:
        reading = Book(con, book.path, book.clock, book.session)
        with reading.one_moment():
            yield reading


def _fill(book: Book, writing: Writing, told: Progress) -> None:
    records(book, writing, told)
    book.con.text_factory = str  # all of it was seen to be text: three times as quick
    for name, page in readme.PAGES.items():
        text = msg(N_("page: {file}"), file=name)
        writing.file(name, _heard(pages.chunks(book, page), told=told, text=text, share=_HALF))
    writing.text(readme.README, readme.text())


def records(book: Book, writing: Writing, told: Progress = _nobody) -> None:
    """What a database is made of again, of whatever schema it is."""
    con = book.con
    tables = {table: lines.count(con, table) for table in lines.tables(con)}
    numbers, whole, before = {}, sum(tables.values()), 0
    for table, number in tables.items():
        if number:
            text = msg(N_("records: {table}"), table=table.name)
            hear = partial(_heard, told=told, text=text, share=_HALF * before / whole)
            if _written(book, writing, table, hear) != number:
                raise Refused(msg(N_("{table}: not every record was written"), table=table.name))
            numbers[table.name] = number
            before += number
    writing.text(plain.SCHEMA, lines.schema(con))
    writing.text(plain.ABOUT, _about(book, numbers).text())


def _heard(chunks: Iterator[bytes], *, told: Progress, text: Msg, share: float) -> Iterator[bytes]:
    """Somebody hears of each part, and may put an end to it."""
    for chunk in chunks:
        told(text, share)
        yield chunk


def _written(
    book: Book,
    writing: Writing,
    table: lines.Table,
    hear: Callable[[Iterator[bytes]], Iterator[bytes]],
) -> int:
    name = f"{plain.RECORDS}/{table.name}.jsonl"
    try:
        return writing.file(name, hear(lines.lines(book.con, table)))
    except (sqlite3.Error, UnicodeDecodeError) as error:
        text = N_(
            "{table}: a record can't be written ({reason}); opslog check names it, opslog check "
            "--repair saves what can be saved"
        )
        raise Refused(msg(text, table=table.name, reason=foreign.reason(error))) from error


def _about(book: Book, records: dict[str, int]) -> About:
    known = held(book.con)
    at, text, label, args = known.line
    return About(
        schema=lines.schema_version(book.con),
        version=opslog.__version__,
        at=instant_text(book.now()),
        last_ids=lines.last_ids(book.con),
        records=records,
        holds={
            **{"events": known.events, "people": known.people, "calls": known.calls},
            "last_line": {"at": at, "text": spoken(text, label, args)} if at else None,
        },
    )
