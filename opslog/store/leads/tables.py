"""Leads: what is known of one, to whom it was handed, and the ledger of its states."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from opslog.store.db.tables import Instant, Row, args


class Handover(Row, table=True):
    """A lead, from the moment it is one."""

    __table_args__ = args(
        Index("handover_person", "person_id"), Index("handover_event", "event_id")
    )

    person_id: int = Field(foreign_key="person.id")
    card_id: int | None = Field(default=None, foreign_key="card.id")  # of the list it came from
    event_id: int | None = Field(default=None, foreign_key="event.id")
    budget: str = ""  # yes, no, words; '' not asked. So are the next three
    need: str = ""
    team: str = ""
    timing: str = ""
    to_whom: str = ""  # '' nobody yet
    community: str = ""  # the group (社群) it came from, '' none or not known
    by_whom: str = ""  # the colleague who handed it over, '' the operator


class HandoverState(Row, table=True):
    """How a lead stands from a moment on; only grows, undo excepted."""

    __tablename__ = "handover_state"
    __table_args__ = args(Index("handover_state_of", "handover_id"))

    handover_id: int = Field(foreign_key="handover.id")
    state: str  # lead, mql, sql, handed_over, accepted, won, lost, returned
    at: datetime = Field(sa_type=Instant)
    reason: str = ""
    cents: int | None = None  # of one that was won
    next_on: datetime | None = Field(default=None, sa_type=Instant)  # on Today not before
