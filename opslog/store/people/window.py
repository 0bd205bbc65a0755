"""A list of all people, newest first, of which any stretch can be read at once.

``person_block`` counts the people shown among each ``BLOCK`` ids. Its few rows say how many there
are, in which block a position lies, and where a person stands, whatever the number of people:
nothing is ever counted through.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from opslog.store.db.person_index import BLOCK


class Everybody:
    """The list as it stands now; made anew after each change."""

    def __init__(self, con: sqlite3.Connection) -> None:
        self._con = con
        rows = con.execute(
            "SELECT block, people FROM person_block WHERE people > 0 ORDER BY block DESC"
        ).fetchall()
        self._blocks: list[int] = [row[0] for row in rows]
        self._before: list[int] = [0, *accumulate(int(row[1]) for row in rows)]

    def count(self) -> int:
        return self._before[-1]

    def ids(self, start: int, stop: int) -> list[int]:
        """The ids at these positions, newest first."""
        start, stop = max(start, 0), min(stop, self.count())
        if start >= stop:
            return []
        at = bisect_right(self._before, start) - 1
        rows = self._con.execute(
            "SELECT id FROM person_shown WHERE id < ? ORDER BY id DESC LIMIT ? OFFSET ?",
            ((self._blocks[at] + 1) * BLOCK, stop - start, start - self._before[at]),
        )
        return [row[0] for row in rows]

    def position(self, person_id: int) -> int | None:
        """How many people are newer; None for one who is not shown."""
        block = person_id // BLOCK
        rows = self._con.execute(
            "SELECT id FROM person_shown WHERE id >= ? AND id < ? ORDER BY id DESC",
            (person_id, (block + 1) * BLOCK),
        ).fetchall()
        if not rows or rows[-1][0] != person_id:
            return None
        at = _index_descending(self._blocks, block)
        return None if at is None else self._before[at] + len(rows) - 1


def _index_descending(values: Sequence[int], wanted: int) -> int | None:
    """Where ``wanted`` stands in values that fall."""
    low, high = 0, len(values)
    while low < high:
        middle = (low + high) // 2
        if values[middle] > wanted:
            low = middle + 1
        else:
            high = middle
    return low if low < len(values) and values[low] == wanted else None
