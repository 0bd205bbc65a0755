"""Attempts to reach somebody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from opslog.store.db.tables import Instant, Row, args


class Touch(Row, table=True):
    """One attempt to reach somebody: a call or a message, with what came of it."""

    __table_args__ = args(
        Index("touch_card", "card_id", "purpose"),
        Index("touch_next", "next_at"),
        Index("touch_outcome", "outcome"),
    )

    card_id: int = Field(foreign_key="card.id")
    purpose: str  # reminder, callback-1, callback-2 ...
    lane: str  # phone, wecom
    outcome: str  # code from the outcome set
    reason: str = ""  # why not
    note: str = ""
    next_at: datetime | None = Field(default=None, sa_type=Instant)  # promised, or earliest retry
    promised: bool = False  # next_at was agreed with the person
    at: datetime = Field(sa_type=Instant)
    # The first attempt of the same call, where one call was for several purposes.
    call_id: int | None = Field(default=None, foreign_key="touch.id")


class CallPromise(SQLModel, table=True):
    """A card whose newest attempt promised another one; kept by triggers (store.calls.settled)."""

    __tablename__ = "call_promise"

    card_id: int = Field(primary_key=True)
    touch_id: int


class CallSettled(SQLModel, table=True):
    """A list on which nobody is to be called any more, as long as no row of it changes."""

    __tablename__ = "call_settled"

    roster_id: int = Field(primary_key=True)
    rules: str  # by which outcomes and for which call-back that was found
