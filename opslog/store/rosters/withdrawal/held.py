"""Rows that a list has word for word as an earlier one: they are not stored again, so each file
says which of them stand in it too, and they stay when the earlier one is withdrawn.

Kept beside the mapping of the file, which is read with each row: a few runs of [id of a row, its
line in this file, how many follow one another]. A list sent again with some rows more is one.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise

from opslog.domain.base import damaged

MOST = 500  # runs that are kept


def put_taken(con: sqlite3.Connection, file_id: int, codes: Sequence[str]) -> None:
    """Beside them what was asked for of the file (``extras.ASKED``), which none of its rows say."""
    con.execute(
        "UPDATE roster_file SET mapping=json_set(mapping, '$.taken', json(?)) WHERE id=?",
        (json.dumps(list(codes)), file_id),
    )


def taken(mapping: str) -> Sequence[str]:
    """The same of the mapping of a file."""
    found: Sequence[str] = damaged.mapping(mapping).get("taken", ())
    return found


class Runs:
    """Of the rows of a file those that are held already, gathered while it is read."""

    def __init__(self) -> None:
        self._ids, self._lines, self._numbers = array("q"), array("q"), array("q")

    def add(self, row_id: int, line: int) -> None:
        if self._ids:
            number = self._numbers[-1]
            if (row_id, line) == (self._ids[-1] + number, self._lines[-1] + number):
                self._numbers[-1] += 1
                return
        self._ids.append(row_id)
        self._lines.append(line)
        self._numbers.append(1)

    def kept(self) -> list[tuple[int, int, int]]:
        """The runs; of too many (another order, a choice of the rows) without their lines, 0 each,
        and where that is not enough with the rows of the smallest gaps: too many stay rather than
        one too few."""
        if len(self._ids) <= MOST:
            return [*zip(self._ids, self._lines, self._numbers, strict=True)]
        spans = sorted((id, id + n) for id, n in zip(self._ids, self._numbers, strict=True))
        gaps = sorted((low - end, low) for (_id, end), (low, _end) in pairwise(spans))
        apart = {low for gap, low in gaps[-MOST + 1 :] if gap > 0}
        runs: list[tuple[int, int, int]] = []
        first = end = spans[0][0]
        for low, high in spans:
            if low in apart:
                runs.append((first, 0, end - first))
                first = low
            end = max(end, high)
        return [*runs, (first, 0, end - first)]

    def put(self, con: sqlite3.Connection, file_id: int) -> None:
        """Keep them of a file. The change in hand rests on the earlier files from now on: none of
        them can be undone alone."""
        if not self._ids:
            return
        runs = json.dumps(self.kept())
        con.execute(
            "UPDATE roster_file SET mapping=json_set(mapping, '$.held', json(?)) WHERE id=?",
            (runs, file_id),
        )
        con.execute(
            "UPDATE roster_file SET file=file WHERE id IN (SELECT DISTINCT r.file_id"
            " FROM json_each(?) j JOIN roster_row r ON r.id BETWEEN json_extract(j.value, '$[0]')"
            " AND json_extract(j.value, '$[0]') + json_extract(j.value, '$[2]') - 1)",
            (runs,),
        )


def hand_on(con: sqlite3.Connection, file_id: int) -> None:
    """The rows of a file that is withdrawn which lists hold that came after it and stand are theirs
    from now on: of several the earliest."""
    con.execute("CREATE TEMP TABLE handed(line INTEGER PRIMARY KEY, later INTEGER, its INTEGER)")
    con.executemany(
        "INSERT OR IGNORE INTO temp.handed"
        " SELECT line, ?3, CASE ?4 WHEN 0 THEN line ELSE ?4 + id - ?2 END FROM roster_row"
        " WHERE file_id=?1 AND id BETWEEN ?2 AND ?2 + ?5 - 1",
        [(file_id, row_id, *rest) for row_id, *rest in _held(con, file_id)],
    )
    con.execute(  # by their lines: with a row goes what it is held as for further people it names
        "UPDATE roster_row SET file_id=h.later, line=h.its, result=CASE WHEN card_id IS NULL"
        " OR result='also' THEN result ELSE 'unchanged' END FROM temp.handed h"
        " WHERE roster_row.file_id=? AND h.line=roster_row.line",
        (file_id,),
    )
    con.execute("DROP TABLE temp.handed")


def _held(con: sqlite3.Connection, file_id: int) -> Iterator[tuple[int, int, int, int]]:
    """Id of the first row, file, line and number of each run."""
    for row in con.execute(
        "SELECT f.id, json_extract(f.mapping, '$.held') AS runs FROM roster_file f"
        " JOIN roster_file g ON g.id=? AND g.roster_id=f.roster_id"
        " WHERE f.id>g.id AND f.withdrawn_at IS NULL AND json_valid(f.mapping) ORDER BY f.id",
        (file_id,),
    ):
        for row_id, line, number in json.loads(row["runs"] or "[]"):
            yield row_id, row["id"], line, number
