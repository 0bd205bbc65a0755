"""Erasing a person for good, because they asked for it.

The one thing in opslog that can't be undone. The ledger keeps its counts; who it was goes from
every table, from what undo goes by, from the search index, and from the file's free pages.
Copies made earlier are not touched: those that still hold the person are named.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from opslog.disk import temporary
from opslog.domain.base import foreign
from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.base.labels import pack
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import bracketed, listed
from opslog.domain.base.text import shortened
from opslog.domain.people.card import Person
from opslog.domain.people.erasing import Scrub
from opslog.domain.people.naming.names import fold
from opslog.locale import N_, Msg, msg
from opslog.services.book import drafts, own_files
from opslog.services.book.book import Book, Change
from opslog.services.people import card as person_card
from opslog.services.people import copies, named, traces_left
from opslog.services.people.copies import HOLDS, Copy
from opslog.services.people.traces_left import LEAK, SHARED, WORD, Left
from opslog.store.db import connection, copied, recent_changes
from opslog.store.people import erasing as people_store
from opslog.store.schema.columns import DECLARED

Progress = Callable[[Msg], None]
LONGEST = 40  # characters of a name that are still typed as a confirmation
_FOUND = {
    LEAK: N_("Still in the bytes: {traces}; close every other opslog and erase once more"),
    SHARED: N_("Still there, since it is somebody else's too: {traces}"),
    WORD: N_("Still there, since the name is a word as well: {traces}"),
}
_FOUND_UNCLEAN = N_("Still in the bytes: {traces}")  # why, and what to do, is said apart
# Printable by their class, and yet nothing to be seen or typed.
_UNSEEN = frozenset(
    map(chr, (0x34F, 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10)))
)


@dataclass(frozen=True)
class Erased:
    """What an erasure did. ``left``: what the bytes were found to hold afterwards. ``clean``:
    nothing is left in the file; not so where another program had it open. ``already``: it was
    done before, and the file is cleaned again."""

    change: Change
    copies: tuple[Copy, ...]
    clean: bool = True
    already: bool = False
    left: tuple[Left, ...] = ()
    reason: Msg | None = None  # why it is not clean

    @property
    def backups(self) -> tuple[Path, ...]:
        """The copies that still hold the person."""
        return tuple(copy.path for copy in self.copies if copy.state == HOLDS)

    def proof(self) -> list[Msg]:
        """What the search of all bytes came to, in sentences; none where it was not made again."""
        if self.already:
            return []
        said = []
        found = _FOUND if self.reason is None else {**_FOUND, LEAK: _FOUND_UNCLEAN}
        for why, text in found.items():
            ones = [one for one in self.left if one.why == why]
            traces = listed(bracketed(one.text, one.times) for one in ones)
            if ones:
                said.append(msg(text, traces=traces))
        if self.reason is None and not any(one.why == LEAK for one in self.left):
            said.insert(
                0, msg(N_("Searched every byte of the file: nothing of the person is left"))
            )
        return said


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


def one(book: Book, who: str) -> Person:
    """The one person meant to be erased; also who is known to the journal alone, since their
    import was undone or taken back. Raises Refused, with a list, where it could be several."""
    gone = [_of_image(image) for image in people_store.gone(book.con)]
    return named.one(book, who, gone)


def _of_image(image: Mapping[str, object]) -> Person:
    def text(name: str) -> str:
        return str(image.get(name) or "")

    return Person(
        id=int(text("id")),
        name=text("name"),
        company=text("company"),
        company_key=text("company_key"),
        title=text("title"),
        phone=text("phone"),
        email=text("email"),
        city=text("city"),
        industry=text("industry"),
        wecom=None,
        note=text("note"),
        created_at=instant_of(text("created_at")),
        phones=tuple(text("phones").split()),
        emails=tuple(text("emails").split()),
    )


def get(book: Book, person_id: int) -> Person:
    """The person of this number, also one known to the journal alone. Raises Refused."""
    living = person_card.living(book, person_id)
    gone = people_store.gone(book.con, living)
    return _of_image(gone[0]) if gone else person_card.get(book, living)


def erase(book: Book, person_id: int, typed: str, *, progress: Progress | None = None) -> Erased:
    """Erase a person. It can't be undone.

    ``typed`` is the name, as a confirmation in writing. Somebody erased already asks for none:
    the file is cleaned once more. Raises Refused where it is not the name, where there is no such
    person, and where the file can't be written.
    """
    person = get(book, person_id)
    label = msg(N_("Erased a person on request"))
    if person.erased:  # what another program hindered then is made up for
        rows = people_store.rows_of(book.con, person.id)
        reason = _cleaned(book.con, book.path)
        still = copies.still(book, rows)
        return Erased(Change(label), still, reason is None, already=True, reason=reason)
    confirm(person, typed)
    tell = progress or (lambda _text: None)
    con, now = book.con, instant_text(book.now())
    tell(msg(N_("erasing …")))
    temporary.sweep()  # what an opslog that was killed left of a copy or an export holds them, too
    drafts.take_in(book)
    with connection.overwriting(con):
        with book.replay(logs=True):
            rows = people_store.rows_of(con, person.id)
            went_out = copied.every(con)
            own, found = people_store.erase(con, DECLARED, rows, now)
            # A copy called after the person is named now, for the last time.
            theirs = Scrub(found.patterns(also_shared=True))
            copied.forget(con, [Path(row.path) for row in went_out if theirs.holds(row.path)])
            number = people_store.note(con, now, book.session, label.id, pack(label), own)
            recent_changes.forget(book.path)  # within: nobody writes them anew meanwhile
        own_files.follow(book, {"own_file": set()})  # what lies beside says no more than the book
        tell(msg(N_("cleaning the file …")))
        reason = _cleaned(con, book.path)
    tell(msg(N_("searching the bytes of the file …")))
    left = traces_left.look(con, book.path, found)
    tell(msg(N_("looking through the copies …")))
    change = Change(label, number, touched={"person": set(own["person"])})
    found_in = copies.holding(book, went_out, own["person"], found)
    return Erased(change, found_in, reason is None, left=left, reason=reason)


def erase_in_thread(book: Book, person_id: int, typed: str, progress: Progress) -> Erased:
    """The same in a thread: on a connection of its own."""
    with closing(connection.connect(book.path)) as con:
        return erase(
            Book(con, book.path, book.clock, book.session), person_id, typed, progress=progress
        )


def unclean(person_id: int, erased: Erased) -> Msg:
    """What to say where the file could not be cleaned."""
    return msg(
        N_(
            "{reason}, so traces may be left in the file's free pages; see to it, then:"
            " opslog people --erase {id}"
        ),
        reason=erased.reason,
        id=person_id,
    )


def _cleaned(con: sqlite3.Connection, path: Path) -> Msg | None:
    """Why the file could not be cleaned; the person is erased by then, so that is no failure."""
    busy = msg(N_("Another program has the file open"))
    try:
        return None if people_store.clean_file(con) else busy
    except sqlite3.OperationalError as error:
        if connection.is_full(path, error):
            return msg(N_("The disk is full"))
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return busy
        return msg(N_("The file can't be written ({reason})"), reason=foreign.reason(error))
