"""Precision and recall of what opslog joins by itself and of what it asks about.

Rows go into a database as people of their own and are looked at by ``twins.propose``, the very
code that runs after an import.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

from opslog.domain.base.clock import Clock
from opslog.domain.people.naming.names import company_key
from opslog.domain.twins.likeness import CERTAIN
from opslog.services.book.book import open_book
from opslog.services.twins import search as twin_search

Key = tuple[str, str]  # two rows by their labels, in order


@dataclass(frozen=True)
class Labelled:
    """A row with what is known of it. Rows of one ``truth`` are one person.

    ``doubtful``: rows of one such group may be one person; only someone who asks can tell.
    """

    label: str
    truth: str
    name: str
    company: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    doubtful: str = ""


@dataclass(frozen=True)
class Measured:
    """Pairs of rows, counted. Doubtful pairs are neither right nor wrong to ask about, but wrong
    to join."""

    rows: int
    true: int  # pairs that are one person
    joined: int  # automatic, right ones
    joined_wrong: int
    asked: int  # proposed, right ones
    asked_doubtful: int
    asked_wrong: int
    doubtful: int
    missed: tuple[Key, ...] = field(repr=False, default=())
    wrong: tuple[Key, ...] = field(repr=False, default=())

    @property
    def precision(self) -> float:
        """Of automatic merges."""
        return _share(self.joined, self.joined + self.joined_wrong)

    @property
    def recall(self) -> float:
        """Of automatic merges."""
        return _share(self.joined, self.true)

    @property
    def found(self) -> float:
        """Recall of automatic merges and proposals together."""
        return _share(self.joined + self.asked, self.true)

    @property
    def asked_precision(self) -> float:
        """Of proposals: how many are one person."""
        return _share(self.asked, self.proposals)

    @property
    def asked_recall(self) -> float:
        """Of proposals: how much of what was not joined by itself."""
        return _share(self.asked, self.true - self.joined)

    @property
    def proposals(self) -> int:
        return self.asked + self.asked_doubtful + self.asked_wrong

    @property
    def per_pair(self) -> float:
        """Questions asked for each true pair that was not joined by itself."""
        return _share(self.proposals, self.true - self.joined, empty=float(self.proposals))


def measure(rows: Sequence[Labelled]) -> Measured:
    """Put the rows into a book of their own, search it, and compare with the labels."""
    with tempfile.TemporaryDirectory(prefix="opslog-dedupe-") as folder:
        proposed = _proposed(Path(folder) / "opslog.db", rows)
    true = _together((row.label, row.truth) for row in rows)
    doubtful = _together((row.label, row.doubtful) for row in rows if row.doubtful) - true
    joined = {pair for pair, score in proposed.items() if score == CERTAIN}
    asked = proposed.keys() - joined
    return Measured(
        len(rows),
        len(true),
        len(joined & true),
        len(joined - true),
        len(asked & true),
        len(asked & doubtful),
        len(asked - true - doubtful),
        len(doubtful),
        missed=tuple(sorted(true - proposed.keys())),
        wrong=tuple(sorted((asked - true - doubtful) | (joined - true))),
    )


def _proposed(path: Path, rows: Sequence[Labelled]) -> dict[Key, int]:
    book = open_book(path, clock=Clock(lambda: datetime(2026, 11, 23, 1, tzinfo=UTC)))
    try:
        book.con.execute("BEGIN")
        book.con.executemany(
            "INSERT INTO person(id, name, company, company_key, title, phone, email, created_at)"
            " VALUES (?,?,?,?,?,?,?,'2026-11-23T01:00:00Z')",
            [
                (
                    at,
                    row.name,
                    row.company,
                    company_key(row.company),
                    row.title,
                    row.phone,
                    row.email,
                )
                for at, row in enumerate(rows, 1)
            ],
        )
        book.con.execute("COMMIT")
        twin_search.propose(book)
        return {
            _key(rows[int(row["one"]) - 1].label, rows[int(row["other"]) - 1].label): row["score"]
            for row in book.con.execute("SELECT one, other, score FROM pair WHERE kind='person'")
        }
    finally:
        book.close()


def _together(labels: Iterable[Key]) -> set[Key]:
    groups: dict[str, list[str]] = defaultdict(list)
    for label, group in labels:
        groups[group].append(label)
    return {_key(*pair) for group in groups.values() for pair in combinations(group, 2)}


def _key(one: str, other: str) -> Key:
    return (one, other) if one < other else (other, one)


def _share(part: int, whole: int, *, empty: float = 1.0) -> float:
    return part / whole if whole else empty


def as_json(name: str, found: Measured) -> str:
    """One line of the table, for a script."""
    return json.dumps(
        {
            "set": name,
            "rows": found.rows,
            "pairs": found.true,
            "automatic_precision": found.precision,
            "automatic_recall": found.recall,
            "recall": found.found,
            "proposals": found.proposals,
            "proposal_precision": found.asked_precision,
            "proposals_per_pair_left": found.per_pair,
        }
    )
