"""Who stood in earlier files with the same headings."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence

# The files first, of which there are few, then their rows; each list of what is left out is made
# once, not for every row.
EARLIER = """
WITH file AS MATERIALIZED (SELECT id FROM roster_file WHERE roster_id=:roster AND kind=:kind
  AND columns=:columns AND id<>:file AND withdrawn_at IS NULL),
stood AS MATERIALIZED (SELECT DISTINCT r.card_id FROM roster_row r
  WHERE r.roster_id=:roster AND r.file_id IN (SELECT id FROM file) AND r.card_id IS NOT NULL
  AND EXISTS (SELECT 1 FROM file)),
here AS MATERIALIZED (SELECT card_id FROM roster_row WHERE :unnamed<>'[]'
  AND roster_id=:roster AND cells IN (SELECT value FROM json_each(:unnamed)))
SELECT p.id, p.name, p.company, p.phone, p.email FROM stood
  CROSS JOIN card c ON c.id=stood.card_id CROSS JOIN person p ON p.id=c.person_id
  WHERE p.erased_at IS NULL AND stood.card_id NOT IN (SELECT value FROM json_each(:seen))
  AND stood.card_id NOT IN (SELECT card_id FROM here WHERE card_id IS NOT NULL)
  ORDER BY p.id
"""


def others(
    con: sqlite3.Connection, roster_id: int, seen: Collection[int], before: int
) -> list[tuple[int, str, str, str, str]]:
    """People (id, name, company, phone, email) of a list whose card is older than ``before`` and
    none of ``seen``; who withdrew is not missed."""
    rows = con.execute(
        "SELECT p.id, p.name, p.company, p.phone, p.email FROM card c"
        " JOIN person_shown p ON p.id=c.person_id WHERE c.roster_id=?1 AND c.state<>'withdrawn'"
        " AND c.id<?3 AND c.id NOT IN (SELECT value FROM json_each(?2)) ORDER BY p.id",
        (roster_id, json.dumps(list(seen)), before),
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]


def earlier(
    con: sqlite3.Connection,
    roster_id: int,
    kind: str,
    columns: Sequence[str],
    file_id: int,
    seen: Collection[int],
    unnamed: Collection[str],
) -> list[tuple[int, str, str, str, str]]:
    """People (id, name, company, phone, email) of the other files of this kind with these headings,
    whose card is none of ``seen`` and whose rows are none of ``unnamed``, as they came in."""
    rows = con.execute(
        EARLIER,
        {
            "roster": roster_id,
            "kind": kind,
            "columns": json.dumps(list(columns), ensure_ascii=False),
            "file": file_id,
            "seen": json.dumps(list(seen)),
            "unnamed": json.dumps(list(unnamed), ensure_ascii=False),
        },
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]
