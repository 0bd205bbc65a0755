"""Attempts to reach somebody, what they answered, who was told of it, and who took them over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
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


class Question(Row, table=True):
    """A question of a talk track as it was asked: copied when it first is, so that what was
    answered stays beside its words when the file changes."""

    __table_args__ = args(UniqueConstraint("key", "version"))

    key: str  # its code in the talk track
    version: int  # counts the wordings under one key
    text: str
    kind: str  # scale, choice, yes_no, words
    options: str = ""  # JSON list of what may be chosen, '' free
    concerns: str = ""  # product, speaker, sales ...: who is to hear of it
    field_id: int | None = Field(default=None, foreign_key="field.id")  # what the answer fills


class Answer(Row, table=True):
    """What somebody answered; the newest one holds."""

    __table_args__ = args(
        Index("answer_person", "person_id"),
        Index("answer_question", "question_id"),
        Index("answer_touch", "touch_id", sqlite_where=text("touch_id IS NOT NULL")),
    )

    question_id: int = Field(foreign_key="question.id")
    person_id: int = Field(foreign_key="person.id")
    event_id: int | None = Field(default=None, foreign_key="event.id")
    touch_id: int | None = Field(default=None, foreign_key="touch.id")
    value: str
    at: datetime = Field(sa_type=Instant)


class Told(Row, table=True):
    """Somebody was told of something: a second fact beside the thing itself."""

    __table_args__ = args(Index("told_row", "tbl", "row_id"))

    tbl: str  # the table of what was told: touch, answer ...
    row_id: int
    to_whom: str
    at: datetime = Field(sa_type=Instant)


class Handover(Row, table=True):
    """A lead as it was handed to sales: the four things that are to be known, in words. By which
    channel they came is not kept: there are no channels yet."""

    __table_args__ = args(Index("handover_person", "person_id"))

    person_id: int = Field(foreign_key="person.id")
    card_id: int | None = Field(default=None, foreign_key="card.id")
    event_id: int | None = Field(default=None, foreign_key="event.id")
    budget: str = ""
    need: str = ""
    team: str = ""
    timing: str = ""
    to_whom: str = ""
    at: datetime = Field(sa_type=Instant)


class HandoverState(Row, table=True):
    """A step on the way of a lead; the newest one holds, and it may go backwards."""

    __tablename__ = "handover_state"
    __table_args__ = args(Index("handover_state_handover", "handover_id"))

    handover_id: int = Field(foreign_key="handover.id")
    state: str  # lead, mql, sql, handed_over, accepted, won, lost, returned
    at: datetime = Field(sa_type=Instant)
    reason: str = ""
    cents: int | None = None  # what the deal was worth


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
