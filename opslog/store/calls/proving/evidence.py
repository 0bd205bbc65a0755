"""What was done for an event: what proves the steps of its plan."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from datetime import datetime

from opslog.domain.base.clock import instant_text
from opslog.domain.calls.outcomes import REMINDER
from opslog.domain.rosters.rosters import DOOR, Cards
from opslog.store.calls.conditions import EXPECTED, only, still_counted
from opslog.store.db.listed import IN_LIST, listed, of_list
from opslog.store.events.plans import OF_EVENT
from opslog.store.rosters.occasions import CAME, OF_PARTS, STOP, of_cards, once


def names(con: sqlite3.Connection, event_id: int) -> list[tuple[str, int | None]]:
    """The evidence that steps of an event's plan name, and of which stop; None of the whole."""
    rows = con.execute(
        f"SELECT DISTINCT evidence, stop_id FROM step WHERE plan_id={OF_EVENT} AND evidence<>''",
        (event_id,),
    )
    return [(row[0], row[1]) for row in rows]


def figures_known(con: sqlite3.Connection, event_id: int) -> bool:
    """Whether reach, views and shares of an event are typed in."""
    row = con.execute(
        "SELECT 1 FROM event WHERE id=?"
        " AND reach IS NOT NULL AND views IS NOT NULL AND shares IS NOT NULL",
        (event_id,),
    ).fetchone()
    return row is not None


def list_taken_in(
    con: sqlite3.Connection, event_id: int, stop_id: int | None, *, since_start: bool
) -> bool:
    """Whether an event, or this stop of it, has a list that was not withdrawn; ``since_start``:
    taken in since it began, for the one before it had only who signed up so far."""
    for occasions in ("occasion", OF_PARTS):  # a list of its own, or the whole's with its people
        of_stop, wanted = only("e.stop_id", stop_id)
        row = con.execute(
            f"SELECT 1 FROM roster_file f JOIN {occasions} e ON e.roster_id=f.roster_id"
            f" WHERE e.list='signup' AND e.event_id=?{of_stop} AND f.withdrawn_at IS NULL"
            " AND (NOT ? OR f.imported_at >= e.starts_at)",
            (event_id, *wanted, since_start),
        ).fetchone()
        if row is not None:
            return True
        if stop_id is None:
            break
    return False


# Everybody who is marked, or is to be: neither dropped as invalid nor withdrawn, nor erased.
def _expected(of_stop: str) -> str:
    return (
        "FROM card c JOIN signup r ON r.id=c.roster_id JOIN person p ON p.id=c.person_id"
        f" WHERE r.event_id=?{of_stop} AND {once()} AND ({CAME} IS NOT NULL OR (p.erased_at IS NULL"
        f" AND {EXPECTED}))"
    )


def marked(con: sqlite3.Connection, event_id: int, stop_id: int | None) -> tuple[int, int]:
    """Of how many people so many are marked as come or not; none of none where nobody is yet."""
    of_stop, wanted = only(STOP, stop_id)
    anybody = (
        "SELECT 1 FROM card c JOIN signup r ON r.id=c.roster_id"
        f" WHERE r.event_id=?{of_stop} AND c.attended IS NOT NULL LIMIT 1"
    )
    if con.execute(anybody, (event_id, *wanted)).fetchone() is None:
        return 0, 0
    counted = f"SELECT count({CAME}), count(*) {_expected(of_stop)}"
    row = con.execute(counted, (event_id, *wanted)).fetchone()
    return row[0], row[1]


def all_marked(con: sqlite3.Connection, event_id: int, stop_id: int | None) -> bool:
    """Whether somebody is, and nobody is left."""
    of_stop, wanted = only(STOP, stop_id)
    expected = _expected(of_stop)
    left = f"SELECT EXISTS (SELECT 1 {expected} AND {CAME} IS NULL)"
    some = f"EXISTS (SELECT 1 {expected})"
    values = (event_id, *wanted) * 2
    return bool(con.execute(f"SELECT NOT ({left}) AND {some}", values).fetchone()[0])


def counted(con: sqlite3.Connection, cards: Iterable[int], purpose: str) -> list[int]:
    """Those of these cards whose calls are counted."""
    rows = con.execute(
        "SELECT c.id FROM card c JOIN person p ON p.id=c.person_id"
        f" WHERE c.id {IN_LIST} AND {still_counted(purpose)} ORDER BY c.id",
        (listed(cards),),
    )
    return [row[0] for row in rows]


def called(con: sqlite3.Connection, cards: Iterable[int]) -> list[int]:
    """Those of these cards that are still told of: neither erased, nor met at the door first."""
    rows = con.execute(
        "SELECT c.id FROM card c JOIN person p ON p.id=c.person_id"
        f" WHERE c.id {IN_LIST} AND p.erased_at IS NULL AND c.way<>'{DOOR}' ORDER BY c.id",
        (listed(cards),),
    )
    return [row[0] for row in rows]


def verdicts(
    con: sqlite3.Connection, roster_id: int, at: datetime, only: Iterable[int] | None = None
) -> dict[int, str]:
    """The verdicts that held on the cards of a list at an instant, as ``met.PRESENT`` says them;
    ``only`` of these cards."""
    which, wanted = of_list(roster_id, only)
    rows = con.execute(
        "SELECT d.card_id, d.verdict || ' ' || d.reason AS verdict, max(d.id) FROM decision d"
        f" JOIN card c ON c.id=d.card_id WHERE {which} AND d.at<? AND d.verdict<>'undecided'"
        " AND NOT EXISTS (SELECT 1 FROM decision e WHERE e.card_id=d.card_id"
        " AND e.round_id=d.round_id AND e.id > d.id AND e.at<?) GROUP BY d.card_id",
        (*wanted, instant_text(at), instant_text(at)),
    )
    return {row["card_id"]: row["verdict"] for row in rows}


def reminded(con: sqlite3.Connection, cards: Cards, before: datetime) -> bool:
    """Whether anybody of these was called for a reminder before an instant."""
    which, wanted = of_cards(cards)
    row = con.execute(
        "SELECT EXISTS (SELECT 1 FROM card c JOIN touch t ON t.card_id=c.id"
        f" WHERE {which} AND t.purpose=? AND t.at<?)",
        (*wanted, REMINDER, instant_text(before)),
    ).fetchone()
    return bool(row[0])


def alike(con: sqlite3.Connection, cards: Iterable[int]) -> Collection[int]:
    """These cards, and those of the same list with the same name at the same company: of them one
    is called."""
    rows = con.execute(
        "SELECT DISTINCT o.id FROM card c JOIN person p ON p.id=c.person_id"
        " JOIN person q ON q.company_key=p.company_key AND q.name=p.name"
        " JOIN card o ON o.person_id=q.id AND o.roster_id=c.roster_id"
        f" WHERE c.id {IN_LIST} AND p.company_key<>'' AND p.name<>''",
        (listed(cards := frozenset(cards)),),
    )
    return {*cards, *(row[0] for row in rows)}
