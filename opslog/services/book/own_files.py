"""The files the operator edits: texts in the book, each with a mirror beside the database.

The book holds the text, journalled like everything else; the file is its mirror. A hand edit of
the mirror is taken in as one change at the next look, a mirror deleted by hand takes the text out
of the book, and undo and redo write the mirror back. Which files there are, and who reads them,
stands in ``own_kinds``.

A text that can't be understood is never taken in: the newest good one in the book holds
meanwhile, else what ships, and ``Book.faults`` tells what is wrong. Nothing here raises for what
a file says, nor for a book that can't be written just now: then taking in waits.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from opslog.domain.base.clock import instant_text
from opslog.domain.base.own_files.toml_lines import Faulty
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.locale import N_, Msg, msg
from opslog.services.book import mirrors
from opslog.services.book.book import Book, Change
from opslog.services.book.mirrors import Mirror
from opslog.store.db import connection
from opslog.store.db import own_files as store

T = TypeVar("T")
Read = Callable[[str, str], T]

TABLE = "own_file"


class Own(NamedTuple, Generic[T]):
    """The operator's own file as it holds: what it says, its text, and where it came from."""

    value: T
    text: str


def own(
    book: Book, name: str, read: Read[T], template: str = "", *, alone: bool = False
) -> Own[T] | None:
    """The own file ``name`` (its place below the database's folder) in force; None where what
    ships holds.

    A look costs a stat and a row of the book while nothing changed. ``template`` is a text that
    says nothing yet, such as the comments it begins with. ``alone``: nothing ships in its place.
    """
    stamp = mirrors.stamp_of(f"{book.home}/{name}")  # several times a key, so no Path is made
    row = store.text(book.con, name)
    if stamp is None and row is None:
        _forget(book, name)
        return None
    if book.looked.get(name) != (stamp, row, read):
        _look(book, name, row, stamp, read, template, _ASIDE if alone else _SHIPS)
    text = book.in_force[name]
    return None if text is None else Own(_read(read, text, str(book.home / name)), text)


def _look(
    book: Book,
    name: str,
    row: str | None,
    stamp: tuple[int, int] | None,
    read: Read[T],
    template: str,
    holds: str,
) -> None:
    """Bring book and mirror in step, and note what ``holds`` where something is wrong."""
    path = book.home / name
    mirror = None if stamp is None else mirrors.read(path, stamp)
    row = _settle(book, name, row, mirror, read, template)
    after = mirrors.stamp_of(path)
    if after != stamp:  # the mirror was written, or taken away
        stamp, mirror = after, None if after is None else mirrors.read(path, after)
    if mirror is None:
        waits = row is not None and name in mirrors.known(book)
        text, faults = _in_force(path, None if waits else row, None, read, template, holds)
        waits = waits or mirrors.out_of_reach(path)
    else:
        text, faults = _in_force(path, row, mirror, read, template, holds)
        waits = text is not None and text != row
    book.in_force[name] = text
    book.faults[name] = faults
    if not faults:
        del book.faults[name]
    value = None if text is None else _read(read, text, str(path))
    book.doubts[name] = getattr(value, "doubts", ())
    if waits:  # for a book that can be written: then the next look tries again
        book.looked.pop(name, None)
    else:
        book.looked[name] = (stamp, row, read)


def put(book: Book, name: str, text: str, label: Msg) -> Change:
    """A text that opslog itself writes for the operator: one change, and the mirror with it.

    Raises Refused where the book can't be written.
    """
    with book.change(label) as change:
        write_row(book, name, text)
    mirrors.write(book, name, text)
    return change


def follow(book: Book, touched: dict[str, set[int]]) -> None:
    """The mirrors follow what undo or redo did to the book."""
    if TABLE not in touched:
        return
    texts = store.texts(book.con)
    for name in {*mirrors.known(book), *texts}:
        mirror = mirrors.now(book, name)
        _mend(book, name, texts.get(name), mirror)
        book.looked.pop(name, None)


def names(book: Book, folder: str) -> list[str]:
    """The own files of one folder, in the book or beside it, in order."""
    own = book.home / folder
    book.faults.pop(folder, None)
    try:
        found = {f"{folder}/{path.name}" for path in own.iterdir() if path.suffix == ".toml"}
    except OSError as error:
        found = set()
        if (fault := mirrors.folder_fault(own, error)) is not None:
            book.faults[folder] = (fault,)
    return sorted(found | store.names(book.con, folder))


# -- the book and its mirror ---------------------------------------------------------------


def _settle(
    book: Book,
    name: str,
    row: str | None,
    mirror: Mirror | None,
    read: Read[T],
    template: str,
) -> str | None:
    """Bring book and mirror in step as far as that is possible now; the book's text then."""
    if mirror is None and row is not None and mirrors.out_of_reach(book.home / name):
        mirrors.remember(book, name, None)  # it is written again once there is a place for it
        return row
    if mirror is None:
        if row is not None and name in mirrors.known(book):
            return _take_out(book, name, row)
        _mend(book, name, row, mirror)
        return row
    if mirror.text is None:
        if not (
            book.home / name
        ).is_file():  # what stood here comes back once that is out of the way
            mirrors.remember(book, name, None)
        return row
    if mirror.text == row:
        mirrors.remember(book, name, mirror.text)
        return row
    if _mend(book, name, row, mirror):
        return row
    if _says_nothing(mirror.text, template):
        return row if row is None else _take_out(book, name, row, template)
    if _faults(read, mirror.text, str(book.home / name)):
        return row
    return _take_in(book, name, row, mirror.text)


def _says_nothing(text: str, template: str) -> bool:
    """Whether it is the template, be it one of an earlier version with other comments."""
    return text == template or (bool(template) and _bare(text) == _bare(template))


def _bare(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _mend(book: Book, name: str, row: str | None, mirror: Mirror | None) -> bool:
    """Where the book changed and nobody touched the mirror, it follows; whether that was so."""
    known = mirrors.known(book).get(name)
    if mirror is None:
        if row is not None and known is None:
            mirrors.write(book, name, row)
        return row is not None
    if mirror.text is None or mirror.text == row or known != mirrors.mark_of(mirror.text):
        return False
    if row is not None:
        mirrors.write(book, name, row)
        return True
    if not store.in_journal(book.con, name, mirror.text):  # then redo could not bring it back
        return False  # of another book that lay here: nobody else has this text
    try:
        (book.home / name).unlink()
    except OSError:
        return True
    mirrors.remember(book, name, None)
    return True


def _take_in(book: Book, name: str, row: str | None, text: str) -> str | None:
    with in_passing(book) as may:
        if may:
            label = N_("{file} taken in") if row is None else N_("{file} as you edited it")
            with book.change(msg(label, file=name)):
                if store.text(book.con, name) != text:  # else another window was quicker
                    write_row(book, name, text)
            mirrors.remember(book, name, text)
            return text
    return row


def _take_out(book: Book, name: str, row: str, left: str | None = None) -> str | None:
    """``left`` is what the mirror says now, None where it is gone."""
    with in_passing(book) as may:
        if may:
            with book.change(msg(N_("{file} taken away; what ships holds"), file=name)):
                store.delete(book.con, name)
            mirrors.remember(book, name, left)
            return None
    return row


@contextmanager
def in_passing(book: Book) -> Iterator[bool]:
    """Whether something may be written beside what is being done; not where that has to wait.

    Another program's lock is not waited for, and a book that can't be written is no obstacle.
    """
    if book.held is not None or book.con.in_transaction:
        yield False
        return
    with suppress(Refused, sqlite3.OperationalError), connection.waiting(book.con, 0):
        yield True


def write_row(book: Book, name: str, text: str) -> None:
    store.put(book.con, name, text, instant_text(book.now()))


# -- what holds ---------------------------------------------------------------------------


def _in_force(
    path: Path, row: str | None, mirror: Mirror | None, read: Read[T], template: str, holds: str
) -> tuple[str | None, tuple[Msg, ...]]:
    """The text that holds, None for what ships; and all that is wrong, with what holds instead."""
    faults: tuple[Msg, ...] = ()
    if mirror is not None and (mirror.text is None or mirror.text != row):
        if mirror.text is not None and _says_nothing(mirror.text, template):
            return None, ()
        if mirror.fault is not None:
            faults = (mirror.fault,)
        elif mirror.text is not None:
            faults = _faults(read, mirror.text, str(path))
            if not faults:
                return mirror.text, ()
    if row is not None and not (of_row := _faults(read, row, str(path))):
        if faults:
            faults = (*faults, msg(_BEFORE, file=str(path)))
        return row, faults
    elif row is not None and not faults:
        faults = of_row
    if not faults:
        return None, ()
    return None, (*faults, msg(holds, file=str(path)))


_BEFORE = N_("{file}: meanwhile what it said before holds")
_SHIPS = N_("{file}: meanwhile what ships holds")
_ASIDE = N_("{file}: left aside until it can be read")


def gathered(faults: Iterable[Msg]) -> list[Msg]:
    """Each fault once; last, and of all files together, what holds meanwhile."""
    said: list[Msg] = []
    holds: dict[str, list[str]] = {_BEFORE: [], _SHIPS: [], _ASIDE: []}
    for fault in faults:
        if fault.id in holds:
            holds[fault.id].append(str(fault.args["file"]))
        elif fault not in said:
            said.append(fault)
    return [*said, *(msg(id, file=listed(files)) for id, files in holds.items() if files)]


def said(book: Book) -> list[Msg]:
    """What is wrong in any own file, and what is odd, by file."""
    names = sorted({*book.faults, *book.doubts})
    both = book.faults, book.doubts
    return [said for name in names for table in both for said in table.get(name, ())]


def news(book: Book, told: set[str]) -> list[str]:
    """What is wrong and was not ``told`` yet, which it then is: the folder once, then each file by
    its name in it."""
    found = said(book)
    new = gathered(fault for fault in found if str(fault) not in told)
    told |= {str(fault) for fault in found}
    where = str(msg(N_("In your files beside the database ({folder}):"), folder=str(book.home)))
    inside = [str(fault).replace(f"{book.home}{os.sep}", "") for fault in new]
    return [where, *inside] if new else []


def _forget(book: Book, name: str) -> None:
    for table in (book.looked, book.in_force, book.faults, book.doubts):
        table.pop(name, None)


@lru_cache(maxsize=64)
def _read(read: Read[T], text: str, file: str) -> T:
    return read(text, file)


@lru_cache(maxsize=64)
def _faults(read: Read[T], text: str, file: str) -> tuple[Msg, ...]:
    try:
        _read(read, text, file)
    except Faulty as faulty:
        return faulty.faults
    except Refused as refusal:
        return (refusal.message,)
    return ()
