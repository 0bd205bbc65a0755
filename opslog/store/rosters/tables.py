"""Lists as they came in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from opslog.store.db.tables import Instant, Row, args
from opslog.store.rosters.problems import OPEN


class Roster(Row, table=True):
    """A list of people: who signed up for an event (in whatever number of files it came), whom an
    event is for, or whom to call."""

    __table_args__ = args(
        Index("roster_event", "event_id"),
        # One of the whole event, and one for each stop of a road show.
        Index(
            "roster_signup",
            "event_id",
            text("coalesce(stop_id, 0)"),
            unique=True,
            sqlite_where=text("kind='signup'"),
        ),
    )

    event_id: int | None = Field(default=None, foreign_key="event.id")
    name: str
    created_at: datetime = Field(sa_type=Instant)
    kind: str = "signup"  # signup, audience, calls
    made_from: str = ""  # in words, of whom it was made; '' from files
    purpose: str = ""  # of the calls, where it is a call list
    track: str = ""  # what to say to them
    opens_on: str = ""  # the first day of the calls, '' from when it was made
    closes_on: str = ""  # the last day of the calls, '' no end
    stop_id: int | None = Field(default=None, foreign_key="stop.id")  # None: of the whole event


class RosterFile(Row, table=True):
    """One import into a roster, with how the file was read and what it held."""

    __tablename__ = "roster_file"
    __table_args__ = args(Index("roster_file_roster", "roster_id"))

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
    min_minutes: int | None = None  # from so many on somebody came, where it is an attendance file


class Card(Row, table=True):
    """A person on a roster: what screening and calls go through."""

    __table_args__ = args(
        UniqueConstraint("roster_id", "person_id"),
        Index("card_person", "person_id"),
        Index("card_apart", "roster_id", "state", sqlite_where=text("state<>'coming'")),
        Index("card_door", "roster_id", sqlite_where=text("way='door'")),
        # Of the few who were replaced: without it each delete would read the whole table.
        Index("card_channel", "channel_id", sqlite_where=text("channel_id IS NOT NULL")),
        Index("card_instead", "instead_of", sqlite_where=text("instead_of IS NOT NULL")),
    )

    roster_id: int = Field(foreign_key="roster.id")
    person_id: int = Field(foreign_key="person.id")
    signed_up_at: datetime | None = Field(default=None, sa_type=Instant)
    attended: bool | None = None  # None: not marked yet
    minutes: int | None = None  # present, all sessions added up, where a file says so
    state: str = "coming"  # coming, waiting (for a place), withdrawn, unknown
    guests: int = 0  # whom they bring along
    way: str = "file"  # file, hand, door: how they came onto the list
    # Whom they come instead of.
    instead_of: int | None = Field(default=None, foreign_key="card.id")
    guests_more: bool = False  # so many guests, or more: nobody said how many
    # By which channel of the event they signed up; None where nothing says it.
    channel_id: int | None = Field(default=None, foreign_key="channel.id")
    came_at: datetime | None = Field(default=None, sa_type=Instant)  # where it is known
    stop_id: int | None = Field(default=None, foreign_key="stop.id")  # of a road show, where known


class RosterRow(Row, table=True):
    """A line as it came in, verbatim and for ever."""

    __tablename__ = "roster_row"
    __table_args__ = args(
        Index("roster_row_roster", "roster_id"),
        Index("roster_row_card", "card_id"),
        Index("roster_row_file", "file_id"),
        Index("roster_row_open", "roster_id", sqlite_where=text(OPEN)),
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


class PastContact(Row, table=True):
    """An entry of a history that a list told of a person; never one of opslog's own calls."""

    __tablename__ = "past_contact"
    __table_args__ = args(
        UniqueConstraint("person_id", "at", "text"),
        Index("past_contact_file", "file_id"),
    )

    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Instant)
    text: str
    file_id: int = Field(foreign_key="roster_file.id")


class ColumnMemory(Row, table=True):
    """How a file with these headings was mapped last."""

    __tablename__ = "column_memory"
    __table_args__ = args(UniqueConstraint("headings"))

    headings: str  # JSON: the folded headings, in order
    mapping: str  # JSON: field -> column indexes
    used_at: datetime = Field(sa_type=Instant)
