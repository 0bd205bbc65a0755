"""People, and what belongs to a person or a company."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from opslog.store.db.tables import Instant, Row, args


class Person(Row, table=True):
    """Somebody met at least once. ``search`` is what the full-text index holds."""

    __table_args__ = args(
        Index("person_phone", "phone"),
        Index("person_email", "email"),
        Index("person_company", "company_key"),
        # Of the few that were merged alone: without it each delete would read the whole table.
        Index("person_erased", "id", sqlite_where=text("erased_at IS NOT NULL")),
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
    __table_args__ = args(UniqueConstraint("person_id", "tag"), Index("person_tag_tag", "tag"))

    person_id: int = Field(foreign_key="person.id")
    tag: str


class PersonBlock(SQLModel, table=True):
    """How many people are shown among each 1,024 ids: where a position in their list lies.

    Kept by triggers (``store.people_window``).
    """

    __tablename__ = "person_block"

    block: int = Field(primary_key=True)
    people: int


class Suppressed(Row, table=True):
    """A number or address that is not to be used, whoever has it.

    Numbers and addresses themselves stand in ``Person.phone``, ``phones``, ``email`` and
    ``emails``: a look-up by value says whether one of them may be used.
    """

    __table_args__ = args(UniqueConstraint("kind", "value", "scope"))

    kind: str  # phone, email, person (whatever number they have, or none)
    value: str  # as in Person: E.164, or lower case; of a person the id
    scope: str  # call, write, mail; wrong: it is not (or no longer) theirs
    since: datetime = Field(sa_type=Instant)
    by: str = ""  # who said so: operator, list, upgrade, or the code of an outcome
    why: str = ""


class Erased(SQLModel, table=True):
    """That somebody with this number or address was erased: what comes back is held against it."""

    fingerprint: str = Field(primary_key=True)  # HMAC of kind and value, see FileIdentity.secret
    at: datetime = Field(sa_type=Instant)


class CustomField(Row, table=True):
    """A field the operator added to people or companies."""

    __tablename__ = "field"
    __table_args__ = args(UniqueConstraint("of", "name"))

    of: str  # person, company
    name: str
    type: str = "text"  # text, number, choice
    choices: str = ""  # JSON list, '' none
    on_card: bool = False  # shown, and asked where it is blank, on the card of a call
    weight: int = 0  # points that having it adds to a rank; the heaviest stands first


class FieldValue(Row, table=True):
    """What such a field holds, of one person or of one company."""

    __tablename__ = "field_value"
    __table_args__ = args(
        UniqueConstraint("field_id", "person_id"),
        UniqueConstraint("field_id", "company_key"),
        CheckConstraint("(person_id IS NULL) <> (company_key IS NULL)"),
        Index("field_value_person", "person_id"),
        Index("field_value_company", "company_key"),
    )

    field_id: int = Field(foreign_key="field.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    company_key: str | None = None
    value: str
    source: str = "operator"  # or file:12, the roster_file it came in by


class Source(Row, table=True):
    """Where a value of a person came from: what a list may renew, what withdrawing takes back.

    A value without a row here is of unknown origin, and as good as typed.
    """

    __table_args__ = args(
        UniqueConstraint("person_id", "column"),
        Index("source_file", "file_id", sqlite_where=text("file_id IS NOT NULL")),
    )

    person_id: int = Field(foreign_key="person.id")
    column: str  # of Person: title, city …
    file_id: int | None = Field(default=None, foreign_key="roster_file.id")  # None: the operator
