"""Attempts to reach somebody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from opslog.store.db.tables import Instant, Row, args


class Touch(Row, table=True):
    """One attempt to reach somebody: a call or a message, with what came of it."""

    __table_args__ = args(Index("touch_card", "card_id", "purpose"), Index("touch_next", "next_at"))

    card_id: int = Field(foreign_key="card.id")
    purpose: str  # reminder, callback-1, callback-2 ...
    lane: str  # phone, wecom
    outcome: str  # code from the outcome set
    reason: str = ""  # why not
    note: str = ""
    next_at: datetime | None = Field(default=None, sa_type=Instant)  # promised, or earliest retry
    promised: bool = False  # next_at was agreed with the person
    at: datetime = Field(sa_type=Instant)
