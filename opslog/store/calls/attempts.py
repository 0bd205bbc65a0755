"""The attempts on cards, as other areas list them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from opslog.store.db.listed import IN_LIST, listed


def on_cards(con: sqlite3.Connection, card_ids: Sequence[int]) -> list[sqlite3.Row]:
    """The attempts on these cards, oldest first."""
    return con.execute(
        "SELECT card_id, purpose, lane, outcome, at FROM touch"
        f" WHERE card_id {IN_LIST} ORDER BY id",
        (listed(card_ids),),
    ).fetchall()


def called_on(con: sqlite3.Connection, roster_id: int) -> int:
    """How many cards of a list have an attempt."""
    number: int = con.execute(
        "SELECT count(*) FROM card c WHERE c.roster_id=?"
        " AND EXISTS (SELECT 1 FROM touch t WHERE t.card_id=c.id)",
        (roster_id,),
    ).fetchone()[0]
    return number
