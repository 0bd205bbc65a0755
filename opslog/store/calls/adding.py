"""What came of asking people to be added on WeCom: attempts of no list."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from opslog.domain.calls.outcomes import ADD
from opslog.domain.calls.retries import Attempt
from opslog.store.calls.touches import attempt_of
from opslog.store.db.listed import IN_LIST, listed


def asked(con: sqlite3.Connection, people: Iterable[int]) -> dict[int, list[Attempt]]:
    """Person → how they were asked, oldest first."""
    found: dict[int, list[Attempt]] = defaultdict(list)
    for row in con.execute(
        f"SELECT * FROM touch WHERE purpose=? AND person_id {IN_LIST} ORDER BY id",
        (ADD, listed(people)),
    ):
        found[row["person_id"]].append(attempt_of(row))
    return found
