"""Questions as they were asked, and what was answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from opslog.store.db.tables import Instant, Row, args


class Question(Row, table=True):
    """A question of a talk track as it was asked: copied when it first is, so that what was
    answered keeps its words when the file changes."""

    __table_args__ = args(UniqueConstraint("key", "version"))

    key: str  # as in talk_tracks.toml: what answers are counted by
    version: int  # counts the wordings under one key, from 1
    text: str
    text_en: str
    kind: str  # scale, choice, yes_no, words
    options: str = "[]"  # JSON list of what may be chosen
    options_en: str = "[]"
    other: bool = False  # own words may be said instead
    concerns: str = ""  # product, speaker, sales, us: who is to hear of it
    fills: str = ""  # the field of the person that an answer fills


class Answer(Row, table=True):
    """What somebody answered; of one person, event and question the newest one holds."""

    __table_args__ = args(
        Index("answer_person", "person_id"),
        Index("answer_question", "question_id"),
        Index("answer_event", "event_id"),
        Index("answer_touch", "touch_id", sqlite_where=text("touch_id IS NOT NULL")),
    )

    question_id: int = Field(foreign_key="question.id")
    person_id: int = Field(foreign_key="person.id")
    event_id: int | None = Field(default=None, foreign_key="event.id")  # None: about none
    touch_id: int | None = Field(default=None, foreign_key="touch.id")  # None until it is logged
    value: str | None = None  # 1 to 5, yes, no, an option; '' in words; None: taken back
    words: str = ""
    at: datetime = Field(sa_type=Instant)
