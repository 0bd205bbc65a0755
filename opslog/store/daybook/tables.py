"""The day's lines and what they promise."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from opslog.store.db.tables import Instant, Row, args


class Log(Row, table=True):
    """A line of the day. ``source``: typed, or the verb's field that wrote it by itself."""

    __table_args__ = args(
        Index("log_at", "at"),
        Index("log_event", "event_id"),
        # What the log folds, found without a look at every line.
        Index("log_called", "at", sqlite_where=text("source='call' AND NOT flagged")),
    )

    at: datetime = Field(sa_type=Instant)
    text: str
    event_id: int | None = Field(default=None, foreign_key="event.id")
    minutes: int | None = None
    flagged: bool = False
    source: str = "typed"  # typed event step call told lead round import
    search: str = ""
    created_at: datetime = Field(sa_type=Instant)
    # Of a line that opslog wrote: the message it is in, so that it speaks either language.
    label: str = ""
    args: str = ""


class LogDay(SQLModel, table=True):
    """How many lines a day of China has; kept by triggers (store.daybook.days)."""

    __tablename__ = "log_day"

    day: str = Field(primary_key=True)
    lines: int


class LogTag(Row, table=True):
    __tablename__ = "log_tag"
    __table_args__ = args(Index("log_tag_log", "log_id"), Index("log_tag_tag", "tag"))

    log_id: int = Field(foreign_key="log.id")
    tag: str


class LogPerson(Row, table=True):
    """A person named in a line; ``person_id`` where the name is known."""

    __tablename__ = "log_person"
    __table_args__ = args(
        Index("log_person_log", "log_id"), Index("log_person_person", "person_id")
    )

    log_id: int = Field(foreign_key="log.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    name: str


class FollowUp(Row, table=True):
    __tablename__ = "follow_up"
    __table_args__ = args(
        Index("follow_up_due", "done_at", "due_at"),
        Index("follow_up_log", "log_id"),
        Index("follow_up_event", "event_id", sqlite_where=text("event_id IS NOT NULL")),
        Index("follow_up_person", "person_id", sqlite_where=text("person_id IS NOT NULL")),
    )

    log_id: int | None = Field(default=None, foreign_key="log.id")
    text: str
    due_at: datetime = Field(sa_type=Instant)
    timed: bool = False  # False: any time that day
    event_id: int | None = Field(default=None, foreign_key="event.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    done_at: datetime | None = Field(default=None, sa_type=Instant)
    snoozed_until: datetime | None = Field(default=None, sa_type=Instant)
    note: str = ""
    flagged: bool = False  # by itself; one that came from a line is flagged with it
