"""Undo, redo, and the list of all that was ever changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection
from datetime import date, timedelta

from opslog.domain.base.changes import Entry
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book import own_files
from opslog.services.book.book import Book, Change
from opslog.store.db import changes as store
from opslog.store.db import imported, journal
from opslog.store.db.obstacles import obstacles

MOST_NAMED = 3
_TOLD = "undo_passes_over"  # the setting: of which change it was said, and how far the journal was


def undo(book: Book, change_id: int | None = None) -> Change:
    """Take back one change: the one named, else the newest of this session, else the newest.

    Raises Refused where there is none, where it is undone already, where later changes built on
    it, which are named, or with what ``passed_over`` says.
    """
    if change_id is None and (refusal := passed_over(book)) is not None:
        raise refusal

    def choose() -> Entry:
        number = change_id if change_id is not None else to_undo(book)
        if number is None:
            raise Refused(msg(N_("There is nothing to undo")))
        one = entry(book, number)
        if one.state == "final":
            raise Refused(msg(N_("“{label}” can't be undone"), label=one.label))
        if one.state != "done":
            raise Refused(
                msg(N_("Change {id} is undone already: {label}"), id=number, label=one.label)
            )
        _refuse_obstacles(book, one)
        return one

    return _replay(
        book,
        choose,
        journal.undo,
        N_("Can't undo “{label}”: what it would bring back no longer fits what is there now"),
    )


def redo(book: Book) -> Change:
    """Do again what was undone last. Raises Refused where nothing is left to redo."""

    def choose() -> Entry:
        number = to_redo(book)
        if number is None:
            raise Refused(msg(N_("There is nothing to redo")))
        return entry(book, number)

    return _replay(
        book,
        choose,
        journal.redo,
        N_("Can't redo “{label}”: what it would bring back no longer fits what is there now"),
    )


def _replay(
    book: Book,
    choose: Callable[[], Entry],
    verb: Callable[[sqlite3.Connection, int], dict[str, set[int]]],
    stuck: str,
) -> Change:
    """Undo or redo the change chosen; Refused with ``stuck`` where two rows would then have what
    only one may have, or one hang on nothing."""
    one: Entry | None = None
    try:
        with book.replay() as done:
            one = choose()
            touched = verb(book.con, one.id)
            done[verb.__name__] = one.id
    except sqlite3.IntegrityError as error:
        raise Refused(msg(stuck, label=one.label if one else "")) from error
    own_files.follow(book, touched)
    return Change(one.label, one.id, touched=touched)


def to_undo(book: Book) -> int | None:
    """The change that undo takes back where none is named, once that was said which it passes over
    (``passed_over``)."""
    return _chosen(book)[1]


def passed_over(book: Book) -> Refused | None:
    """What is to be said before undo goes on to an older change: that the newest can't be undone
    any more, since somebody of it was erased, what to do instead, and what is undone by asking once
    more. It is said once, by whichever window or shell, until something else is done; always, where
    there is nothing older to go on to."""
    first, following = _chosen(book)
    if first is None or first == following:
        return None
    said = f"{first} {newest(book)}"
    if following is not None and book.setting(_TOLD) == said:
        return None
    why = _for_good(book, entry(book, first))
    if following is None:
        return Refused(msg(N_("{why}; nothing older can be undone"), why=why))
    book.set_setting(_TOLD, said)
    label = entry(book, following).label
    return Refused(msg(N_("{why}; undo once more takes back “{label}”"), why=why, label=label))


def _chosen(book: Book) -> tuple[int | None, int | None]:
    """The newest change, and the newest that can be undone: what can't be any more, since an
    erasure came after it, is passed over."""
    first = journal.newest(book.con, book.session)
    staying: set[int] = set()
    if first is None or not _stays(book, first, staying):
        return first, first
    for number in store.done(book.con, book.session):
        if not _stays(book, number, staying):
            return first, number
        staying.add(number)
    return first, None


def _for_good(book: Book, one: Entry) -> Msg:
    """Why a change can't be undone any more, and what can be done instead."""
    later = [entry(book, number) for number in obstacles(book.con, one.id)]
    if any(other.state == "final" for other in later):
        why = msg(
            N_("“{label}” can't be undone any more: somebody in it was erased"),
            label=one.label,
        )
    else:
        why = msg(
            N_("“{label}” can't be undone any more: “{later}” builds on it, with somebody erased"),
            label=one.label,
            later=next(other for other in later if _stays(book, other.id, ())).label,
        )
    if file_id := imported.standing(book.con, one.id):
        text = N_("{why}; its list can be withdrawn (F5, Delete; opslog roster withdraw {file})")
        return msg(text, why=why, file=file_id)
    return why


def _stays(book: Book, change_id: int, staying: Collection[int]) -> bool:
    """Whether something that came after it can't be undone itself, or is one of ``staying``."""
    return any(
        number in staying or entry(book, number).state == "final"
        for number in obstacles(book.con, change_id)
    )


def to_redo(book: Book) -> int | None:
    """The change that redo does again."""
    return journal.next_redo(book.con)


def is_larger(book: Book, change_id: int, rows: int) -> bool:
    """Whether a change touched more than so many rows; costs no more than to count these."""
    return store.is_larger(book.con, change_id, rows)


def entry(book: Book, change_id: int) -> Entry:
    """One change. Raises Refused where there is none of this number."""
    found = store.entry(book.con, change_id)
    if found is None:
        raise Refused(msg(N_("There is no change {id}; opslog history lists them"), id=change_id))
    return found


def newest(book: Book) -> int:
    """The number of the newest change, in whatever state; 0 where nothing was ever changed."""
    return number_at(book, 0)


def changes(book: Book, limit: int = 100, before: int | None = None) -> list[Entry]:
    """The newest ``limit`` changes, newest first; ``before`` a change id to page on."""
    return store.entries(book.con, limit, before)


def count(book: Book) -> int:
    return store.count(book.con)


def position(book: Book, change_id: int) -> int | None:
    """How many changes are newer than this one; None where there is no such change."""
    return store.position(book.con, change_id)


def number_at(book: Book, position: int) -> int:
    """The number of the change that so many are newer than; 0 past the end."""
    return store.number_at(book.con, position)


def days(book: Book) -> list[tuple[date, int]]:
    """The local days on which something was changed, newest first, and how many changes each has.

    A stretch of numbers a day: where a clock was set back meanwhile, a day may stand twice.
    """
    found: list[tuple[date, int]] = []
    above = newest(book) + 1
    while one := store.below(book.con, above):
        number, at = one
        day = at.astimezone(book.clock.zone).date()
        start, end = (book.clock.at(day + timedelta(days=n)) for n in (0, 1))
        before = store.below_outside(book.con, number, start, end)
        above = before + 1 if before else 0
        found.append((day, store.count_between(book.con, above, number)))
    return found


def undone(book: Book) -> int:
    """How many changes are undone."""
    return store.count_undone(book.con)


def _refuse_obstacles(book: Book, one: Entry) -> None:
    ids = obstacles(book.con, one.id)
    if not ids:
        return
    late = [entry(book, number) for number in ids]
    if any(other.state == "final" or _stays(book, other.id, ()) for other in late):
        raise Refused(_for_good(book, one))
    named: object = ""
    for other in late[-MOST_NAMED:]:
        part = msg(N_("{id} “{label}”"), id=other.id, label=other.label)
        named = part if not named else msg(N_("{first}, {second}"), first=named, second=part)
    raise Refused(
        nmsg(
            N_("Can't undo “{label}”: {n} later change builds on it: {named}. Undo it first"),
            N_(
                "Can't undo “{label}”: {n} later changes build on it, the last being {named}. "
                "Undo those first"
            ),
            len(ids),
            label=one.label,
            named=named,
        )
    )
