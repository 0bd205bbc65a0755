"""Attempts to reach somebody, and who was told of what came of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from opslog.store.db.tables import Instant, Row, args


class Touch(Row, table=True):
    """One attempt to reach somebody: a call or a message, with what came of it."""

    __table_args__ = args(
        Index("touch_card", "card_id", "purpose"),
        Index("touch_person", "person_id", "at"),
        Index("touch_at", "at"),
        Index("touch_next", "next_at"),
        Index("touch_outcome", "outcome"),
        Index("touch_event", "event_id", "person_id", "at"),
        # By which a day's messages are found: who answered, who had enough.
        Index("touch_reply", "outcome", "at", "person_id"),
        Index("touch_in", "at", "person_id", sqlite_where=text("direction='in'")),
        Index(
            "touch_counted",
            *("at", "lane", "person_id"),
            sqlite_where=text("counts=1 AND call_id IS NULL"),
        ),
    )

    card_id: int | None = Field(default=None, foreign_key="card.id")  # None: of no list
    purpose: str  # reminder, callback-1, callback-2 ...
    lane: str  # phone, wecom
    outcome: str  # code from the outcome set
    reason: str = ""  # why not
    note: str = ""
    next_at: datetime | None = Field(default=None, sa_type=Instant)  # promised, or earliest retry
    promised: bool = False  # next_at was agreed with the person
    at: datetime = Field(sa_type=Instant)
    person_id: int = Field(foreign_key="person.id")
    event_id: int | None = Field(default=None, foreign_key="event.id")  # None: about none
    direction: str = "out"  # out, in: they called or wrote
    seconds: int | None = None  # how long it took, where that is known
    # Something reached them: what nobody answered has a cap of its own. Of a call for several
    # purposes the first attempt alone (call_id None) counts.
    counts: bool = True
    # The first attempt of the same call, where one call was for several purposes.
    call_id: int | None = Field(default=None, foreign_key="touch.id")


class Told(Row, table=True):
    """Somebody was told of something: a second fact beside the thing itself."""

    __table_args__ = args(Index("told_row", "tbl", "row_id"))

    tbl: str  # the table of what was told
    row_id: int
    to_whom: str
    at: datetime = Field(sa_type=Instant)


class NotNow(Row, table=True):
    """Somebody is not to be called before an instant: put off by the operator, whatever was
    promised; the next touch ends it."""

    __tablename__ = "not_now"
    __table_args__ = args(Index("not_now_person", "person_id"))

    person_id: int = Field(foreign_key="person.id")
    until: datetime = Field(sa_type=Instant)


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
