"""What the operator made of a report."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from opslog.store.db.tables import Instant, Row, args


class ReportText(Row, table=True):
    """The operator's words for the report of some days, in the place of those worked out."""

    __tablename__ = "report_text"
    __table_args__ = args(UniqueConstraint("first", "last"))

    first: str  # days, both included
    last: str
    text: str
    made_from: str  # the text it was written over: where the numbers are others since, it says so
    at: datetime = Field(sa_type=Instant)
