"""Erasing a person for good, because they asked for it.

The one thing in opslog that can't be undone. The ledger keeps its counts; who it was goes from
every table, from what undo goes by, from the search index, and from the file's free pages.
Copies made earlier are not touched: those that still hold the person are named.
"""

from __future__ import annotations

import mmap
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import shortened
from opslog.domain.people.card import Person
from opslog.domain.people.names import fold
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_files
from opslog.services.book.book import Book, Change, pack
from opslog.services.people import card as person_card
from opslog.store.db import backup as copies
from opslog.store.db import connection
from opslog.store.people import erasing as people_store
from opslog.store.schema.columns import DECLARED

Progress = Callable[[Msg], None]
LONGEST = 40  # characters of a name that are still typed as a confirmation
# Printable by their class, and yet nothing to be seen or typed.
_UNSEEN = frozenset(
    map(chr, (0x34F, 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10)))
)


@dataclass(frozen=True)
class Erased:
    """``backups`` still hold the person. ``clean``: nothing is left in the file; not so where
    another program had it open. ``already``: it was done before, and the file is cleaned again."""

    change: Change
    backups: tuple[Path, ...]
    clean: bool = True
    already: bool = False


def confirm(person: Person, typed: str) -> None:
    """Raises Refused unless ``typed`` is the word for the person."""
    word = word_for(person)
    if fold(typed) == fold(word):
        return
    text = (
        N_("“{typed}” is not the name; type {name} to erase this person for good")
        if word == person.name
        else N_("“{typed}” is not the number; type {name} to erase this person for good")
    )
    raise Refused(msg(text, typed=shortened(typed), name=word))


def word_for(person: Person) -> str:
    """What has to be typed for a person to be erased: the name; their number where there is none,
    or where nobody could type it as it stands."""
    name = person.name
    plain = name.isprintable() and not set(name) & _UNSEEN and fold(name)
    return name if plain and len(name) <= LONGEST else str(person.id)


def erase(book: Book, person_id: int, typed: str, *, progress: Progress | None = None) -> Erased:
    """Erase a person. It can't be undone.

    ``typed`` is the name, as a confirmation in writing. Somebody erased already asks for none:
    the file is cleaned once more. Raises Refused where it is not the name, where there is no such
    person, and where the file can't be written.
    """
    person = person_card.get(book, person_card.living(book, person_id))
    label = msg(N_("Erased a person on request"))
    if person.erased:  # what another program hindered then is made up for
        rows = people_store.rows_of(book.con, person.id)
        clean = _cleaned(book.con)
        return Erased(Change(label), tuple(_still_holding(book, rows)), clean, already=True)
    confirm(person, typed)
    tell = progress or (lambda _text: None)
    con, now = book.con, instant_text(book.now())
    ids = people_store.rows_of(con, person.id)
    found = people_store.traces(con, ids)
    tell(msg(N_("erasing …")))
    con.execute("PRAGMA secure_delete=ON")
    try:
        with book.replay():
            own = people_store.erase(con, DECLARED, ids, found, now)
            number = people_store.note(con, now, book.session, label.id, pack(label), own)
        own_files.follow(book, {"own_file": set()})  # what lies beside says no more than the book
        tell(msg(N_("cleaning the file …")))
        clean = _cleaned(con)
    finally:
        con.execute("PRAGMA secure_delete=OFF")
    tell(msg(N_("looking through the backups …")))
    change = Change(label, number, touched={"person": set(ids)})
    return Erased(change, tuple(_holding(copies.folder_of(book.path), found.bytes())), clean)


def erase_in_thread(book: Book, person_id: int, typed: str, progress: Progress) -> Erased:
    """The same in a thread: on a connection of its own."""
    with closing(connection.connect(book.path)) as con:
        return erase(replace(book, con=con), person_id, typed, progress=progress)


def unclean(person_id: int) -> Msg:
    """What to say where the file could not be cleaned."""
    return msg(
        N_(
            "Another program has the file open, so traces may be left in its free pages; close it, "
            "then: opslog people --erase {id}"
        ),
        id=person_id,
    )


def _cleaned(con: sqlite3.Connection) -> bool:
    """The person is erased by then: that another program reads just now is no reason to fail."""
    try:
        return people_store.clean_file(con)
    except sqlite3.OperationalError:
        return False


def _still_holding(book: Book, rows: Sequence[int]) -> list[Path]:
    """The copies in which these rows still say who they are. What told the person from others is
    gone here, so that the copies are asked for the rows themselves."""
    made = people_store.made_at(book.con, rows)
    folder = copies.folder_of(book.path)
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return [file for file in files if file.is_file() and people_store.copy_holds(file, made)]


def _holding(folder: Path, wanted: Sequence[bytes]) -> list[Path]:
    """The files of a folder that hold one of these."""
    if not folder.is_dir():
        return []
    return [
        file
        for file in sorted(folder.iterdir())
        if file.is_file() and file.stat().st_size and _holds(file, wanted)
    ]


def _holds(file: Path, wanted: Sequence[bytes]) -> bool:
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as held:
        return any(held.find(text) >= 0 for text in wanted)
