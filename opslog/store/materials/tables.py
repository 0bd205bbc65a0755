"""Requests of materials: what is known of one besides that somebody is on the list."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from opslog.store.db.tables import Instant, Row, args


class MaterialRequest(Row, table=True):
    """What somebody on the list of materials asked for; no row as long as nothing was said."""

    __tablename__ = "material_request"
    __table_args__ = args(
        UniqueConstraint("card_id", "event_id"), Index("material_request_event", "event_id")
    )

    card_id: int = Field(foreign_key="card.id")
    event_id: int = Field(foreign_key="event.id")  # that of the card's list
    asked_on: str = ""  # a day, '' when the card says they signed up
    who: str = ""  # target, competitor, partner, colleague, other; '' nobody said
    shown: str = ""  # by form or business_card
    verdict: str = ""  # allowed, refused
    reason: str = ""  # why refused
    medium: str = ""  # paper, file
    watermark: str = ""  # the name in it
    address: str = ""  # where the paper copy goes
    use: str = ""  # what they want it for
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    sent_by: str = ""  # by what: e-mail, a courier and the number of the parcel
