"""What a list is about, and what each of its cards is about: the event, or the stop of a road show,
on whose days somebody is reminded. Of whom no stop is said the event's days hold.

A stop has a list of its own, or its people stand on that of the whole, whose rows say which stop
they come to. Then those of each stop are a part of it, and a part is called, reminded and counted
as a list of its own is. A stop may have both: whoever stands on both comes to it once, by the card
of its own list, and what is only said on the other holds of that card, too. Whoever asks when
somebody's event is, or who comes to a stop, asks here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from opslog.domain.base.clock import instant_of
from opslog.domain.rosters.rosters import Cards, OfStop, Whom
from opslog.store.db.listed import IN_LIST, listed, of_list


def _about(stop_id: str) -> str:
    """The columns of a list ``r``, its event ``e`` and the stop ``s``, by its ``stop_id``."""
    return (
        f" r.kind AS list, r.event_id, {stop_id},"
        " CASE WHEN r.kind<>'signup' THEN r.name WHEN s.id IS NULL THEN e.name"
        " ELSE e.name || ' · ' || s.place END AS name, e.name AS event,"
        " coalesce(e.kind, '') AS kind,"
        " coalesce(s.starts_at, e.starts_at, r.created_at) AS starts_at,"
        " coalesce(s.ends_at, e.ends_at, r.created_at) AS ends_at,"
        " coalesce(trim(s.place || ' ' || s.venue), e.place, '') AS place,"
        " coalesce(e.cancelled_at, CASE s.state WHEN 'dropped' THEN s.starts_at END)"
        " AS cancelled_at"
    )


# What a list is about; one made of people is about itself, since it may be of no event.
OF_LISTS = (
    f"CREATE VIEW occasion AS SELECT r.id AS roster_id,{_about('r.stop_id')}"
    " FROM roster r LEFT JOIN event e ON e.id=r.event_id LEFT JOIN stop s ON s.id=r.stop_id"
)
# Of a card c on a list r: the stop that somebody comes to, NULL where none is said.
STOP = "coalesce(c.stop_id, r.stop_id)"


def same(card: str = "c") -> str:
    """Of a card on the own list of a stop: the cards k of the same person on the list of the whole
    that say this stop."""
    return (
        f"FROM roster l JOIN card k ON k.person_id={card}.person_id AND k.stop_id=l.stop_id"
        f" AND k.id<>{card}.id WHERE l.id={card}.roster_id AND l.kind='signup'"
    )


SAME = same()
# Where there are no stops at all nothing of them is looked for.
STOPS_KNOWN = "EXISTS (SELECT 1 FROM stop)"


def once(card: str = "c", own: str = "1") -> str:
    """That a card counts: not one of the whole's list whose person is on that of its stop, too.
    ``own``: only where this holds of the card x there."""
    return (
        f"({card}.stop_id IS NULL OR NOT EXISTS (SELECT 1 FROM card x JOIN roster y"
        f" ON y.id=x.roster_id WHERE x.person_id={card}.person_id AND y.stop_id={card}.stop_id"
        f" AND y.kind='signup' AND x.id<>{card}.id AND {own}))"
    )


def came(card: str = "c") -> str:
    """Whether somebody came, as whichever list says so."""
    return (
        f"CASE WHEN {STOPS_KNOWN} THEN nullif(max(coalesce({card}.attended, -1),"
        f" coalesce((SELECT max(k.attended) {same(card)}), -1)), -1) ELSE {card}.attended END"
    )


CAME = came()
# As ``occasion``, of each card. Joined by WHERE card_id=… it is read row by row; by ON some
# versions of SQLite would make it whole first.
OF_CARDS = (
    f"(SELECT c.id AS card_id, c.roster_id,{_about(f'{STOP} AS stop_id')}"
    " FROM card c JOIN roster r ON r.id=c.roster_id LEFT JOIN event e ON e.id=r.event_id"
    f" LEFT JOIN stop s ON s.id={STOP})"
)
# As ``occasion``, of each part of a list that is of one stop.
_PARTS = (
    f"(SELECT r.id AS roster_id,{_about('s.id AS stop_id')} FROM stop s"
    " JOIN roster r ON r.event_id=s.event_id AND r.stop_id IS NULL AND r.kind='signup'"
    " JOIN event e ON e.id=r.event_id"
    " WHERE EXISTS (SELECT 1 FROM card c WHERE c.roster_id=r.id AND c.stop_id=s.id{counts}))"
)
ALL_PARTS = _PARTS.format(counts="")
OF_PARTS = _PARTS.format(counts=f" AND {once()}")  # those with somebody to be counted
# Of a list r: whether some of its cards are of a stop. Few events have any; by CASE the cards of
# the others are not looked through, which SQLite does for both sides of an AND that is selected.
HAS_PARTS = (
    "(CASE WHEN r.stop_id IS NULL AND EXISTS (SELECT 1 FROM stop s WHERE s.event_id=r.event_id)"
    " THEN EXISTS (SELECT 1 FROM card c WHERE c.roster_id=r.id AND c.stop_id IS NOT NULL)"
    " ELSE 0 END)"
)


def of_cards(cards: Cards, only: Iterable[int] | None = None) -> tuple[str, list[object]]:
    """A condition on cards ``c``: that they are these, or ``only`` those of them."""
    which, wanted = of_list(cards.roster_id, only)
    if not cards.apart:
        return which, wanted
    return f"{which} AND c.stop_id IS ? AND {once()}", [*wanted, cards.stop_id]


def among(whom: Whom | None) -> tuple[str, list[object]]:
    """A further condition on cards ``c`` of sign-up lists ``r`` of an event: that they are these,
    or count at all."""
    if whom is None:
        return f" AND {once()}", []
    if isinstance(whom, OfStop):
        return f" AND {STOP}=? AND {once()}", [whom.stop_id]
    which, wanted = of_cards(whom)
    return f" AND {which}", wanted


def with_same(con: sqlite3.Connection, cards: Iterable[int]) -> list[int]:
    """These cards, and those of the same people that count as one with them."""
    rows = con.execute(
        f"SELECT c.id FROM card c WHERE c.id {IN_LIST}"
        f" UNION SELECT (SELECT k.id {SAME}) FROM card c WHERE c.id {IN_LIST} ORDER BY 1",
        (listed(ids := list(cards)), listed(ids)),
    )
    return [row[0] for row in rows if row[0] is not None]


def of_stop(con: sqlite3.Connection, event_id: int, stop_id: int) -> OfStop | None:
    """Who comes to a stop; None where nobody does yet."""
    row = con.execute(
        f"SELECT 1 FROM card c JOIN signup r ON r.id=c.roster_id WHERE r.event_id=? AND {STOP}=?"
        " LIMIT 1",
        (event_id, stop_id),
    ).fetchone()
    return None if row is None else OfStop(stop_id)


def card_at(con: sqlite3.Connection, stop_id: int, person_id: int) -> int:
    """The card by which somebody comes to a stop; 0 where none does."""
    row = con.execute(
        "SELECT c.id FROM card c JOIN signup r ON r.id=c.roster_id"
        f" WHERE c.person_id=? AND {STOP}=? AND {once()}",
        (person_id, stop_id),
    ).fetchone()
    return 0 if row is None else int(row[0])


def cards_of(con: sqlite3.Connection, event_id: int, stop_id: int) -> Cards | None:
    """Where whoever comes to a stop is put: on its own list, else on that of the whole whose rows
    say stops; None where there is neither."""
    row = con.execute(
        "SELECT id, stop_id IS NULL FROM signup r WHERE event_id=? AND"
        f" (stop_id=? OR {HAS_PARTS}) ORDER BY stop_id IS NULL",
        (event_id, stop_id),
    ).fetchone()
    return None if row is None else Cards(row[0], bool(row[1]), stop_id)


def of_card(con: sqlite3.Connection, card_id: int) -> Cards:
    """The list that a card is on, and the part of it that says the same stop."""
    row = con.execute("SELECT roster_id, stop_id FROM card WHERE id=?", (card_id,)).fetchone()
    return Cards(row[0], row[1] is not None, row[1])


def starts(con: sqlite3.Connection, person_id: int) -> dict[int, datetime]:
    """Event -> when that begins which somebody signed up for of it: their stop; of several the one
    they came to, else the first that takes place."""
    rows = con.execute(
        f"SELECT e.event_id, e.starts_at FROM card c JOIN {OF_CARDS} e WHERE e.card_id=c.id"
        " AND c.person_id=? AND e.list='signup'"
        " ORDER BY c.attended IS 1, e.cancelled_at IS NULL, e.starts_at DESC",
        (person_id,),
    )
    return {row[0]: instant_of(row[1]) for row in rows}
