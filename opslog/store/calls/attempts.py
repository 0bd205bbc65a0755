"""The attempts on cards, as other areas list them, and when the next is promised."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from opslog.domain.base.clock import instant_text
from opslog.store.db.listed import IN_LIST, listed


def on_cards(con: sqlite3.Connection, card_ids: Sequence[int]) -> list[sqlite3.Row]:
    """The attempts on these cards, oldest first."""
    return con.execute(
        "SELECT card_id, purpose, lane, outcome, at FROM touch"
        f" WHERE card_id {IN_LIST} ORDER BY id",
        (listed(card_ids),),
    ).fetchall()


def put_next(con: sqlite3.Connection, attempt_id: int, when: datetime) -> None:
    """Another call is promised for then."""
    con.execute("UPDATE touch SET next_at=? WHERE id=?", (instant_text(when), attempt_id))


def called_on(con: sqlite3.Connection, roster_id: int) -> int:
    """How many cards of a list have an attempt."""
    number: int = con.execute(
        "SELECT count(*) FROM card c WHERE c.roster_id=?"
        " AND EXISTS (SELECT 1 FROM touch t WHERE t.card_id=c.id)",
        (roster_id,),
    ).fetchone()[0]
    return number
