"""A whole roster, as ``opslog roster show`` prints it: files, rounds, lines and their ledger."""

from __future__ import annotations

from collections.abc import Iterator

from opslog.domain.base.refusal import Refused
from opslog.domain.screening.roster_card import RosterCard, RosterEntry
from opslog.locale import N_, msg
from opslog.services.book.book import Book
from opslog.store.rosters import rosters as rosters_store
from opslog.store.screening import roster_card
from opslog.store.screening import rounds as rounds_store


def rows(book: Book, roster_id: int) -> Iterator[RosterEntry]:
    """Every line of a roster as it came in, with its person, verdict and ledger."""
    return roster_card.entries(book.con, roster_id)


def get(book: Book, roster_id: int) -> RosterCard:
    """A whole roster. Raises Refused where there is none of that number."""
    found = next((row for row in rosters_store.names(book.con) if row[0] == roster_id), None)
    if found is None:
        raise Refused(
            msg(N_("There is no roster {id}; see them with: opslog roster list"), id=roster_id)
        )
    return RosterCard(
        id=roster_id,
        event_id=rosters_store.event_of(book.con, roster_id),
        event=found[2],
        name=found[1],
        files=tuple(rosters_store.files(book.con, roster_id)),
        rounds=tuple(rounds_store.rounds(book.con, roster_id)),
        rows=tuple(roster_card.entries(book.con, roster_id)),
    )
