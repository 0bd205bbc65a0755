"""What is typed in for the review of an event, and what was learned from it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from opslog.store.db.tables import Instant, Row, args


class Cost(Row, table=True):
    """What an item of an event was to cost, and did; None: not known."""

    __table_args__ = args(UniqueConstraint("event_id", "item"))

    event_id: int = Field(foreign_key="event.id")
    item: str
    planned_cents: int | None = None
    spent_cents: int | None = None


class Figure(Row, table=True):
    """A number from elsewhere, typed in: itself, and how it differs from something else."""

    __table_args__ = args(UniqueConstraint("event_id", "measure", "against"))

    event_id: int = Field(foreign_key="event.id")
    measure: str  # a name of domain.reviews.measures, or the operator's own words
    value: float | None = None
    # '' previous_month same_month_last_year half_year_before half_year_after, or own words
    against: str = ""
    change_percent: float | None = None  # -9.9 is 9.9 % less
    change: float | None = None  # in the measure's own unit
    source: str = ""
    at: datetime = Field(sa_type=Instant)


class Act(Row, table=True):
    """What to do otherwise at the next event of a kind, learned from this one."""

    __table_args__ = args(UniqueConstraint("event_id", "key"))

    event_id: int = Field(foreign_key="event.id")
    key: str  # what it was worked out from; of one's own its number
    text: str
    reason: str = ""
    kind: str  # of the events whose playbook it changes
    step: str = ""  # the playbook's id of the step, '' where it is words alone
    change: str = ""  # to the playbook, and what it said (domain.reviews.acts.kept)
    state: str = "proposed"  # accepted or dismissed: what is proposed has no row
    at: datetime = Field(sa_type=Instant)


class ReviewNote(Row, table=True):
    """The operator's own words on a part of a review."""

    __tablename__ = "review_note"
    __table_args__ = args(UniqueConstraint("event_id", "part"))

    event_id: int = Field(foreign_key="event.id")
    part: str
    text: str
