"""Who stood in earlier files with the same headings."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence


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
        "SELECT DISTINCT p.id, p.name, p.company, p.phone, p.email FROM roster_file f"
        " JOIN roster_row r ON r.file_id=f.id JOIN card c ON c.id=r.card_id"
        " JOIN person p ON p.id=c.person_id"
        " WHERE f.roster_id=? AND f.kind=? AND f.columns=? AND f.id<>? AND f.withdrawn_at IS NULL"
        " AND p.erased_at IS NULL AND c.id NOT IN (SELECT value FROM json_each(?))"
        " AND c.id NOT IN (SELECT card_id FROM roster_row WHERE roster_id=f.roster_id"
        "  AND card_id IS NOT NULL AND cells IN (SELECT value FROM json_each(?)))"
        " ORDER BY p.id",
        (
            *(roster_id, kind, json.dumps(list(columns), ensure_ascii=False), file_id),
            json.dumps(list(seen)),
            json.dumps(list(unnamed), ensure_ascii=False),
        ),
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]
