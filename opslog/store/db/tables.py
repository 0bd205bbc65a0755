"""Every table, once. sqlmodel is the one source of the schema.

It creates the database and validates records at the edges (forms, files, restore).
What runs at start or at a key press is SQL over the same tables elsewhere in ``store``;
``tests/store/test_lanes.py`` holds the two against each other.

Instants are aware datetimes in Python and ``2026-11-22T02:30:00Z`` in the file; days are
``2026-11-22``. Ids are never used twice (AUTOINCREMENT), so that the journal can name a row.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, Index, String, TypeDecorator, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from opslog.store.db.conditions import OPEN_ROWS


class Instant(TypeDecorator[datetime]):
    """A moment, kept as UTC text that sorts; a naive datetime is refused."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Row(SQLModel):
    """What every journalled table has: a number that is never given out again."""

    __table_args__: Any = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)


def _args(*extra: Any) -> tuple[Any, ...]:
    return (*extra, {"sqlite_autoincrement": True})


class Person(Row, table=True):
    """Somebody met at least once. ``search`` is what the full-text index holds."""

    __table_args__ = _args(
        Index("person_phone", "phone"),
        Index("person_email", "email"),
        Index("person_company", "company_key"),
        # Of the few that were merged alone: without it each delete would read the whole table.
        Index("person_merged", "merged_into", sqlite_where=text("merged_into IS NOT NULL")),
    )

    name: str = ""
    company: str = ""
    company_key: str = ""  # domain.names.company_key(company): what "same company" means
    title: str = ""
    phone: str = ""  # E.164, '' unknown
    email: str = ""  # lower case
    city: str = ""
    industry: str = ""
    wecom: bool | None = None  # None: not known
    do_not_call: bool = False
    note: str = ""
    search: str = ""
    created_at: datetime = Field(sa_type=Instant)
    phones: str = ""  # further numbers, E.164, one space between
    emails: str = ""  # further addresses, lower case, one space between
    city_guess: str = ""  # proposed from the number, never taken for the city
    last_contact_at: datetime | None = Field(default=None, sa_type=Instant)
    merged_into: int | None = Field(default=None, foreign_key="person.id")  # one person, two rows
    erased_at: datetime | None = Field(default=None, sa_type=Instant)  # on request; cells are blank


class PersonTag(Row, table=True):
    __tablename__ = "person_tag"
    __table_args__ = _args(UniqueConstraint("person_id", "tag"), Index("person_tag_tag", "tag"))

    person_id: int = Field(foreign_key="person.id")
    tag: str


class Event(Row, table=True):
    """``kind`` webinar recorded salon conference materials; ``list`` form none."""

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
    budget: float | None = None
    reach: int | None = None  # typed in where there is no list
    views: int | None = None
    shares: int | None = None
    note: str = ""
    cancelled_at: datetime | None = Field(default=None, sa_type=Instant)
    search: str = ""
    created_at: datetime = Field(sa_type=Instant)


class Target(Row, table=True):
    """What an event should bring, by measure name: signups, attended, leads ..."""

    __table_args__ = _args(UniqueConstraint("event_id", "measure"))

    event_id: int = Field(foreign_key="event.id")
    measure: str
    value: float


class Step(Row, table=True):
    """One line of an event's plan.

    ``state``: floating (moves with the event), pinned (moved by hand), done, missed.
    ``due_at`` is when it is to be done; ``planned_at`` what the rule gave before a day off
    or a late start moved it (None where nothing moved it), ``why`` says which.
    """

    __table_args__ = _args(Index("step_event", "event_id"), Index("step_due", "state", "due_at"))

    event_id: int = Field(foreign_key="event.id")
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
    why: str = ""  # '', dayoff, stays, late, hand, unpublished ; comma separated
    state: str = "floating"
    done_at: datetime | None = Field(default=None, sa_type=Instant)
    snoozed_until: datetime | None = Field(default=None, sa_type=Instant)
    note: str = ""


class CheckItem(Row, table=True):
    __tablename__ = "check_item"
    __table_args__ = _args(Index("check_item_step", "step_id"))

    step_id: int = Field(foreign_key="step.id")
    title: str
    title_en: str
    done_at: datetime | None = Field(default=None, sa_type=Instant)


class Log(Row, table=True):
    """A line of the day. ``source``: typed, or the verb's field that wrote it by itself."""

    __table_args__ = _args(Index("log_at", "at"), Index("log_event", "event_id"))

    at: datetime = Field(sa_type=Instant)
    text: str
    event_id: int | None = Field(default=None, foreign_key="event.id")
    minutes: int | None = None
    flagged: bool = False
    source: str = "typed"  # typed event step call round import
    search: str = ""
    created_at: datetime = Field(sa_type=Instant)


class LogTag(Row, table=True):
    __tablename__ = "log_tag"
    __table_args__ = _args(Index("log_tag_log", "log_id"), Index("log_tag_tag", "tag"))

    log_id: int = Field(foreign_key="log.id")
    tag: str


class LogPerson(Row, table=True):
    """A person named in a line; ``person_id`` where the name is known."""

    __tablename__ = "log_person"
    __table_args__ = _args(
        Index("log_person_log", "log_id"), Index("log_person_person", "person_id")
    )

    log_id: int = Field(foreign_key="log.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    name: str


class FollowUp(Row, table=True):
    __tablename__ = "follow_up"
    __table_args__ = _args(
        Index("follow_up_due", "done_at", "due_at"), Index("follow_up_log", "log_id")
    )

    log_id: int | None = Field(default=None, foreign_key="log.id")
    text: str
    due_at: datetime = Field(sa_type=Instant)
    timed: bool = False  # False: any time that day
    event_id: int | None = Field(default=None, foreign_key="event.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    done_at: datetime | None = Field(default=None, sa_type=Instant)
    snoozed_until: datetime | None = Field(default=None, sa_type=Instant)


class Roster(Row, table=True):
    """The list of one event, whatever number of files it came in."""

    __table_args__ = _args(UniqueConstraint("event_id"))

    event_id: int = Field(foreign_key="event.id")
    name: str
    created_at: datetime = Field(sa_type=Instant)


class RosterFile(Row, table=True):
    """One import into a roster, with how the file was read and what it held."""

    __tablename__ = "roster_file"
    __table_args__ = _args(Index("roster_file_roster", "roster_id"))

    roster_id: int = Field(foreign_key="roster.id")
    file: str  # the name, without the folder
    sheet: str = ""
    encoding: str = ""
    header_row: int  # line in the file or sheet, counted from 1
    columns: str  # JSON: the headings, in order
    mapping: str  # JSON: field -> column index or list of them
    read: int
    new: int
    updated: int
    unchanged: int
    duplicate: int
    problem: int
    imported_at: datetime = Field(sa_type=Instant)
    kind: str = "signup"  # signup, attendance
    profile: str = ""  # the layout it was read by, where one fitted
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    # JSON, '' for a file that is one list: [line of the headings, headings, mapping], by line.
    sections: str = ""


class Card(Row, table=True):
    """A person on a roster: what screening and calls go through."""

    __table_args__ = _args(
        UniqueConstraint("roster_id", "person_id"),
        Index("card_person", "person_id"),
    )

    roster_id: int = Field(foreign_key="roster.id")
    person_id: int = Field(foreign_key="person.id")
    signed_up_at: datetime | None = Field(default=None, sa_type=Instant)
    attended: bool | None = None  # None: not marked yet
    withdrawn: bool = False
    minutes: int | None = None  # present, all sessions added up, where a file says so


class RosterRow(Row, table=True):
    """A line as it came in, verbatim and for ever."""

    __tablename__ = "roster_row"
    __table_args__ = _args(
        Index("roster_row_roster", "roster_id"),
        Index("roster_row_card", "card_id"),
        Index("roster_row_open", "roster_id", sqlite_where=text(OPEN_ROWS)),
    )

    roster_id: int = Field(foreign_key="roster.id")
    file_id: int = Field(foreign_key="roster_file.id")
    card_id: int | None = Field(default=None, foreign_key="card.id")
    line: int  # in the file or sheet, counted from 1
    cells: str  # JSON: the cells as text, in file order
    # new updated unchanged duplicate problem; also: kept once more for a further person of it
    result: str
    problems: str = ""  # JSON list of problem codes, '' none
    mended: str = ""  # JSON: field -> what the operator typed instead, '' nothing


class Round(Row, table=True):
    """Tidy is round 0; the screenings are 1, 2 and on."""

    __table_args__ = _args(UniqueConstraint("roster_id", "number"))

    roster_id: int = Field(foreign_key="roster.id")
    number: int
    opened_at: datetime = Field(sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)


class Decision(Row, table=True):
    """The ledger. The newest entry of a card in a round is what holds."""

    __table_args__ = _args(
        Index("decision_round_card", "round_id", "card_id"), Index("decision_card", "card_id")
    )

    round_id: int = Field(foreign_key="round.id")
    card_id: int = Field(foreign_key="card.id")
    verdict: str  # keep drop park undecided
    reason: str = ""  # code of the reason, for a drop
    decided_by: str = "operator"  # or the name of the rule that was taken
    at: datetime = Field(sa_type=Instant)


class Touch(Row, table=True):
    """One attempt to reach somebody: a call or a message, with what came of it."""

    __table_args__ = _args(
        Index("touch_card", "card_id", "purpose"), Index("touch_next", "next_at")
    )

    card_id: int = Field(foreign_key="card.id")
    purpose: str  # reminder, callback-1, callback-2 ...
    lane: str  # phone, wecom
    outcome: str  # code from the outcome set
    reason: str = ""  # why not
    note: str = ""
    next_at: datetime | None = Field(default=None, sa_type=Instant)  # promised, or earliest retry
    promised: bool = False  # next_at was agreed with the person
    at: datetime = Field(sa_type=Instant)


class Pair(Row, table=True):
    """Two people or two companies that may be one, and what was decided, for good.

    ``kind``: person (``one`` and ``other`` are ids, the lower first) or company (they are
    company keys, in order). ``verdict``: open, same, different, later.
    """

    __table_args__ = _args(
        UniqueConstraint("kind", "one", "other"), Index("pair_verdict", "kind", "verdict")
    )

    kind: str
    one: str
    other: str
    score: int  # 0 to 100
    reasons: str  # JSON list of reason codes
    verdict: str = "open"
    created_at: datetime = Field(sa_type=Instant)
    decided_at: datetime | None = Field(default=None, sa_type=Instant)


class CompanyLink(Row, table=True):
    """A company key that was decided to mean another (``same``), or to be a branch of it."""

    __tablename__ = "company_link"
    __table_args__ = _args(UniqueConstraint("company_key"), Index("company_link_to", "to_key"))

    company_key: str
    to_key: str
    relation: str  # same, branch


class Likeness(SQLModel, table=True):
    """By what people and companies may be found to be alike: made from them, and made again.

    ``key`` is a hash (see domain.likeness.block_keys); ``ref`` the id of a person or a company
    key, as in Pair. A row may be out of date: whoever reads it looks at the people themselves.
    """

    __table_args__ = ({"sqlite_with_rowid": False},)

    key: int = Field(primary_key=True)
    ref: str = Field(primary_key=True)


class ColumnMemory(Row, table=True):
    """How a file with these headings was mapped last."""

    __tablename__ = "column_memory"
    __table_args__ = _args(UniqueConstraint("headings"))

    headings: str  # JSON: the folded headings, in order
    mapping: str  # JSON: field -> column indexes
    used_at: datetime = Field(sa_type=Instant)


# What the journal does not cover: its own tables, settings, the record of migrations.


class Change(SQLModel, table=True):
    """One verb, as a person would name it. ``state``: done, undone, dropped (not redoable),
    final (can't be undone)."""

    __table_args__ = _args(Index("change_state", "state", "session"))

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Instant)
    session: str
    label: str  # the English message id
    args: str  # JSON: its arguments
    state: str = "done"
    undone_order: int | None = None


class ChangeRow(SQLModel, table=True):
    """A row a change touched: ``op`` I U D, and the other side of it (see store.journal)."""

    __tablename__ = "change_row"
    __table_args__ = (Index("change_row_row", "tbl", "row_id"), {"sqlite_with_rowid": False})

    change_id: int = Field(primary_key=True, foreign_key="change.id")
    tbl: str = Field(primary_key=True)
    row_id: int = Field(primary_key=True)
    op: str
    image: str | None = None


class ChangeRange(SQLModel, table=True):
    """Rows a bulk change inserted: ids ``low`` to ``high`` of one table."""

    __tablename__ = "change_range"
    __table_args__ = ({"sqlite_with_rowid": False},)

    change_id: int = Field(primary_key=True, foreign_key="change.id")
    tbl: str = Field(primary_key=True)
    low: int
    high: int


class JournalNow(SQLModel, table=True):
    """One row: the change being written, which the triggers read.

    ``fresh``: people above this id are not in the search index yet (a bulk change puts them
    there at its end, in a third of the time); NULL where the index is kept row by row.
    """

    __tablename__ = "journal_now"

    id: int = Field(default=1, primary_key=True)
    change_id: int | None = None
    bulk: bool = False
    fresh: int | None = None


class Setting(SQLModel, table=True):
    key: str = Field(primary_key=True)
    value: str


class PersonBlock(SQLModel, table=True):
    """How many people are shown among each 1,024 ids: where a position in their list lies.

    Kept by triggers (``store.people_window``).
    """

    __tablename__ = "person_block"

    block: int = Field(primary_key=True)
    people: int


class Migration(SQLModel, table=True):
    number: int = Field(primary_key=True)
    name: str
    at: datetime = Field(sa_type=Instant)


NOT_JOURNALLED = frozenset(
    {
        *("change", "change_row", "change_range", "journal_now", "setting", "migration"),
        *("likeness", "person_block"),
    }
)
SEARCHED = ("person", "event", "log")
