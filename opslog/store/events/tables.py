"""Events, what they should bring, and plans: theirs and those of the operator's own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from opslog.store.db.tables import Instant, Row, args


class Event(Row, table=True):
    """``kind`` webinar recorded salon conference materials; ``list`` form none."""

    __table_args__ = args(Index("event_starts", "starts_at"), Index("event_ends", "ends_at"))

    name: str
    kind: str
    host: str = "own"  # own, sponsored
    list: str = "form"  # form: sign-ups are asked for; none: only reach
    starts_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)
    audience: str = "all"  # all, segment
    segment: str = ""  # whom, in words, where audience is segment
    theme: str = ""
    place: str = ""
    tag: str = ""
    reach: int | None = None  # typed in where there is no list
    views: int | None = None
    shares: int | None = None
    note: str = ""
    cancelled_at: datetime | None = Field(default=None, sa_type=Instant)
    search: str = ""
    created_at: datetime = Field(sa_type=Instant)
    budget_cents: int | None = None
    invited_uid: str = ""  # of the organiser's invitation it was made from, as its calendar has it
    invited_sequence: int = 0  # and which version of that was taken in last


class Target(Row, table=True):
    """What an event should bring, by measure name: signups, attended, leads ..."""

    __table_args__ = args(UniqueConstraint("event_id", "measure"))

    event_id: int = Field(foreign_key="event.id")
    measure: str
    value: float


class Channel(Row, table=True):
    """A way by which people come to an event: what it cost and how far it reached, typed in. Who
    came by it is read off the cards (``card.channel_id``)."""

    __table_args__ = args(
        Index("channel_event", "event_id"),
        Index("channel_code", "event_id", "code", unique=True, sqlite_where=text("code<>''")),
    )

    event_id: int = Field(foreign_key="event.id")
    kind: str = ""  # a name of domain.events.events.CHANNEL_LABELS, '' none of them
    label: str  # as the operator or a list calls it
    code: str = ""  # of its tracking QR code, or what a list or a link says instead
    owner: str = ""  # who brings people by it
    link: str = ""
    cents: int | None = None  # spent on it; as the figures below None where it is not known
    reach: int | None = None
    clicks: int | None = None
    signups: int | None = None  # typed in, where no list says who came by it
    stop_id: int | None = Field(default=None, foreign_key="stop.id")  # None: of the whole


class EventMove(Row, table=True):
    """An event, or a stop of it, was moved: what was said to anybody up to then was said of another
    date. ``touch`` and ``told`` are the newest rows of those tables before it, 0 none: instants may
    be equal."""

    __tablename__ = "event_move"
    __table_args__ = args(Index("event_move_event", "event_id"))

    event_id: int = Field(foreign_key="event.id")
    was: datetime = Field(sa_type=Instant)  # when it began before
    touch: int = 0
    told: int = 0
    stop_id: int | None = Field(default=None, foreign_key="stop.id")  # whose date, None the event's
    at: datetime | None = Field(
        default=None, sa_type=Instant
    )  # when it was moved, since it is kept


class Stop(Row, table=True):
    """A stop of a road show: a place and its days. ``state`` open, fallback (``fallback`` is what
    is done in its place), dropped; ``why`` says for what reason it is not as planned."""

    __table_args__ = args(Index("stop_event", "event_id"))

    event_id: int = Field(foreign_key="event.id")
    place: str
    starts_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)
    note: str = ""
    state: str = "open"
    why: str = ""
    fallback: str = ""
    venue: str = ""  # where in that place


class Tally(Row, table=True):
    """What a stop brought and cost, typed in at the end of its days, by measure: reach, leads …;
    cost in cents."""

    __table_args__ = args(UniqueConstraint("stop_id", "measure"))

    stop_id: int = Field(foreign_key="stop.id")
    measure: str
    value: float


class Routine(Row, table=True):
    """A plan of the operator's own: a playbook on a day, once or again and again. Each turn of it
    is a plan; which are to come follows from ``starts_on`` and ``every``."""

    name: str
    playbook: str  # the name of its file, as weekly_report
    starts_on: str
    every: str = ""  # '' once; week, month, quarter, year, or a number of days
    until: str = ""  # the last day on which a turn may begin
    since: str  # turns before it are neither made nor missed: it was entered or taken up then
    paused_at: datetime | None = Field(default=None, sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    created_at: datetime = Field(sa_type=Instant)


class Plan(Row, table=True):
    """What a step belongs to: the plan of an event, whose dates are the event's, or one turn of a
    routine, which begins on its day (``anchor``); on ``next_on`` the next one is to be made."""

    __table_args__ = args(
        Index("plan_event", "event_id", unique=True, sqlite_where=text("event_id IS NOT NULL")),
        UniqueConstraint("routine_id", "anchor"),
        CheckConstraint("(event_id IS NULL) <> (routine_id IS NULL)"),
    )

    event_id: int | None = Field(default=None, foreign_key="event.id")
    routine_id: int | None = Field(default=None, foreign_key="routine.id")
    anchor: str = ""
    next_on: str = ""  # '' it is the last
    version: int = 0  # of the operator's own playbook that it was made from; 0 the one that ships
    missed: int = 0  # turns before it that nobody saw


class Step(Row, table=True):
    """One line of a plan.

    ``state``: floating (moves with the event), pinned (moved by hand), done, missed,
    dropped (not to be done: ``why`` says what for).
    ``due_at`` is when it is to be done; ``planned_at`` what the rule gave before a day off
    or a late start moved it (None where nothing moved it), ``why`` says which.
    """

    __table_args__ = args(Index("step_plan", "plan_id"), Index("step_due", "state", "due_at"))

    plan_id: int = Field(foreign_key="plan.id")
    key: str  # the playbook's id of the step; '' for one added by hand
    title: str  # Chinese
    title_en: str
    anchor: str = "start"  # start, end
    offset: int  # days from the anchor, negative before
    offset_months: int = 0
    clock: str  # HH:MM, local
    channel: str = ""
    phase: str = "before"  # before, day, after
    due_at: datetime = Field(sa_type=Instant)
    planned_at: datetime | None = Field(default=None, sa_type=Instant)
    closes_at: datetime | None = Field(default=None, sa_type=Instant)  # then it is missed
    lead_days: int = 1  # so long before due_at Today may show it
    why: str = ""  # '' or codes of domain.events.events; comma separated
    state: str = "floating"
    done_at: datetime | None = Field(default=None, sa_type=Instant)
    snoozed_until: datetime | None = Field(default=None, sa_type=Instant)
    note: str = ""
    evidence: str = ""  # what proves that it is done: a name of domain.events.evidence
    logged_at: datetime | None = Field(default=None, sa_type=Instant)  # that it was proven, last
    owner: str = ""  # who is to do it, where that is a colleague
    words: str = ""  # what goes out by it, or is said; of one plan alone
    dropped_why: str = ""  # in the operator's words
    published_for: datetime | None = Field(default=None, sa_type=Instant)  # the date it told people
    workdays: int = 0  # working days from the anchor, in place of ``offset``
    rest: str = ""  # on a day off: before, after, nearest, none; '' as its phase has it
    stop_id: int | None = Field(default=None, foreign_key="stop.id")  # whose day it hangs on


class CheckItem(Row, table=True):
    __tablename__ = "check_item"
    __table_args__ = args(Index("check_item_step", "step_id"))

    step_id: int = Field(foreign_key="step.id")
    title: str
    title_en: str
    done_at: datetime | None = Field(default=None, sa_type=Instant)
    kind: str = ""  # which answer it asks for: yes_no, words, link; '' none
    answer: str = ""  # yes, no, or what was typed


class StepProven(SQLModel, table=True):
    """A step whose evidence is complete; follows from other rows (store.calls.proofs)."""

    __tablename__ = "step_proven"

    step_id: int = Field(primary_key=True)


class StepDoubt(SQLModel, table=True):
    """An event whose evidence may have changed, by one card of its list or (0) anyhow; empty
    again before a change is committed."""

    __tablename__ = "step_doubt"

    event_id: int = Field(primary_key=True)
    card_id: int = Field(primary_key=True)


class CalendarEntry(SQLModel, table=True):
    """What a calendar was last told of an event or a step, so that it can be told what changed,
    also that the row is gone. Says nothing in words; not journalled: what left stays told."""

    __tablename__ = "calendar_entry"
    __table_args__ = (Index("calendar_entry_event", "event_id"),)

    uid: str = Field(primary_key=True)
    event_id: int  # which may be gone
    starts_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)
    sequence: int = 0
    changed_at: datetime = Field(sa_type=Instant)
    mark: str = ""  # a hash of what was told; '' a name of an older scheme, to be cancelled once
