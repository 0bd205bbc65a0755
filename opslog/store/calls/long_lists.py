"""Of a long list: its size, and some cards of it at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from opslog.store.db.listed import IN_LIST, listed


def some_untried(con: sqlite3.Connection, roster_id: int, purpose: str, number: int) -> list[int]:
    """The first cards of a list without an attempt of a purpose."""
    rows = con.execute(
        "SELECT c.id FROM card c WHERE c.roster_id=? AND NOT EXISTS (SELECT 1 FROM touch t"
        " WHERE t.card_id=c.id AND t.purpose=?) ORDER BY c.id LIMIT ?",
        (roster_id, purpose, number),
    )
    return [row["id"] for row in rows]


def number_of_cards(con: sqlite3.Connection, roster_ids: Iterable[int]) -> int:
    found = con.execute(
        f"SELECT count(*) FROM card WHERE roster_id {IN_LIST}", (listed(roster_ids),)
    )
    return int(found.fetchone()[0])
