"""The cards of the lists to be called, with the person on each and what was decided of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_text
from opslog.domain.people.card import WRITE
from opslog.domain.rosters.rosters import DOOR, Cards
from opslog.store.calls.conditions import dropped, flag
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.people.met import PRESENT
from opslog.store.people.suppressed import WRONG, WrongNumbers, barred
from opslog.store.rosters.occasions import CAME, of_cards


class Candidate(NamedTuple):
    """A card that may be called, with the person on it."""

    card_id: int
    roster_id: int
    person_id: int
    person: str
    company: str
    company_key: str
    title: str
    phone: str  # the first that is not known to be a wrong number
    wrong_number: bool  # of those there are none is left
    wecom: bool | None
    attended: bool | None
    state: str
    email: str
    note: str
    verdict: str  # the present one with its reason, ``drop colleague``; '' while there is none
    at_the_door: bool  # nobody could remind them


# Who asked not to be called, or has no number and asked for no messages.
ASKED = f"({barred('p')} OR (p.phone='' AND {barred('p', WRITE)}))"


_CANDIDATE_OF = f"""SELECT c.id, c.roster_id, c.person_id, p.name, p.company, p.company_key,
  p.title, p.phone, CASE WHEN {barred("p", WRITE)} THEN 0 ELSE p.wecom END AS wecom,
  p.phone<>'' AND EXISTS (SELECT 1 FROM suppressed s WHERE s.kind='phone' AND s.value=p.phone
    AND s.scope='{WRONG}') AS wrong,
  {CAME} AS attended, c.state, c.way, p.phones, p.email, p.note, {PRESENT} AS verdict{{more}}
  FROM card c JOIN person p ON p.id=c.person_id"""


_CANDIDATE = _CANDIDATE_OF.format(more="")


def untried(
    con: sqlite3.Connection,
    cards: Cards,
    since: datetime | None = None,
    purpose: str = "",
    *,
    reminder: bool,
) -> Iterator[Candidate]:
    """As ``each_candidate``, in any order: those without an attempt of a purpose ('': of any) since
    an instant."""
    which, wanted = of_cards(cards)
    rows = con.execute(
        f"{_CANDIDATE} WHERE {which} AND NOT {ASKED} AND p.erased_at IS NULL"
        f" AND NOT {dropped(reminder=reminder)} AND NOT EXISTS (SELECT 1 FROM touch t"
        " WHERE t.card_id=c.id AND ? IN ('', t.purpose) AND t.at>=?)",
        (*wanted, purpose, "" if since is None else instant_text(since)),
    )
    wrong = WrongNumbers(con)
    return (_candidate(row, wrong) for row in rows)


def each_candidate(
    con: sqlite3.Connection, cards: Cards, only: Iterable[int] | None = None, *, reminder: bool
) -> Iterator[Candidate]:
    """The cards whose present verdict allows calls, of people who may be called; ``only`` some of
    them."""
    which, wanted = of_cards(cards, only)
    rows = con.execute(
        f"{_CANDIDATE} WHERE {which} AND NOT {ASKED} AND p.erased_at IS NULL"
        f" AND NOT {dropped(reminder=reminder)} ORDER BY c.id",
        wanted,
    )
    wrong = WrongNumbers(con)
    return (_candidate(row, wrong) for row in rows)


def left_out(
    con: sqlite3.Connection, cards: Cards, only: Iterable[int] | None = None, *, reminder: bool
) -> list[tuple[Candidate, bool]]:
    """The cards that ``each_candidate`` leaves out, and of each whether the person asked for it;
    ``only`` of these cards."""
    which, wanted = of_cards(cards, only)
    rows = con.execute(
        _CANDIDATE_OF.format(more=f", {ASKED} AS barred")
        + f" WHERE {which} AND p.erased_at IS NULL"
        f" AND ({ASKED} OR {dropped(reminder=reminder)}) ORDER BY c.id",
        wanted,
    )
    wrong = WrongNumbers(con)
    return [(_candidate(row, wrong), bool(row["barred"])) for row in rows]


def cards_of(con: sqlite3.Connection, person_id: int) -> list[Candidate]:
    """A person's cards on every list, whatever was decided about them."""
    wrong = WrongNumbers(con)
    rows = con.execute(f"{_CANDIDATE} WHERE c.person_id=? ORDER BY c.id", (person_id,))
    return [_candidate(row, wrong) for row in rows]


def candidates(con: sqlite3.Connection, card_ids: Iterable[int]) -> list[Candidate]:
    """These cards, whatever was decided about them."""
    rows = con.execute(f"{_CANDIDATE} WHERE c.id {IN_LIST} ORDER BY c.id", [listed(card_ids)])
    wrong = WrongNumbers(con)
    return [_candidate(row, wrong) for row in rows]


def candidate(con: sqlite3.Connection, card_id: int) -> Candidate | None:
    """Any card, whatever was decided about it."""
    row = con.execute(f"{_CANDIDATE} WHERE c.id=?", (card_id,)).fetchone()
    return None if row is None else _candidate(row, WrongNumbers(con))


def _candidate(row: sqlite3.Row, wrong: Container[str]) -> Candidate:
    numbers = [row["phone"]]
    if row["wrong"] or not row["phone"]:
        numbers = [n for n in row["phones"].split() if n not in wrong]
    return Candidate(
        card_id=row["id"],
        roster_id=row["roster_id"],
        person_id=row["person_id"],
        person=row["name"],
        company=row["company"],
        company_key=row["company_key"],
        title=row["title"],
        phone=numbers[0] if numbers else "",
        wrong_number=bool(row["phone"]) and not numbers,
        wecom=flag(row["wecom"]),
        attended=flag(row["attended"]),
        state=row["state"],
        email=row["email"],
        note=row["note"],
        verdict=row["verdict"] or "",
        at_the_door=row["way"] == DOOR,
    )
