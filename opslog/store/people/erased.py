"""Who was erased: keyed marks that what comes back is held against, and nothing else of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from opslog.domain.people import fingerprints


@dataclass(frozen=True)
class ErasedMarks:
    """The marks of a file: fingerprint -> the instant of the erasure."""

    secret: str
    at: dict[str, str]

    def mark(self, kind: str, value: str) -> str:
        return fingerprints.mark(self.secret, kind, value)

    def erased_at(
        self, names: Iterable[str], numbers: Iterable[str], addresses: Iterable[str]
    ) -> tuple[str, str]:
        """The mark of somebody erased, and when that was; '' and '' for anybody else."""
        for kind, value in fingerprints.keys(names, numbers, addresses):
            found = self.mark(kind, value)
            if found in self.at:
                return found, self.at[found]
        return "", ""


def marks(con: sqlite3.Connection) -> ErasedMarks:
    """The marks of this file, with its secret."""
    secret = con.execute("SELECT secret FROM file_identity").fetchone()[0]
    rows = con.execute("SELECT fingerprint, at FROM erased")
    return ErasedMarks(secret, {row[0]: row[1] for row in rows})


def known(con: sqlite3.Connection) -> ErasedMarks | None:
    """The marks; None where nobody was erased, so that nothing need be looked up."""
    found = marks(con)
    return found if found.at else None


def put(con: sqlite3.Connection, keys: Iterable[tuple[str, str]], at: str) -> None:
    """Keep the marks of somebody who is being erased."""
    secret = marks(con)
    con.executemany(
        "INSERT OR REPLACE INTO erased(fingerprint, at) VALUES (?,?)",
        [(secret.mark(kind, value), at) for kind, value in keys],
    )
