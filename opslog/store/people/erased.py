"""Who was erased: keyed marks that what comes back is held against, and nothing else of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

HIDDEN = "hmac:"  # so begins the value of a bar that is a mark


class ErasedMarks(NamedTuple):
    """The marks of a file: fingerprint -> the instant of the erasure."""

    secret: str
    at: dict[str, str]

    def mark(self, kind: str, value: str) -> str:
        from opslog.domain.people import fingerprints  # few files have marks; each start reads here

        return fingerprints.mark(self.secret, kind, value)

    def erased_at(
        self, names: Sequence[str], numbers: Iterable[str], addresses: Iterable[str]
    ) -> tuple[str, str]:
        """The mark of somebody erased, and when that was; '' and '' for anybody else."""
        from opslog.domain.people import fingerprints

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


# -- a backup that is brought back -------------------------------------------------------------


def rows_erased(con: sqlite3.Connection) -> dict[int, str]:
    """The rows of people that were erased here, with when they were made; those included that only
    the journal knew."""
    rows = con.execute(
        "SELECT e.row_id, coalesce((SELECT created_at FROM person WHERE id=e.row_id),"
        " (SELECT json_extract(r.image, '$.created_at') FROM change_row r WHERE r.tbl='person'"
        "  AND r.row_id=e.row_id AND r.image IS NOT NULL LIMIT 1))"
        " FROM change_row e WHERE e.tbl='person' AND e.op='E'"
    )
    return {row[0]: row[1] for row in rows if row[1]}


def hidden(con: sqlite3.Connection) -> list[tuple[object, ...]]:
    """The bars that stand by a mark."""
    rows = con.execute(
        'SELECT kind, value, scope, since, "by", why FROM suppressed WHERE value LIKE ?',
        (f"{HIDDEN}%",),
    )
    return [tuple(row) for row in rows]


def take_secret(con: sqlite3.Connection, marks_there: ErasedMarks) -> None:
    """Marks mean something under their secret alone. A file with marks of its own keeps its own."""
    if not marks(con).at:
        con.execute("UPDATE file_identity SET secret=?", (marks_there.secret,))


def come_back(con: sqlite3.Connection, there: ErasedMarks, rows: Mapping[int, str]) -> list[int]:
    """The people of this file who were erased in the other: by row, or by a mark that is younger
    than they are; whoever was let in afterwards is not."""
    if not there.at and not rows:
        return []
    found: dict[int, None] = {}
    reach = ("name", "phone", "phones", "email", "emails", "created_at")
    stood = ", ".join(f"coalesce(json_extract(image, '$.{name}'), '')" for name in reach)
    for id, whose, name, phone, phones, email, emails, made in con.execute(
        f"SELECT id, coalesce(merged_into, id), {', '.join(reach)} FROM person"
        f" WHERE erased_at IS NULL UNION ALL SELECT row_id, row_id, {stood} FROM change_row"
        " WHERE tbl='person' AND image IS NOT NULL"
        "  AND NOT EXISTS (SELECT 1 FROM person WHERE id=row_id)"
    ):
        _mark, at = there.erased_at([name], [phone, *phones.split()], [email, *emails.split()])
        if made <= at or rows.get(id) == made:
            found[whose] = None
    return list(found)


def take_over(
    con: sqlite3.Connection, there: ErasedMarks, bars: Iterable[tuple[object, ...]]
) -> None:
    """Keep the marks of the other file, and the numbers that are barred by them."""
    if marks(con).secret != there.secret:
        return
    con.executemany("INSERT OR REPLACE INTO erased(fingerprint, at) VALUES (?,?)", there.at.items())
    con.executemany(
        'INSERT OR IGNORE INTO suppressed(kind, value, scope, since, "by", why)'
        " VALUES (?,?,?,?,?,?)",
        bars,
    )
