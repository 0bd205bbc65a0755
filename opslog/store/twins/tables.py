"""People and companies that may be one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from opslog.store.db.tables import Instant, Row, args


class Pair(Row, table=True):
    """Two people or two companies that may be one, and what was decided, for good.

    ``kind``: person (``one`` and ``other`` are ids, the lower first) or company (they are
    company keys, in order). ``verdict``: open, same, different, later.
    """

    __table_args__ = args(
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
    __table_args__ = args(UniqueConstraint("company_key"), Index("company_link_to", "to_key"))

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
