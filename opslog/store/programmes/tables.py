"""Pieces of content, who is in which programme, and what was sent of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from opslog.store.db.tables import Instant, Row, args


class Content(Row, table=True):
    """A piece of content: words to send, found again by label and age."""

    __table_args__ = args(Index("content_label", "label"))

    kind: str  # company, customer, method, report, topical
    label: str  # features 03
    version: int = 1
    state: str = "ready"  # draft, ready, retired
    stage: str = ""  # features, results, brand
    text_zh: str = ""
    text_en: str = ""
    link: str = ""
    made_on: str  # a day
    revise_on: str = ""  # a day, '' never
    writer: str = ""
    bait: str = ""  # what it offers: a report, a template, a course


class Publication(Row, table=True):
    """Where a piece of content was published."""

    __table_args__ = args(Index("publication_content", "content_id"))

    content_id: int = Field(foreign_key="content.id")
    channel: str
    at: datetime = Field(sa_type=Instant)
    link: str = ""


class Enrolment(Row, table=True):
    """Somebody in a programme; one at a time a person, unless ``beside``."""

    __table_args__ = args(
        Index("enrolment_person", "person_id"),
        Index("enrolment_programme", "programme", "state"),
        Index(
            "enrolment_one",
            "person_id",
            unique=True,
            sqlite_where=text("state IN ('active', 'paused') AND beside=0"),
        ),
        Index("enrolment_merged", "person_id", sqlite_where=text("left_why='merged'")),
        # The queue of a day, counted without a look at the rows.
        Index(
            "enrolment_due",
            *("next_on", "slot", "programme", "next_step", "started_on"),
            sqlite_where=text("state='active'"),
        ),
    )

    person_id: int = Field(foreign_key="person.id")
    programme: str  # its code
    version: int = 1  # of the programme's file when they entered
    started_on: str  # the day its days are counted from
    entered_at: datetime = Field(sa_type=Instant)  # answers count from here
    next_step: str = ""  # '' none is left
    next_on: str = ""  # its day, '' none
    slot: str = ""  # lunch, leaving, evening, HH:MM
    state: str = "active"  # active, paused, left, finished
    left_why: str = ""  # reply, colleague, sales, barred, merged, hand …, or words
    state_at: datetime = Field(sa_type=Instant)
    beside: bool = False  # in another programme as well, by decision
    from_event_id: int | None = None  # which may be gone, as the next
    from_roster_id: int | None = None
    entered_by: str = ""  # by which rule, '' by hand
    content_id: int | None = Field(default=None, foreign_key="content.id")  # for the next step
    words: str = ""  # the operator's own for the next step


class Sending(Row, table=True):
    """What became of one step for one person; never two rows for a step."""

    __table_args__ = args(
        UniqueConstraint("enrolment_id", "step"),
        Index("sending_touch", "touch_id"),
        Index("sending_content", "content_id"),
        Index("sending_sent", "at", sqlite_where=text("state='sent'")),
    )

    enrolment_id: int = Field(foreign_key="enrolment.id")
    step: str
    due_on: str  # a day
    at: datetime = Field(sa_type=Instant)
    state: str  # sent, skipped, missed
    content_id: int | None = Field(default=None, foreign_key="content.id")
    content_version: int | None = None
    text: str = ""  # where it was the operator's own words
    touch_id: int | None = Field(default=None, foreign_key="touch.id")
    opened_at: datetime | None = Field(default=None, sa_type=Instant)
