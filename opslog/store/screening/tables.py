"""Rounds, and the ledger of verdicts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from opslog.store.db.tables import Instant, Row, args


class Round(Row, table=True):
    """Tidy is round 0; the screenings are 1, 2 and on."""

    __table_args__ = args(UniqueConstraint("roster_id", "number"))

    roster_id: int = Field(foreign_key="roster.id")
    number: int
    opened_at: datetime = Field(sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)


class Decision(Row, table=True):
    """The ledger. The newest entry of a card in a round is what holds."""

    __table_args__ = args(
        Index("decision_round_card", "round_id", "card_id"),
        Index("decision_card", "card_id"),
        Index("decision_dropped", "round_id", "card_id", sqlite_where=text("verdict='drop'")),
    )

    round_id: int = Field(foreign_key="round.id")
    card_id: int = Field(foreign_key="card.id")
    verdict: str  # keep drop park undecided
    reason: str = ""  # code of the reason, for a drop
    decided_by: str = "operator"  # or the name of the rule that was taken
    at: datetime = Field(sa_type=Instant)
