"""Who signed up for each stop of a road show and came, and the leads that it brought."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from opslog.store.calls.attendance import COUNTED, SIGNED_UP
from opslog.store.rosters.occasions import CAME, STOP, once


def people(con: sqlite3.Connection, event_id: int) -> dict[int, dict[str, list[int]]]:
    """Stop -> who of the event's lists signed up for it and came, and the leads (their own ids)
    that it brought, by measure. 0: of whom no stop is known, who stands on no stop's list."""
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    placed: dict[str, set[int]] = {"signups": set(), "attended": set()}
    for stop, person, signed_up, came in con.execute(
        f"SELECT coalesce({STOP}, 0) AS stop, c.person_id, {SIGNED_UP}, {CAME}"
        " FROM card c JOIN signup r ON r.id=c.roster_id WHERE r.event_id=?"
        f" AND {COUNTED} AND {once()} ORDER BY stop=0, c.id",
        (event_id,),
    ):
        for measure, holds in (("signups", signed_up), ("attended", came)):
            if holds and (stop or person not in placed[measure]):
                found[stop][measure].append(person)
                placed[measure].add(person)
    for stop, lead in con.execute(
        f"SELECT coalesce({STOP}, 0), h.id FROM handover h"
        " JOIN card c ON c.id=h.card_id JOIN roster r ON r.id=c.roster_id"
        " WHERE h.event_id=? ORDER BY h.id",
        (event_id,),
    ):
        found[stop]["leads"].append(lead)
    return found
