"""The lists: which there are, what they came in, and how far each is."""

from __future__ import annotations

from collections.abc import Collection

from opslog.domain.base.meant import Choice, meant
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import in_turn
from opslog.domain.imports.mapping import meanings
from opslog.domain.rosters.rosters import (
    RosterFile,
)
from opslog.domain.rosters.state import RosterState
from opslog.locale import N_, msg
from opslog.services.book.book import Book
from opslog.store.rosters import rosters as rosters_store
from opslog.store.rosters import states

_CANDIDATES = 5


def listing(book: Book) -> list[RosterState]:
    """Every roster with its rows, people and newest round, the latest event first."""
    return states.states(book.con)


def order(book: Book) -> list[int]:
    """Every roster, the latest event first."""
    return states.order(book.con)


def of_people(book: Book) -> list[int]:
    """The lists that were made of people, the newest first."""
    return states.of_people(book.con)


def some(book: Book, roster_ids: Collection[int]) -> list[RosterState]:
    """As ``listing``, of these."""
    return states.states(book.con, roster_ids)


def of_event(book: Book, event_id: int) -> list[RosterState]:
    """The list of an event, as ``listing``; empty where it has none."""
    return states.states(book.con, rosters_store.all_of_event(book.con, event_id))


def not_over(book: Book) -> list[RosterState]:
    """As ``listing``, of those with something left to do; who waits or withdrew is not counted."""
    return states.not_over(book.con)


def file_contents(book: Book, file_id: int) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """What came of a file's rows, a class of RESULTS each; and its headings with the field that
    each was taken for, '' for none."""
    results, sections = rosters_store.file_contents(book.con, file_id)
    return results, [
        (heading, meanings(section.mapping).get(at, ""))
        for section in sections
        for at, heading in enumerate(section.columns)
    ]


def files(book: Book, roster_id: int) -> list[RosterFile]:
    """The files a roster came in, the first one first."""
    return rosters_store.files(book.con, roster_id)


def resolve(book: Book, words: str) -> int:
    """The roster a person means: its number, its name or event, or any part only it has.

    One of a cancelled event stands back where another fits. Raises Refused naming candidates.
    """
    if not words.strip():
        raise Refused(msg(N_("Which roster? Name it or its event, or give its number")))
    known = rosters_store.names(book.con)
    found = meant(words, (Choice(row[0], row[1:3], over=row[3] is not None) for row in known))
    if len(found) == 1:
        return found[0].id
    if found:
        raise Refused(
            msg(
                N_("“{words}” could be any of: {rosters}; give the number"),
                words=words,
                rosters=in_turn(f"{one.id} {one.names[1]}" for one in found[:_CANDIDATES]),
            )
        )
    raise Refused(
        msg(
            N_("No roster has “{words}” in its name; see them with: opslog roster list"),
            words=words,
        )
    )
